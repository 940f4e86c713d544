/** Sends requests under a budget and at a rate, with credentials, and waits for a vendor that is busy. */

import type { Outcome } from '../../exchange/client.ts';
import { type Body, type Headers, jsonBody, jsonMediaType, originOf } from '../../exchange/message.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import type { CapabilityStatement } from '../records/capabilities.ts';
import type { Aim } from '../records/trace.ts';
import { durationMsOfText } from '../schemas/text.ts';
import type { Credentials } from './credentials.ts';
import type { Recorder } from './recorder.ts';

/** What is asked of the vendor at most. */
export interface Budget {
  readonly orders: number;
  readonly requests: number;
  readonly perSecond: number;
}

/** Enough for every experiment with room to spare; more only lets a surprise cost the vendor more. */
export const usualBudget: Budget = { orders: 80, requests: 2_000, perSecond: 50 };

/** The experiment ends here: what it needs more of is used up. */
export class BudgetSpent extends Error {}

export interface Asked {
  readonly method: string;
  /** Below the base path, with the query; or a reference that the vendor gave, when `isReference`. */
  readonly path: string;
  readonly isReference?: boolean;
  readonly body?: unknown;
  /** Sent as it is, in place of JSON. */
  readonly text?: string;
  readonly contentType?: string;
  readonly aim: Aim;
  /** It does not wait for its turn: `gather` has done so. */
  readonly isGathered?: boolean;
  /** It has to be sent whatever has been spent: it cleans up. */
  readonly isOwed?: boolean;
}

export interface Heard {
  readonly outcome: Outcome;
  readonly status: number | undefined;
  readonly json: unknown;
  readonly headers: Headers;
}

export interface SenderParts {
  readonly kernel: Kernel;
  readonly recorder: Recorder;
  readonly statement: CapabilityStatement;
  readonly budget: Budget;
  /** Where the API lies, without a slash at the end. */
  readonly baseUrl: string;
  readonly credentials: Credentials | undefined;
}

/** How long a request may take, at least: what is declared may be missed, and is told then. */
const leastTimeoutMs = 10_000;

/** A vendor that is busy is asked less; one that is busy all the time is still asked once in so long. */
const slowDown = 1.3;
const longestGapMs = 500;

/** How often a 429 or 503 is waited out before it is taken for the answer; and for how long at most. */
const mostPatient = 8;
const longestWaitMs = 10_000;

export class Sender {
  readonly #parts: SenderParts;
  #requests = 0;
  #nextSlot = 0;
  /** Between two requests. */
  #gapMs: number;

  constructor(parts: SenderParts) {
    this.#parts = parts;
    this.#gapMs = 1_000 / parts.budget.perSecond;
  }

  get requests(): number {
    return this.#requests;
  }

  /** @throws BudgetSpent when nothing more may be sent. */
  async send(asked: Asked): Promise<Heard> {
    for (let patience = 1; ; patience += 1) {
      const heard = await this.#sendOnce(asked);
      const waitMs = waitAskedFor(heard);
      if (waitMs === undefined || patience >= mostPatient) return heard;
      this.#slowDown(waitMs);
      await this.#parts.kernel.rest(this.#parts.kernel.now() + waitMs);
    }
  }

  /** Waits until so many requests may be sent at once. */
  async gather(count: number): Promise<void> {
    for (let place = 0; place < count; place += 1) await this.#turn();
  }

  async #sendOnce(asked: Asked): Promise<Heard> {
    const { method, path, isReference, body, text, contentType, aim, isGathered, isOwed } = asked;
    const { budget, recorder, baseUrl } = this.#parts;
    if (this.#requests >= budget.requests && isOwed !== true) throw new BudgetSpent(`${budget.requests} requests`);
    this.#requests += 1;
    if (isGathered !== true) await this.#turn();
    const url = isReference === true ? followed(path, baseUrl) : `${baseUrl}${path}`;
    // Credentials are for whom they were given for: a reference may lead anywhere.
    const credentials = originOf(url) === originOf(baseUrl) ? await this.#credentialsFor(aim) : {};
    const sent: Body | undefined =
      text !== undefined ? { text, json: undefined } : body === undefined ? undefined : jsonBody(body);
    const headers: Headers = {
      accept: 'application/json',
      ...(sent === undefined && contentType === undefined ? {} : { 'content-type': contentType ?? jsonMediaType }),
      ...credentials,
    };
    const request = { method, url, headers, body: sent, secrets: Object.values(credentials) };
    return heardOf(await recorder.send(request, aim, this.#timeoutMs));
  }

  get #timeoutMs(): number {
    const { answersWithin } = this.#parts.statement;
    return answersWithin === undefined ? leastTimeoutMs : Math.max(leastTimeoutMs, 2 * durationMsOfText(answersWithin));
  }

  /** A vendor that is asked too much is asked less, by everybody. */
  #slowDown(waitMs: number): void {
    this.#gapMs = Math.min(longestGapMs, slowDown * this.#gapMs);
    this.#nextSlot = Math.max(this.#nextSlot, this.#parts.kernel.now() + waitMs);
  }

  async #credentialsFor({ credentials }: Aim): Promise<Headers> {
    const held = this.#parts.credentials;
    if (held === undefined || credentials === 'none') return {};
    if (credentials === 'wrong') return held.wrong;
    return credentials === 'expired' && held.expired !== undefined ? held.expired() : held.headers();
  }

  /** So many a second: each takes the next free moment. */
  async #turn(): Promise<void> {
    const { kernel } = this.#parts;
    const now = kernel.now();
    const slot = Math.max(now, this.#nextSlot);
    this.#nextSlot = slot + this.#gapMs;
    if (slot > now) await kernel.rest(Math.ceil(slot));
  }
}

function heardOf(outcome: Outcome): Heard {
  if (outcome.kind !== 'answered' && outcome.kind !== 'malformed') {
    return { outcome, status: undefined, json: undefined, headers: {} };
  }
  const { status, body, headers } = outcome.response;
  return { outcome, status, json: body?.json, headers };
}

/** What a busy vendor asks for; a second when it does not say. */
function waitAskedFor({ status, headers }: Heard): number | undefined {
  if (status !== 429 && status !== 503) return undefined;
  const seconds = Number(headers['retry-after'] ?? '1');
  return Number.isFinite(seconds) ? Math.min(1_000 * seconds, longestWaitMs) : 1_000;
}

/** Where a reference leads; one without a host is one of the host that is verified. */
function followed(reference: string, baseUrl: string): string {
  if (/^https?:\/\//i.test(reference)) return reference;
  return reference.startsWith('/') ? `${originOf(baseUrl)}${reference}` : `${baseUrl}/${reference}`;
}

/**
 * What experiments are done with: requests under a budget and a rate, orders that are followed to their end, and the
 * listener. Everything that is sent goes into the trace, with the reason for it.
 */

import type { Outcome } from '../../exchange/client.ts';
import { type Body, type Headers, jsonBody, jsonMediaType, originOf } from '../../exchange/message.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import type { CapabilityStatement } from '../records/capabilities.ts';
import type { Aim } from '../records/trace.ts';
import { isObject, type JsonObject, objectOf, textOf } from '../rules/view/json.ts';
import { durationMsOfText } from '../schemas/text.ts';
import type { Credentials } from './credentials.ts';
import type { Listener, Manner } from './listener.ts';
import type { OrderBody } from './orders.ts';
import type { Recorder } from './recorder.ts';

/** What was asked of the vendor at most. */
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
}

export interface Heard {
  readonly outcome: Outcome;
  readonly status: number | undefined;
  readonly json: unknown;
  readonly headers: Headers;
}

export interface SessionParts {
  readonly kernel: Kernel;
  readonly recorder: Recorder;
  readonly listener: Listener;
  readonly statement: CapabilityStatement;
  readonly budget: Budget;
  /** Where the API lies, without a slash at the end. */
  readonly baseUrl: string;
  /** Where callbacks come in, without a slash at the end; absent when the vendor could not reach it. */
  readonly callbackUrl: string | undefined;
  readonly namespace: string;
  readonly credentials: Credentials | undefined;
}

const terminal = new Set(['rejected', 'completed', 'failed', 'partial', 'cancelled']);

/** How long a request may take where nothing is declared, and how long an order. */
const usualAnswerMs = 10_000;
const usualLifeMs = 30_000;

/** An event on its way: more makes every verification longer, less misses those of a vendor with a queue. */
const usualAnnouncedMs = 2_000;
const usualRedeliveredMs = 10_000;

/** Between two looks at an order: often at first, when a quick vendor is done within moments, then less and less. */
const firstLookMs = 40;
const longestLookMs = 1_000;
const slowDown = 1.3;

/** So many looks are spread over the life of an order: fewer miss states, more only cost. */
const looksPerLife = 12;

/** A vendor that is busy all the time is still asked once in so long. */
const longestGapMs = 500;

/** How often a 429 or 503 is waited out before it is taken for the answer; and for how long at most. */
const mostPatient = 8;
const longestWaitMs = 10_000;

export class Session {
  readonly kernel: Kernel;
  readonly statement: CapabilityStatement;
  readonly namespace: string;
  readonly callbackUrl: string | undefined;
  readonly baseUrl: string;
  readonly credentials: Credentials | undefined;
  readonly #parts: SessionParts;
  readonly #orders: string[] = [];
  readonly #debts = new Set<string>();
  #ordersPlaced = 0;
  #requests = 0;
  #nextSlot = 0;
  /** Between two requests. */
  #gapMs: number;
  #longestLookMs = longestLookMs;
  /** Until the end of an order; what the first one took says what is to be expected of the others. */
  #patienceMs: number;

  constructor(parts: SessionParts) {
    this.#parts = parts;
    this.kernel = parts.kernel;
    this.statement = parts.statement;
    this.namespace = parts.namespace;
    this.callbackUrl = parts.callbackUrl;
    this.baseUrl = parts.baseUrl;
    this.credentials = parts.credentials;
    this.#gapMs = 1_000 / parts.budget.perSecond;
    const { completesWithin } = parts.statement;
    this.#patienceMs = completesWithin === undefined ? usualLifeMs : 1.5 * durationMsOfText(completesWithin);
  }

  get used(): { orders: number; requests: number } {
    return { orders: this.#ordersPlaced, requests: this.#requests };
  }

  /** No order could be placed: more of the same shows nothing. */
  get isHopeless(): boolean {
    return this.#ordersPlaced > 0 && this.#orders.length === 0;
  }

  /** Ids of the orders that were made, in the order in which they were. */
  get orders(): readonly string[] {
    return this.#orders;
  }

  get patienceMs(): number {
    return this.#patienceMs;
  }

  /** How long a vendor is given to announce what has happened, where it does not say itself. */
  get announcedMs(): number {
    return durationOr(this.statement.events?.within, usualAnnouncedMs);
  }

  /** How long it is given to deliver again what was not taken. */
  get redeliveredMs(): number {
    return durationOr(this.statement.events?.redeliveredWithin, usualRedeliveredMs);
  }

  /** Subscriptions that are still to be ended. */
  get debts(): readonly string[] {
    return [...this.#debts];
  }

  owes(subscription: string): void {
    this.#debts.add(subscription);
  }

  settles(subscription: string): void {
    this.#debts.delete(subscription);
  }

  /** The first order shows what to expect of the others. */
  expectLife(tookMs: number | undefined): void {
    const usual = tookMs === undefined ? 2_000 : Math.max(5_000, 3 * tookMs);
    this.#patienceMs = Math.min(this.#patienceMs, usual);
    if (tookMs !== undefined) {
      this.#longestLookMs = Math.min(longestLookMs, Math.max(firstLookMs, tookMs / looksPerLife));
    }
  }

  externalId(name: string): string {
    return `${this.namespace}${name}`;
  }

  rest(ms: number): Promise<void> {
    return this.kernel.rest(this.kernel.now() + ms);
  }

  behave(name: string, manner: Manner): void {
    this.#parts.listener.behave(name, manner);
  }

  /** @throws BudgetSpent when nothing more may be sent. */
  async send(asked: Asked): Promise<Heard> {
    for (let patience = 1; ; patience += 1) {
      const heard = await this.#sendOnce(asked);
      const waitMs = waitAskedFor(heard);
      if (waitMs === undefined || patience >= mostPatient) return heard;
      this.#slowDown(waitMs);
      await this.rest(waitMs);
    }
  }

  async #sendOnce({ method, path, isReference, body, text, contentType, aim }: Asked): Promise<Heard> {
    const { budget, recorder, baseUrl, statement } = this.#parts;
    if (this.#requests >= budget.requests) throw new BudgetSpent(`${budget.requests} requests`);
    this.#requests += 1;
    await this.#turn();
    const credentials = await this.#credentialsFor(aim);
    const sent: Body | undefined =
      text !== undefined ? { text, json: undefined } : body === undefined ? undefined : jsonBody(body);
    const headers: Headers = {
      accept: 'application/json',
      ...(sent === undefined && contentType === undefined ? {} : { 'content-type': contentType ?? jsonMediaType }),
      ...credentials,
    };
    const timeoutMs =
      statement.answersWithin === undefined ? usualAnswerMs : 2 * durationMsOfText(statement.answersWithin);
    const url = isReference === true ? followed(path, baseUrl) : `${baseUrl}${path}`;
    const request = { method, url, headers, body: sent, secrets: Object.values(credentials) };
    return heardOf(await recorder.send(request, aim, timeoutMs));
  }

  /** A vendor that is asked too much is asked less, by everybody. */
  #slowDown(waitMs: number): void {
    this.#gapMs = Math.min(longestGapMs, slowDown * this.#gapMs);
    this.#nextSlot = Math.max(this.#nextSlot, this.kernel.now() + waitMs);
  }

  async #credentialsFor({ credentials }: Aim): Promise<Headers> {
    const held = this.#parts.credentials;
    if (held === undefined || credentials === 'none') return {};
    if (credentials === 'wrong') return held.wrong;
    return credentials === 'expired' && held.expired !== undefined ? held.expired() : held.headers();
  }

  /** So many a second: each takes the next free moment. */
  async #turn(): Promise<void> {
    const now = this.kernel.now();
    const slot = Math.max(now, this.#nextSlot);
    this.#nextSlot = slot + this.#gapMs;
    if (slot > now) await this.kernel.rest(Math.ceil(slot));
  }

  /** Places an order; gives its id when one was made. */
  async place(order: OrderBody, aim: Aim): Promise<{ readonly id: string | undefined; readonly heard: Heard }> {
    if (this.#ordersPlaced >= this.#parts.budget.orders) throw new BudgetSpent(`${this.#parts.budget.orders} orders`);
    this.#ordersPlaced += 1;
    const heard = await this.send({ method: 'POST', path: '/serviceOrder', body: order, aim });
    const id = await this.#idOf(heard, aim);
    if (id !== undefined && !this.#orders.includes(id)) this.#orders.push(id);
    return { id, heard };
  }

  /** The order itself, or, after a 202, what the monitor leads to. */
  async #idOf(heard: Heard, aim: Aim): Promise<string | undefined> {
    const { status, json, headers } = heard;
    if (status === undefined || status >= 300) return undefined;
    if (status !== 202) return textOf(objectOf(json).id);
    const location = headers.location;
    const path = location === undefined ? undefined : pathBelow(location, this.baseUrl);
    if (path === undefined) return textOf(objectOf(json).id);
    for (let look = 0; look < 10; look += 1) {
      const monitor = await this.send({ method: 'GET', path, aim: { ...aim, step: 'monitor' } });
      const found = objectOf(monitor.json);
      if (Array.isArray(found.serviceOrderItem)) return textOf(found.id);
      const resource = hrefIn(found.response) ?? textOf(found.resultHref) ?? textOf(monitor.headers.location);
      const id = resource?.split('/').at(-1);
      if (id !== undefined && monitor.status !== undefined && monitor.status < 400) return decodeURIComponent(id);
      await this.rest(200);
    }
    return undefined;
  }

  async look(id: string, aim: Aim): Promise<JsonObject | undefined> {
    const heard = await this.send({ method: 'GET', path: `/serviceOrder/${encodeURIComponent(id)}`, aim });
    return heard.status === 200 && isObject(heard.json) ? heard.json : undefined;
  }

  /**
   * Looks at an order until it is as it should be, or has ended, or patience has.
   * @returns the order as it was seen last.
   */
  async follow(
    id: string,
    aim: Aim,
    until: (order: JsonObject) => boolean = () => false,
  ): Promise<JsonObject | undefined> {
    const path = `/serviceOrder/${encodeURIComponent(id)}`;
    return this.#followAt(path, aim, (order) => until(order) || terminal.has(String(order.state)));
  }

  /** The same for a cancel task. */
  async followCancel(id: string, aim: Aim): Promise<JsonObject | undefined> {
    const path = `/cancelServiceOrder/${encodeURIComponent(id)}`;
    return this.#followAt(path, aim, ({ state }) => state === 'done' || state === 'terminatedWithError');
  }

  async #followAt(path: string, aim: Aim, enough: (resource: JsonObject) => boolean): Promise<JsonObject | undefined> {
    const end = this.kernel.now() + this.#patienceMs;
    let latest: JsonObject | undefined;
    for (let waitMs = firstLookMs; ; waitMs = Math.min(this.#longestLookMs, slowDown * waitMs)) {
      const heard = await this.send({ method: 'GET', path, aim });
      if (heard.status === 404 || heard.status === 405) return latest;
      if (heard.status === 200 && isObject(heard.json)) latest = heard.json;
      if ((latest !== undefined && enough(latest)) || this.kernel.now() >= end) return latest;
      await this.rest(Math.round(waitMs));
    }
  }
}

export function hasEnded(order: JsonObject | undefined): boolean {
  return terminal.has(String(order?.state));
}

/** The resource itself, or the response that would have been given, which has it as its body. */
function hrefIn(response: unknown): string | undefined {
  const { href, body } = objectOf(response);
  return textOf(href) ?? textOf(objectOf(typeof body === 'string' ? JSON.parse(body) : body).href);
}

function durationOr(text: string | undefined, usualMs: number): number {
  return text === undefined ? usualMs : durationMsOfText(text);
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

/** Where a reference leads, on the host that is verified: a vendor may know itself by another name. */
function followed(reference: string, baseUrl: string): string {
  const path = /^https?:\/\/[^/]+(\/.*)?$/i.exec(reference)?.[1];
  if (path !== undefined || reference.startsWith('/')) return `${originOf(baseUrl)}${path ?? reference}`;
  return `${baseUrl}/${reference}`;
}

/** The path below the API, of a reference to it; `undefined` when it leads elsewhere. */
export function pathBelow(reference: string, baseUrl: string): string | undefined {
  const path =
    /^https?:\/\/[^/]+(\/.*)$/.exec(reference)?.[1] ?? (reference.startsWith('/') ? reference : `/${reference}`);
  const base = /^https?:\/\/[^/]+(\/.*)?$/.exec(baseUrl)?.[1] ?? '';
  if (path.startsWith(`${base}/`)) return path.slice(base.length);
  const known = path.search(/\/(?:serviceOrder|cancelServiceOrder|monitor|hub)(?:\/|$)/);
  return known === -1 ? undefined : path.slice(known);
}

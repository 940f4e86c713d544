/** What experiments are done with: orders that are placed and followed to their end, and the listener. */

import type { Kernel } from '../../kernel/kernel.ts';
import type { CapabilityStatement } from '../records/capabilities.ts';
import type { Aim } from '../records/trace.ts';
import { isObject, type JsonObject, objectOf, textOf } from '../rules/view/json.ts';
import { decoded, parsed } from '../rules/view/seen.ts';
import { durationMsOfText } from '../schemas/text.ts';
import type { Listener, Manner } from './listener.ts';
import type { OrderBody } from './orders.ts';
import { type Asked, type Budget, BudgetSpent, type Heard, Sender, type SenderParts } from './sender.ts';

export interface SessionParts extends SenderParts {
  readonly listener: Listener;
  readonly budget: Budget;
}

const terminal = new Set(['rejected', 'completed', 'failed', 'partial', 'cancelled']);

/** How long an order may take where nothing is declared. */
const usualLifeMs = 30_000;

/** Of what is declared: more than all of it, so that an order that takes longer is seen to. */
const beyondDeclared = 1.2;

/** An event on its way: more makes every verification longer, less misses those of a vendor with a queue. */
const usualAnnouncedMs = 2_000;
const usualRedeliveredMs = 10_000;

/** Between two looks at an order: often at first, when a quick vendor is done within moments, then less and less. */
const firstLookMs = 40;
const longestLookMs = 1_000;
const lookLess = 1.3;

/** So many looks are spread over the life of an order: fewer miss states, more only cost. */
const looksPerLife = 12;

/** What takes much longer than usual is looked at less. */
const farBeyondUsual = 3;

/** So long a vendor may wait for an answer of a listener, before it takes it for none. */
const longestListening = 10_000;

/** Looks at orders take so much less than the whole rate: other requests must not wait behind them. */
const roomForOthers = 1.25;

/** Fewer take long where orders take long; more are too much for a vendor's test system. */
const fewestLanes = 3;
const mostLanes = 12;

export class Session {
  readonly kernel: Kernel;
  readonly statement: CapabilityStatement;
  readonly #parts: SessionParts;
  readonly #sender: Sender;
  readonly #orders: string[] = [];
  readonly #debts = new Set<string>();
  #placed = 0;
  #firstStatus: number | undefined;
  /** How long an order takes, as the first one has shown. */
  #lifeMs: number | undefined;
  /** Until the end of an order. */
  #patienceMs: number;

  constructor(parts: SessionParts) {
    this.#parts = parts;
    this.kernel = parts.kernel;
    this.statement = parts.statement;
    this.#sender = new Sender(parts);
    const { completesWithin } = parts.statement;
    this.#patienceMs = completesWithin === undefined ? usualLifeMs : beyondDeclared * durationMsOfText(completesWithin);
  }

  get used(): { orders: number; requests: number } {
    return { orders: this.#placed, requests: this.#sender.requests };
  }

  /** No order could be placed, and nothing is known of what can be ordered, or nobody is let in: more shows nothing. */
  get isHopeless(): boolean {
    const isShut = [401, 403, 404, 405].includes(this.#firstStatus ?? 401);
    const isUnknown = this.statement.specifications === undefined;
    return this.#placed > 0 && this.#orders.length === 0 && (isUnknown || isShut);
  }

  /** Ids of the orders that were made, in the order in which they were. */
  get orders(): readonly string[] {
    return this.#orders;
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

  /** The first order shows what to expect of the others; what the vendor declares of them counts all the same. */
  expectLife(tookMs: number | undefined): void {
    this.#lifeMs = tookMs;
    if (this.statement.completesWithin !== undefined) return;
    const usual = tookMs === undefined ? 2_000 : Math.max(5_000, 3 * tookMs);
    this.#patienceMs = Math.min(this.#patienceMs, usual);
  }

  /** It is gone, and not to be looked at any more. */
  forget(order: string): void {
    this.#orders.splice(this.#orders.indexOf(order), 1);
  }

  /** How many experiments may be under way at once, so that the looks of each come when they should. */
  get lanes(): number {
    const looksPerSecond = 1_000 / this.#longestLook(this.kernel.now());
    const most = Math.floor(this.#parts.budget.perSecond / looksPerSecond / roomForOthers);
    return Math.min(mostLanes, Math.max(fewestLanes, most));
  }

  rest(ms: number): Promise<void> {
    return this.kernel.rest(this.kernel.now() + ms);
  }

  behave(name: string, manner: Manner): void {
    this.#parts.listener.behave(name, manner);
  }

  /** Waits until what the listener has not taken at first has come again, or for as long as that may take. */
  async redelivered(name: string): Promise<void> {
    const end = this.kernel.now() + this.redeliveredMs + longestListening;
    await this.rest(this.announcedMs);
    while (this.kernel.now() < end && !this.#parts.listener.hasAll(name)) await this.rest(500);
  }

  /** @throws BudgetSpent when nothing more may be sent. */
  async send(asked: Asked): Promise<Heard> {
    const isCreate = asked.method === 'POST' && asked.path === '/serviceOrder';
    const { orders } = this.#parts.budget;
    if (isCreate && this.#placed >= orders) throw new BudgetSpent(`${orders} orders`);
    if (isCreate) this.#placed += 1;
    const heard = await this.#sender.send(asked);
    // What should have been refused makes no order, but where it is taken all the same.
    if (isCreate && asked.aim.wrong !== undefined && (heard.status ?? 500) >= 300) this.#placed -= 1;
    return heard;
  }

  /** Waits until so many requests may be sent at once. */
  gather(count: number): Promise<void> {
    return this.#sender.gather(count);
  }

  /** Places an order; gives its id when one was made. */
  async place(
    order: OrderBody,
    aim: Aim,
    isGathered = false,
  ): Promise<{ readonly id: string | undefined; readonly heard: Heard }> {
    const heard = await this.send({ method: 'POST', path: '/serviceOrder', body: order, aim, isGathered });
    this.#firstStatus ??= heard.status;
    const id = await this.#idOf(heard, aim);
    if (id !== undefined && !this.#orders.includes(id)) this.#orders.push(id);
    return { id, heard };
  }

  /** The order itself, or, after a 202, what the monitor leads to. */
  async #idOf(heard: Heard, aim: Aim): Promise<string | undefined> {
    const { status, json, headers } = heard;
    if (status === undefined || status >= 300) return undefined;
    if (status !== 202 || headers.location === undefined) return textOf(objectOf(json).id);
    for (let look = 0; look < 10; look += 1) {
      const step = { ...aim, step: 'monitor' };
      const monitor = await this.send({ method: 'GET', path: headers.location, isReference: true, aim: step });
      const found = objectOf(monitor.json);
      if (Array.isArray(found.serviceOrderItem)) return textOf(found.id);
      const resource = hrefIn(found.response) ?? textOf(found.resultHref) ?? textOf(monitor.headers.location);
      const id = resource?.split('/').at(-1);
      if (id !== undefined && monitor.status !== undefined && monitor.status < 400) return decoded(id);
      await this.rest(200);
    }
    return undefined;
  }

  /**
   * Looks at an order until it is as it should be, or has ended, or patience has.
   * @returns the order as it was seen last.
   */
  follow(id: string, aim: Aim, until: (order: JsonObject) => boolean = () => false): Promise<JsonObject | undefined> {
    const path = `/serviceOrder/${encodeURIComponent(id.toWellFormed())}`;
    return this.#followAt(path, aim, (order) => until(order) || terminal.has(String(order.state)));
  }

  /** The same for a cancel task. */
  followCancel(
    id: string,
    aim: Aim,
    until: (task: JsonObject) => boolean = () => false,
  ): Promise<JsonObject | undefined> {
    const path = `/cancelServiceOrder/${encodeURIComponent(id.toWellFormed())}`;
    return this.#followAt(
      path,
      aim,
      (task) => until(task) || ['done', 'terminatedWithError'].includes(String(task.state)),
    );
  }

  async #followAt(path: string, aim: Aim, enough: (resource: JsonObject) => boolean): Promise<JsonObject | undefined> {
    const start = this.kernel.now();
    const end = start + this.#patienceMs;
    let latest: JsonObject | undefined;
    for (let waitMs = firstLookMs; ; waitMs = Math.min(this.#longestLook(start), lookLess * waitMs)) {
      const { status, json } = await this.send({ method: 'GET', path, aim });
      if (status !== undefined && status >= 400 && status < 500) return latest;
      if (status === 200 && isObject(json)) latest = json;
      if ((latest !== undefined && enough(latest)) || this.kernel.now() >= end) return latest;
      await this.rest(Math.round(waitMs));
    }
  }

  #longestLook(start: number): number {
    if (this.#lifeMs === undefined || this.kernel.now() - start > farBeyondUsual * this.#lifeMs) return longestLookMs;
    return Math.min(longestLookMs, Math.max(firstLookMs, this.#lifeMs / looksPerLife));
  }
}

export function hasEnded(order: JsonObject | undefined): boolean {
  return terminal.has(String(order?.state));
}

/** The resource itself, or the response that would have been given, which has it as its body. */
function hrefIn(response: unknown): string | undefined {
  const { href, body } = objectOf(response);
  return textOf(href) ?? textOf(objectOf(typeof body === 'string' ? parsed(body) : body).href);
}

function durationOr(text: string | undefined, usualMs: number): number {
  return text === undefined ? usualMs : durationMsOfText(text);
}

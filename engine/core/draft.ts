/**
 * An order being changed by one step. It copies what it changes and never the rest, so the order it was opened on stays
 * as it was; it does not outlive the step. Every state change goes through a table, and is told to the story.
 */
import type { Facts } from '../model/facts.ts';
import { type FalloutEvent, falloutTable } from '../model/fallout/table.ts';
import type {
  CustomerOrder,
  Dispatch,
  DomainOrder,
  Fallout,
  Instant,
  OrderLine,
  OutboundRequest,
} from '../model/order.ts';
import type { Effect, NumberSeries, Outcome, PolicyEvaluation, StateChange } from '../model/outcome.ts';
import type { QualificationRequest } from '../model/qualification/result.ts';
import { nextState } from '../model/state-table.ts';
import {
  customerOrderTable,
  type DomainOrderEvent,
  domainOrderTable,
  type LineEvent,
  type OrderEvent,
  type OutboundRequestEvent,
  orderLineTable,
  outboundRequestTable,
} from '../model/state-tables.ts';
import type { OrderTask } from '../model/tasks/task.ts';
import { type TaskEvent, taskTable } from '../model/tasks/task-table.ts';
import { inventoryChangesOf } from './inventory/changes.ts';
import { tellInventory } from './inventory/told.ts';
import { newsOfStep } from './life/news.ts';
import { keepTimes, remember } from './moved.ts';
import { Shelf } from './shelf.ts';
import type { Unfinished } from './unfinished.ts';

/** An effect as the core names it; its id is added here. */
export type EffectWish = Effect extends infer Kind ? (Kind extends Effect ? Omit<Kind, 'id'> : never) : never;

export class Draft {
  readonly at: Instant;
  readonly facts: Facts;
  /** The draft's own copy. */
  readonly #order: Unfinished<CustomerOrder>;
  readonly lines: Shelf<OrderLine>;
  readonly domainOrders: Shelf<DomainOrder>;
  readonly outboundRequests: Shelf<OutboundRequest>;
  readonly dispatches: Shelf<Dispatch>;
  readonly qualificationRequests: Shelf<QualificationRequest>;
  readonly tasks: Shelf<OrderTask>;
  readonly fallouts: Shelf<Fallout>;
  readonly #notes: CustomerOrder['workNotes'][number][] = [];
  readonly #effects: Effect[] = [];
  readonly #moves: StateChange[] = [];
  readonly #evaluations: PolicyEvaluation[] = [];
  readonly #numbersUsed: Partial<Record<NumberSeries, number>> = {};

  constructor(order: CustomerOrder, at: Instant, facts: Facts) {
    this.at = at;
    this.facts = facts;
    this.#order = { ...order, entries: order.entries + 1 };
    this.lines = new Shelf(order.lines, (line) => line.id);
    this.domainOrders = new Shelf(order.domainOrders, (domainOrder) => domainOrder.id);
    this.outboundRequests = new Shelf(order.outboundRequests, (each) => each.number, requestOf);
    this.dispatches = new Shelf(order.dispatches, (dispatch) => dispatch.requestId);
    this.qualificationRequests = new Shelf(order.qualificationRequests, (request) => request.id);
    this.tasks = new Shelf(order.tasks, (task) => task.id, aboutOf);
    this.fallouts = new Shelf(order.fallouts, (fallout) => fallout.id);
  }

  /** The header as it stands; its lists are those of before the step. */
  get header(): Omit<
    CustomerOrder,
    | 'lines'
    | 'domainOrders'
    | 'outboundRequests'
    | 'dispatches'
    | 'qualificationRequests'
    | 'tasks'
    | 'fallouts'
    | 'workNotes'
  > {
    return this.#order;
  }

  /** True once anything of the order but its notes and effects has been changed. */
  get hasChanged(): boolean {
    return this.#moves.length > 0 || this.domainOrders.isChanged;
  }

  /** How much has changed so far; equal numbers mean that nothing has in between. */
  get changes(): number {
    return this.#moves.length;
  }

  setHeader(changes: Partial<CustomerOrder>): void {
    Object.assign(this.#order, changes);
  }

  dropFromHeader(name: 'heldByHand' | 'revisionOperation' | 'description' | 'priority'): void {
    delete this.#order[name];
  }

  moveOrder(event: OrderEvent): void {
    const { id, number, state: from } = this.#order;
    const to = nextState(customerOrderTable, from, event, this.#order.previousState);
    if (to === undefined) throw impossible('order', number, from, event);
    this.#order.state = to;
    remember(this.#order, event, from);
    this.#moves.push({ thing: 'order', id, number, event, from, to });
    this.effect({ type: 'NotifyListeners', from, to });
  }

  moveLine(line: OrderLine, event: LineEvent): void {
    const { id, number, state: from } = line;
    const to = nextState(orderLineTable, from, event, line.previousState);
    if (to === undefined) throw impossible('line', number, from, event);
    const moved: Unfinished<OrderLine> = { ...line, state: to };
    remember(moved, event, from);
    this.lines.put(moved);
    this.#moves.push({ thing: 'line', id, number, event, from, to });
  }

  /** Takes the events one after another; what else changes is put in place with the last. */
  moveDomainOrder(
    domainOrder: DomainOrder,
    events: readonly DomainOrderEvent[],
    changes: Partial<DomainOrder> = {},
  ): void {
    const { id, number } = domainOrder;
    const moved: Unfinished<DomainOrder> = { ...domainOrder };
    for (const event of events) {
      const from = moved.state;
      const to = nextState(domainOrderTable, from, event, moved.previousState);
      if (to === undefined) throw impossible('domain order', number, from, event);
      if (event === 'hold') moved.previousState = from;
      else if (from === 'on_hold') delete moved.previousState;
      keepTimes(moved, { event, to, at: this.at });
      moved.state = to;
      this.#moves.push({ thing: 'domainOrder', id, number, event, from, to });
    }
    this.domainOrders.put(Object.assign(moved, changes));
  }

  /** False when the table has no such move. Moving to the state it is in changes the record and not the story. */
  moveOutboundRequest(
    request: OutboundRequest,
    event: OutboundRequestEvent,
    changes: Partial<OutboundRequest> = {},
  ): boolean {
    const { number, state: from } = request;
    const to = nextState(outboundRequestTable, from, event);
    if (to === undefined) return false;
    this.outboundRequests.put({ ...request, ...changes, state: to });
    if (to !== from) this.#moves.push({ thing: 'outboundRequest', id: number, number, event, from, to });
    return true;
  }

  /** Tells the story of what is moved elsewhere. */
  told(move: StateChange): void {
    this.#moves.push(move);
  }

  /** Takes the events one after another; what else changes is put in place with the last. */
  moveTask(task: OrderTask, events: readonly TaskEvent[], changes: Partial<OrderTask> = {}): void {
    const { id, number } = task;
    const moved: Unfinished<OrderTask> = { ...task };
    for (const event of events) {
      const from = moved.state;
      const to = nextState(taskTable, from, event, moved.previousState);
      if (to === undefined) throw impossible('task', number, from, event);
      if (event === 'hold') moved.previousState = from;
      else if (from === 'on_hold') delete moved.previousState;
      if (to === 'open' && from !== 'on_hold') moved.openedAt = this.at;
      if (event === 'start') moved.startedAt = this.at;
      if (to === 'closed_complete') moved.closedAt = this.at;
      moved.state = to;
      this.#moves.push({ thing: 'task', id, number, event, from, to });
    }
    this.tasks.put(Object.assign(moved, changes));
  }

  moveFallout(fallout: Fallout, event: FalloutEvent, changes: Partial<Fallout> = {}): void {
    const { id, number, state: from, previousState } = fallout;
    const to = nextState(falloutTable, from, event, previousState);
    if (to === undefined) throw impossible('fallout', number, from, event);
    const remembered = event === 'hold' ? { previousState: from } : {};
    const resolved = to === 'resolved' ? { resolvedAt: this.at } : {};
    this.fallouts.put({ ...fallout, ...changes, ...remembered, ...resolved, state: to });
    this.#moves.push({ thing: 'fallout', id, number, event, from, to });
  }

  /** Tells the story of something that has just come into being. */
  born(thing: StateChange['thing'], id: string, number: string, to: string): void {
    this.#moves.push({ thing, id, number, event: 'create', to });
  }

  evaluated(evaluation: PolicyEvaluation): void {
    this.#evaluations.push(evaluation);
  }

  /** The notes of the order so far, those of this step included. */
  hasNote(text: string, about?: string): boolean {
    const same = (note: CustomerOrder['workNotes'][number]) => note.text === text && note.about === about;
    return this.#notes.some(same) || this.#order.workNotes.some(same);
  }

  note(text: string, about?: string): void {
    this.#notes.push(about === undefined ? { at: this.at, text } : { at: this.at, about, text });
  }

  effect(wish: EffectWish): void {
    const { id: orderId, entries } = this.#order;
    const id = wish.type === 'SetTimer' ? timerId(orderId, wish.name) : `${orderId}/${entries}/${this.#effects.length}`;
    this.#effects.push({ ...wish, id });
  }

  /** The next free number of a series, such as `SO0000042`. */
  number(series: NumberSeries): string {
    const used = this.#numbersUsed[series] ?? 0;
    this.#numbersUsed[series] = used + 1;
    const prefix = series === 'FALLOUT' ? 'FO' : series;
    return `${prefix}${String(this.facts.numbers[series] + used).padStart(7, '0')}`;
  }

  /** A new id: 24 digits of the order's own, and 8 of its counter. */
  id(): string {
    this.#order.idsGiven += 1;
    // Joined, not concatenated: a text in one piece is written to the wire much faster.
    return [this.#order.id.slice(0, 24), this.#order.idsGiven.toString(16).padStart(8, '0')].join('');
  }

  finish(): Outcome {
    const order = this.#order;
    order.lines = this.lines.all;
    order.domainOrders = this.domainOrders.all;
    order.outboundRequests = this.outboundRequests.all;
    order.dispatches = this.dispatches.all;
    order.qualificationRequests = this.qualificationRequests.all;
    order.tasks = this.tasks.all;
    order.fallouts = this.fallouts.all;
    if (this.#notes.length > 0) order.workNotes = [...order.workNotes, ...this.#notes];
    this.#tellInventory();
    const task = (id: string) => this.tasks.find(id);
    for (const news of newsOfStep({ order, moves: this.#moves, task })) this.effect({ type: 'NotifyOfOrder', news });
    const story = { moves: this.#moves, evaluations: this.#evaluations, numbersUsed: this.#numbersUsed };
    return { ok: true, order, effects: this.#effects, story };
  }

  #tellInventory(): void {
    const changes = inventoryChangesOf({
      at: this.at,
      catalogue: this.facts.catalogue,
      order: this.#order,
      moves: this.#moves,
      domainOrder: (id) => this.domainOrders.find(id),
      line: (id) => this.lines.find(id),
      nextNumber: () => this.number('PI'),
    });
    const { now, later } = tellInventory(this.#order.refusedChanges ?? [], this.fallouts.all, changes);
    if (later.length > 0) this.#order.refusedChanges = later;
    else delete this.#order.refusedChanges;
    for (const change of now) this.effect({ type: 'ChangeInventory', ...change });
  }
}

const requestOf = ({ requestId }: OutboundRequest) => requestId;
const aboutOf = ({ about }: OrderTask) => (about.kind === 'domainOrder' ? about.domainOrder : undefined);

/** A timer is known by its name, so that setting it anew replaces it, and taking it back finds it. */
export function timerId(orderId: string, name: string): string {
  return `${orderId}/timer/${name}`;
}

/** A move that the core asked for and the table does not have is a bug of the core. */
function impossible(thing: string, number: string, from: string, event: string): Error {
  return new Error(`${thing} ${number} is ${from}, and its table has no move on "${event}"`);
}

/**
 * How a vendor does things: one entry for everything it could do otherwise, asked for each time by whoever does it. A twin
 * is the conformant habits with one or a few of them replaced. Every function has the vendor as its last parameter.
 */

import type { Outcome } from '../../../exchange/client.ts';
import type { Answer } from '../../../exchange/endpoint.ts';
import type { Headers, HttpResponse, ReceivedRequest } from '../../../exchange/message.ts';
import type { Instant, Kernel } from '../../../kernel/kernel.ts';
import type { ErrorAnswer } from '../../schemas/tmf-error.ts';
import type { Claims } from '../claims.ts';
import type { TwinWorld } from '../twin.ts';
import type {
  Announcement,
  Asked,
  Change,
  Delivery,
  Move,
  Operation,
  Order,
  OrderDocument,
  Page,
  Query,
  State,
  Subscription,
  Task,
  TaskDocument,
  TaskMove,
  VendorEvent,
} from './words.ts';

/** An open vendor, as its habits see it: what it has, and where it is. */
export interface Vendor {
  readonly habits: Habits;
  readonly kernel: Kernel;
  readonly claims: Claims;
  readonly world: TwinWorld;
  /** Of its work items, streams of chance and calls. */
  readonly address: string;
  /** Public URL and base path. */
  readonly baseUrl: string;
  readonly orders: Map<string, Order>;
  readonly tasks: Map<string, Task>;
  readonly subscriptions: Map<string, Subscription>;
  /** Ids of orders by the externalId that they were created with. */
  readonly asked: Map<string, string>;
  /** What it gave to whom asked with client id and secret, and until when it counts. */
  readonly tokens: Map<string, Instant>;
}

/** How long things take, in milliseconds. */
export interface Pace {
  readonly answer: number;
  /** From acknowledged to inProgress. */
  readonly start: number;
  /** To do one item. */
  readonly item: number;
  readonly held: number;
  /** How long information is waited for. */
  readonly information: number;
  /** From the information to inProgress. */
  readonly resume: number;
  /** A cancel task from accepted to inProgress, from there to the decision, and from there to the end. */
  readonly task: number;
  readonly decision: number;
  readonly cancellation: number;
  /** How long a listener may take. */
  readonly listener: number;
}

export interface MessageHabits {
  readonly basePath: string;
  readonly pace: Pace;
  /** Larger bodies are answered 413. In characters. */
  readonly largestBody: number;
  /** False: no such operation. The others at the same path are answered 405 for it; a path without any 404. */
  offers(operation: Operation): boolean;
  /** Says no to who may not come in, before anything else. */
  refusalOfCredentials(request: ReceivedRequest, vendor: Vendor): ErrorAnswer | undefined;
  /** What is answered in place of doing what was asked: refusals of whole operations, limits on the rate. */
  instead(asked: Asked, vendor: Vendor): HttpResponse | undefined;
  /** The last word on every answer: what is sent, when, or whether at all. */
  answered(asked: Asked, response: HttpResponse, vendor: Vendor): Answer | Promise<Answer>;
  /** The response with an error body. */
  problem(error: ErrorAnswer, headers: Headers, vendor: Vendor): HttpResponse;
  /** An order as answers, lists and events show it. */
  shown(document: OrderDocument, vendor: Vendor): object;
  shownTask(document: TaskDocument, vendor: Vendor): object;
  shownSubscription(subscription: Subscription, vendor: Vendor): object;
  dateText(at: Instant): string;
  newId(kind: 'order' | 'task' | 'subscription' | 'event', vendor: Vendor): string;
  /** @param collection such as `serviceOrder`. */
  hrefOf(collection: string, id: string, vendor: Vendor): string;
  /** What Location says of a new resource; nothing leaves it out. */
  locationOf(collection: string, id: string, vendor: Vendor): string | undefined;
  /** Further paths that it serves. */
  elsewhere(request: ReceivedRequest, vendor: Vendor): HttpResponse | undefined;
}

export interface OrderHabits {
  refusalOfCreate(body: unknown, vendor: Vendor): ErrorAnswer | undefined;
  /** The same externalId again: the first order is given, it is refused, or a new order is made. */
  again(first: Order, asked: string, vendor: Vendor): 'first' | 'conflict' | 'new';
  /** From looking for the externalId to keeping the order, in milliseconds. */
  readonly createTakesMs: number;
  /** A new order, of a body that was not refused. */
  newOrder(body: object, id: string, vendor: Vendor): OrderDocument;
  createAnswer(order: Order, vendor: Vendor): HttpResponse;

  refusalOfPatch(document: OrderDocument, patch: unknown, vendor: Vendor): ErrorAnswer | undefined;
  /** From reading the order to writing it, in milliseconds. */
  readonly patchTakesMs: number;
  patched(document: OrderDocument, patch: object, vendor: Vendor): OrderDocument;
  /** What a refused patch leaves of the order. */
  afterRefusedPatch(document: OrderDocument, patch: unknown, vendor: Vendor): OrderDocument;
  patchAnswer(order: Order, vendor: Vendor): HttpResponse;

  refusalOfDelete(document: OrderDocument, vendor: Vendor): ErrorAnswer | undefined;
  remove(order: Order, vendor: Vendor): void;
}

export interface LifeHabits {
  /** What becomes of the order next, if nobody interferes; asked after each of its changes, terminal ones too. */
  nextMove(order: Order, vendor: Vendor): Move | undefined;
  /** The order after the move: items, state, and what `stamped` adds. */
  moved(document: OrderDocument, move: Move, vendor: Vendor): OrderDocument;
  /** The state that leaf items add up to. */
  rollUp(states: readonly State[]): State;
  /** Whether the diagram draws it. A move that it does not is a bug of the twin, and stops the run. */
  mayMove(from: State, to: State): boolean;
  /** Dates, reasons and error messages that belong to the new state. */
  stamped(before: OrderDocument, after: OrderDocument, reason: string | undefined, vendor: Vendor): OrderDocument;
}

export interface CancelHabits {
  refusalOfCancel(body: unknown, vendor: Vendor): ErrorAnswer | undefined;
  newTask(body: object, id: string, vendor: Vendor): TaskDocument;
  /** Where an order goes when its cancellation is asked for. */
  cancelBegins(order: Order, vendor: Vendor): State;
  /** What becomes of the task and its order next; asked after each of the task's changes. */
  nextOfTask(task: Task, order: Order, vendor: Vendor): TaskMove | undefined;
  movedTask(document: TaskDocument, move: TaskMove, vendor: Vendor): TaskDocument;
  cancelAnswer(task: Task, vendor: Vendor): HttpResponse;
}

export interface QueryHabits {
  /** Which orders a list is made of, and in which order, before anything is asked. */
  listed(orders: readonly Order[], vendor: Vendor): readonly Order[];
  matches(document: object, query: Query): boolean;
  sorted(documents: readonly object[], query: Query): readonly object[];
  /** Nothing when offset or limit are no numbers. */
  page(documents: readonly object[], query: Query, vendor: Vendor): Page<object> | undefined;
  /** What `fields` leaves of a document. */
  selected(document: object, query: Query): object;
}

export interface EventHabits {
  refusalOfSubscription(body: unknown, vendor: Vendor): ErrorAnswer | undefined;
  unsubscribe(subscription: Subscription, vendor: Vendor): void;
  /** Which events tell of a change. */
  announcements(change: Change, vendor: Vendor): readonly Announcement[];
  eventOf(announcement: Announcement, vendor: Vendor): VendorEvent;
  /** Whether the subscription's query lets it through. */
  hears(subscription: Subscription, event: VendorEvent, vendor: Vendor): boolean;
  /** How often it is sent to each subscriber, even when each is answered well; 0 loses it. */
  times(event: VendorEvent, subscription: Subscription, vendor: Vendor): number;
  /** Deliveries of one lane wait for each other. */
  laneOf(delivery: Delivery, vendor: Vendor): string;
  /** From the change to the first attempt, at least. */
  deliverAfterMs(delivery: Delivery, vendor: Vendor): number;
  addressOf(delivery: Delivery, vendor: Vendor): string;
  callbackHeaders(delivery: Delivery, vendor: Vendor): Headers;
  /** True: it tells a listener whatever certificate that shows. */
  trustsAnyone(delivery: Delivery, vendor: Vendor): boolean;
  /** What is sent: the event, at this attempt. */
  sent(delivery: Delivery, vendor: Vendor): object;
  /** False: it is to be sent again. */
  isDelivered(outcome: Outcome): boolean;
  /** After so many failed attempts; nothing gives up. */
  retryAfterMs(attempts: number): number | undefined;
  /** Whether a delivery that waits is still wanted when its time has come. */
  isWanted(delivery: Delivery, vendor: Vendor): boolean;
}

export interface Habits extends MessageHabits, OrderHabits, LifeHabits, CancelHabits, QueryHabits, EventHabits {
  /** What a restart does to it. */
  restarted(vendor: Vendor): void;
}

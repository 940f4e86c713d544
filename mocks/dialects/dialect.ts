/** What tells one party's words from another's; how they behave is the same interpreter's affair. */
import type { ApiName } from '../../contracts/schemas/documents.ts';
import type { Finding } from '../../contracts/schemas/finding.ts';
import type { HttpResponse } from '../../exchange/message.ts';
import type { Chance } from '../../kernel/chance.ts';
import type { State } from '../script/lifecycle.ts';
import type { SomItem } from '../script/selecting.ts';
import type { OrderRequest, SomOrder } from '../som-order.ts';

/** Something that listeners are told of. */
export interface Happening {
  readonly kind: 'Create' | 'StateChange' | 'AttributeValueChange' | 'Milestone' | 'Jeopardy' | 'InformationRequired';
  readonly order: SomOrder;
  /** Which attribute it is about. */
  readonly fieldPath?: string;
}

/** Of an event, what is not in the order. */
export interface Envelope {
  readonly eventId: string;
  readonly eventTime: string;
  readonly baseUrl: string;
}

export interface EventMessage {
  /** Below the callback of whoever subscribed. */
  readonly path: string;
  readonly body: object;
}

export interface Subscription {
  readonly id: string;
  readonly callback: string;
  /** A TMF630 filter on the event; empty for everything. */
  readonly query: string;
}

export interface Dialect {
  readonly api: ApiName;
  /** What its contract calls an order. */
  readonly resource: 'ServiceOrder' | 'ResourceOrder' | 'WorkOrder';
  /** Of the API, below the public URL. */
  readonly basePath: string;
  /** Of the orders, below the API. */
  readonly collection: string;
  /** What has changed when an item has taken on a state, and the order has not. */
  readonly itemState: string;
  /** What is wrong with the body of a request for an order. */
  check(body: unknown): readonly Finding[];
  itemsOf(request: OrderRequest): SomItem[];
  /** @param name of the party. */
  newId(name: string, chance: Chance): string;
  /** The answer when an order has been taken, or is there already. */
  accepted(order: SomOrder, baseUrl: string): object;
  /** The order as whoever asks for it sees it. */
  shown(order: SomOrder, baseUrl: string): object;
  /** What a script may have made up of an order: the attributes that are the party's own to give. */
  readonly generated: readonly string[];
  /** What is never told, since the dialect has no event for it. */
  readonly untold: readonly Happening['kind'][];
  /** `undefined` when the dialect has no event for it. */
  eventOf(happening: Happening, envelope: Envelope): EventMessage | undefined;
  /** Where events of this order go, when not to the subscribers. Absent: the dialect has no such thing. */
  replyTo?(request: OrderRequest): string | undefined;
  subscribed(subscription: Subscription): object;
  unsubscribed(id: string): HttpResponse;
  /** A request that only asks, and makes no order: the response, with the outcome that the script has for it. */
  answerToQuery?(order: SomOrder, envelope: Envelope): object;
  /** True when the request only asks. */
  asks?(request: OrderRequest): boolean;
  /** Absent: an order cannot be amended. */
  readonly amendment?: Amendment;
  /** Where an order is cancelled, below the API. */
  readonly cancelPath?: string;
  /** Tasks that cancel orders: where they are made, below the API, and what they are at first. */
  readonly cancelTask?: { readonly path: string; readonly first: 'accepted' | 'acknowledged' };
}

export interface Amendment {
  /** Of the answer. */
  readonly status: number;
  /** The order as it is then. @param body valid, as the update of its resource. */
  apply(order: SomOrder, body: unknown): SomOrder;
  answer(order: SomOrder, baseUrl: string): object;
  /** The state that an amendment asks for. Absent: it cannot ask for one. @param body valid, as above. */
  stateIn?(body: unknown): State | undefined;
  /** True when listeners are told of the attributes that it has changed. */
  readonly isTold: boolean;
}

/** The words of a vendor: the documents it keeps, what becomes of them, and what it says about that. */

import type { ReceivedRequest } from '../../../exchange/message.ts';
import type { Instant } from '../../../kernel/kernel.ts';
import type {
  CancelServiceOrder,
  ServiceOrder,
  ServiceOrderItem,
  ServiceOrderStateType,
  TaskStateType,
} from '../../schemas/tmf641-v4.1.generated.ts';

export type State = ServiceOrderStateType;
export type TaskState = TaskStateType;

export interface Item extends ServiceOrderItem {
  state: State;
  serviceOrderItem?: Item[];
}

export interface OrderDocument extends ServiceOrder {
  id: string;
  href: string;
  state: State;
  orderDate: string;
  serviceOrderItem: Item[];
}

export interface TaskDocument extends CancelServiceOrder {
  id: string;
  href: string;
  state: TaskState;
}

export interface Order {
  readonly id: string;
  /** Replaced as a whole, never changed in place. */
  document: OrderDocument;
  /** What was asked for, to tell the same order from another one with the same externalId. */
  readonly asked: string;
  /** Where it stood before its cancellation was asked for. */
  cameFrom?: State;
  /** The information that it was pending for has come. */
  informed?: boolean;
  /** Places of items whose pause is over. */
  readonly resumed: Set<string>;
}

export interface Task {
  readonly id: string;
  readonly orderId: string;
  document: TaskDocument;
}

export interface Subscription {
  readonly id: string;
  readonly callback: string;
  readonly query?: string;
}

/** What is to become of an order. */
export interface Move {
  readonly afterMs: number;
  /** Items without items of their own, by place (`0`, or `1.0` for the first in the second). */
  readonly leaves: { readonly [place: string]: State };
  /** By default what the items add up to. */
  readonly order?: State;
  /** Why it ends badly. */
  readonly reason?: string;
  /** The place whose pause is over with it. */
  readonly resumes?: string;
}

/** What is to become of a cancel task, and of its order. */
export interface TaskMove {
  readonly afterMs: number;
  readonly task?: TaskState;
  readonly order?: State;
  /** Becomes the task's completionMessage. */
  readonly message?: string;
  /** Becomes the task's errorMessage. */
  readonly error?: string;
}

/** What happened to a resource. */
export type Change =
  | {
      readonly of: 'serviceOrder';
      readonly because: 'create' | 'life' | 'patch' | 'cancel' | 'delete';
      readonly orderId: string;
      readonly before?: OrderDocument;
      /** Of a delete: what it was last. */
      readonly after: OrderDocument;
    }
  | {
      readonly of: 'cancelServiceOrder';
      readonly because: 'create' | 'life';
      readonly orderId: string;
      readonly before?: TaskDocument;
      readonly after: TaskDocument;
    };

/** What is told of a change. */
export interface Announcement {
  /** Such as `ServiceOrderStateChangeEvent`. */
  readonly eventType: string;
  readonly change: Change;
  readonly fieldPath?: string;
}

/** An event as it is sent. */
export interface VendorEvent {
  readonly eventId: string;
  readonly eventTime: string;
  readonly eventType: string;
  readonly event: { readonly [resource: string]: unknown };
  readonly fieldPath?: string;
  readonly [name: string]: unknown;
}

/** One event on its way to one subscriber. */
export interface Delivery {
  readonly subscription: Subscription;
  readonly event: VendorEvent;
  /** The order that the event is about. */
  readonly orderId: string;
  readonly announcedAt: Instant;
  /** How often it was tried before. */
  attempts: number;
}

export type Operation =
  | 'listServiceOrder'
  | 'createServiceOrder'
  | 'retrieveServiceOrder'
  | 'patchServiceOrder'
  | 'deleteServiceOrder'
  | 'listCancelServiceOrder'
  | 'createCancelServiceOrder'
  | 'retrieveCancelServiceOrder'
  | 'registerListener'
  | 'unregisterListener';

export interface Asked {
  /** Nothing when no operation is served there. */
  readonly operation?: Operation;
  readonly request: ReceivedRequest;
  /** The id in the path. */
  readonly id: string;
}

/** The parameters of a request, as it names them. */
export type Query = ReceivedRequest['query'];

export interface Page<Document> {
  readonly status: number;
  readonly documents: readonly Document[];
  readonly headers: { readonly [name: string]: string };
}

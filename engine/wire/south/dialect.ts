/** What a dialect is: how orders are put into its words, and how its words are read. Each is one file beside this one. */
import type { ApiName } from '../../../contracts/schemas/documents.ts';
import type { ItemReport } from '../../model/inputs.ts';
import type { OutboundPayload } from '../../model/payload.ts';
import type { WireWords } from '../../model/target.ts';

export interface Dialect {
  /** The contract that every message is held against. */
  readonly api: ApiName;
  /** The kind of domain order that it has words for. */
  readonly takes: 'service' | 'resource' | 'work';
  readonly create: Operation;
  readonly revise?: Operation;
  readonly cancel?: Cancellation;
  readonly retrieve: { path(externalOrderId: string): string };
  /** Absent where nobody can subscribe. */
  readonly hub?: Hub;
  readonly words: WireWords;
  /** Every state its contract knows. */
  readonly states: readonly string[];
  /** What its words for actions are, for people. */
  readonly actions: string;
  isAction(word: string): boolean;
  /** The type of an answer of success to any operation, and of the answer to `retrieve`. */
  answerType(operation: 'create' | 'revise' | 'retrieve', status: number): string;
  /**
   * What an answer or the order in an event says.
   * @param order valid against `answerType`, or the type of its event, under `official-lenient`.
   * @param sent the service orders of the request, where they are known: some dialects speak only of the order as a whole.
   */
  read(order: unknown, words: WireWords, sent: readonly string[]): ReadServiceOrder;
  /** What an event says besides states, for the work notes. @param event valid against its type. */
  noticeIn?(eventType: string, event: unknown): Notice | undefined;
}

export interface Notice {
  readonly kind: 'milestone' | 'jeopardy' | 'informationRequired';
  readonly text: string;
}

export interface Operation {
  readonly method: 'POST' | 'PATCH';
  /** Below the base URL of the target. The id is absent for an order that is not there yet. */
  path(externalOrderId: string): string;
  /** The type of its request. */
  readonly request: string;
  render(payload: OutboundPayload, words: WireWords): object;
}

/** Asks, by POST, for the end of an order that was accepted. What becomes of that is told as states of the order. */
export interface Cancellation {
  /** Below the base URL of the target. */
  path(externalOrderId: string): string;
  /** The type of its request. */
  readonly request: string;
  render(externalOrderId: string, reason: string | undefined): object;
  /** The type of an answer of success. */
  readonly answer: string;
  /** What such an answer says. @param answer valid against `answer`, under `official-lenient`. */
  read(answer: unknown): ReadCancellation;
}

/** `asked`: it is being seen to. `done`: the order has ended. */
export type ReadCancellation =
  | { readonly state: 'asked' | 'done' }
  | { readonly state: 'refused'; readonly reason: string };

/** Where the engine subscribes, and where it is told. */
export interface Hub {
  readonly path: string;
  /** What a subscriber registers, below the address where the engine is reached. */
  readonly callback: string;
}

/** What an order, in an answer or an event, says of the domain orders that were sent. */
export interface ReadServiceOrder {
  readonly externalOrderId?: string;
  readonly requestId?: string;
  readonly reports: readonly ItemReport[];
}

/** The words of a dialect with those that a target has instead. */
export function wordsOf(dialect: Dialect, own: Partial<WireWords> | undefined): WireWords {
  return own === undefined ? dialect.words : { ...dialect.words, ...own };
}

export function reportOf(serviceOrder: string, state: ItemReport['state'], message: string | undefined): ItemReport {
  return message === undefined ? { serviceOrder, state } : { serviceOrder, state, message };
}

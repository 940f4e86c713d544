/** Whoever answers: a mock, the engine's API, a listener. Written once, mounted by any adapter. */
import type { Kernel } from '../kernel/kernel.ts';
import type { HttpResponse, ReceivedRequest } from './message.ts';

/** The answer, and how long it takes on the kernel's clock (K6). */
export type Answer =
  | { readonly kind: 'reply'; readonly response: HttpResponse; readonly afterMs: number }
  /** The connection breaks instead of an answer, or after `begun` has come half way. */
  | { readonly kind: 'reset'; readonly afterMs: number; readonly begun?: HttpResponse }
  /** Nothing ever comes; the sender's time limit decides. */
  | { readonly kind: 'silence' };

/** What an adapter needs of the kernel to let an answer take its time. */
export type Waiting = Pick<Kernel, 'now' | 'rest' | 'park'>;

export type Endpoint = (request: ReceivedRequest) => Answer | Promise<Answer>;

/** An answer that takes no time. */
export function replyAtOnce(response: HttpResponse): Answer {
  return { kind: 'reply', response, afterMs: 0 };
}

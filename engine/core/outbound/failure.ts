/** Why an attempt to send came to nothing: its kind for machines, and a few words for people. */
import type { CancellationOutcome } from '../../model/cancellation/inputs.ts';
import type { DispatchOutcome } from '../../model/inputs.ts';
import type { FalloutCause, Operation } from '../../model/order.ts';

export type Failed = Extract<DispatchOutcome | CancellationOutcome, { kind: 'refused' | 'unanswered' }>;

/** @param operation a revision, or a cancellation, names an order that is there. */
export function causeOfAnswer(outcome: Failed, operation: Operation): FalloutCause {
  if (outcome.kind === 'unanswered') return outcome.cause === 'timeout' ? 'timeout' : 'unreachable';
  if (outcome.cause !== undefined) return outcome.cause;
  switch (outcome.httpStatus) {
    case undefined:
    case 400:
    case 422:
      return 'data';
    case 401:
    case 403:
      return 'configuration';
    case 404:
    case 405:
      return 'route';
    case 409:
      // A revision names an order that is there: this is about what the order can still take.
      return operation === 'create' ? 'duplicate' : 'business';
    case 429:
    case 503:
      return 'busy';
    default:
      return outcome.httpStatus < 300 ? 'answer' : 'business';
  }
}

/** For the work notes and the fallout: what the other side did, in a few words. */
export function failureText(outcome: Failed): string {
  if (outcome.kind === 'refused') {
    return outcome.httpStatus === undefined ? outcome.reason : `HTTP ${outcome.httpStatus}: ${outcome.reason}`;
  }
  return { refused: 'Unable to reach', reset: 'Connection reset', timeout: 'Timeout' }[outcome.cause];
}

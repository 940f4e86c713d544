/** Where a policy row sends something, and on what terms: as people write it, and as the engine reads it. */
import { durationMsOfText, textOfDurationMs } from '../../../contracts/schemas/text.ts';
import type { DispatchTerms } from '../../model/order.ts';
import type { Destination } from '../../model/policies.ts';

export interface SendingInFile {
  readonly targetSystem?: string;
  readonly requestType?: string;
  readonly inputs?: { readonly [name: string]: string };
  readonly requestTimeout?: string;
  readonly maxRetries?: number;
  readonly retryDelay?: string;
  readonly retryJitter?: number;
  readonly fulfillmentTimeout?: string;
  readonly falloutType?: string;
  readonly dispatchFailure?: 'markFailed' | 'delete';
  readonly incompleteAnswer?: 'accept' | 'fail';
  readonly revisePayload?: 'full' | 'delta';
}

/** What is sent: where to, and on what terms. */
export interface Sending {
  readonly to: Destination;
  readonly terms: DispatchTerms;
}

export function sendingOf(written: SendingInFile): Sending {
  const { targetSystem, requestType, inputs } = written;
  return {
    // One of the two, says the check of destinations.
    to: requestType === undefined ? { target: targetSystem ?? '' } : { requestType, inputs: inputs ?? {} },
    terms: {
      ...(written.requestTimeout === undefined ? {} : { requestTimeoutMs: durationMsOfText(written.requestTimeout) }),
      maxRetries: written.maxRetries ?? 3,
      retryDelayMs: durationMsOfText(written.retryDelay ?? 'PT10S'),
      retryJitter: written.retryJitter ?? 0,
      fulfillmentTimeoutMs: durationMsOfText(written.fulfillmentTimeout ?? 'P7D'),
      falloutType: written.falloutType ?? 'Provisioning Failure',
      dispatchFailure: written.dispatchFailure ?? 'markFailed',
      incompleteAnswer: written.incompleteAnswer ?? 'accept',
      revisePayload: written.revisePayload ?? 'full',
    },
  };
}

export function renderSending({ to, terms }: Sending): SendingInFile {
  const { requestTimeoutMs, retryDelayMs, fulfillmentTimeoutMs, ...others } = terms;
  return {
    ...('target' in to ? { targetSystem: to.target } : to),
    ...others,
    ...(requestTimeoutMs === undefined ? {} : { requestTimeout: textOfDurationMs(requestTimeoutMs) }),
    retryDelay: textOfDurationMs(retryDelayMs),
    fulfillmentTimeout: textOfDurationMs(fulfillmentTimeoutMs),
  };
}

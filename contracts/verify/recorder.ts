/** Writes the trace: every request of the verifier and every callback of the vendor, when it has ended. */

import type { Client, Outcome } from '../../exchange/client.ts';
import type { Endpoint } from '../../exchange/endpoint.ts';
import type { HttpRequest, ReceivedRequest } from '../../exchange/message.ts';
import { recordingClient, recordingEndpoint, runCounter } from '../../exchange/recording.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import type { Aim, Trace, TracedExchange } from '../records/trace.ts';

/** What is wrong with the credentials of a callback; their value is not written down. */
export type CallbackCheck = (request: ReceivedRequest) => Aim['credentials'];

export interface Recorder {
  send(request: HttpRequest, aim: Aim | undefined, timeoutMs: number): Promise<Outcome>;
  /** The endpoint, with every callback to it written down. */
  listening(endpoint: Endpoint, check?: CallbackCheck): Endpoint;
  trace(): Trace;
}

/**
 * @param options.client what the requests are sent with.
 * @param options.where what a trace says of the places that were used.
 */
export function openRecorder(options: {
  kernel: Kernel;
  client: Client;
  where: Omit<Trace, 'exchanges'>;
  onExchange?: ((exchange: TracedExchange) => void) | undefined;
}): Recorder {
  const { kernel, client, where, onExchange } = options;
  const counter = runCounter();
  const exchanges: TracedExchange[] = [];
  const add = (exchange: TracedExchange): void => {
    exchanges.push(exchange);
    onExchange?.(exchange);
  };
  return {
    send: (request, aim, timeoutMs) => {
      const recording = recordingClient(client, {
        kernel,
        counter,
        from: 'verifier',
        partyOf: () => 'vendor',
        sink: (record) => add({ ...record, from: 'verifier', to: 'vendor', ...(aim && { aim }) }),
      });
      return recording.send(request, { timeoutMs });
    },
    listening:
      (endpoint, check = () => undefined) =>
      (request) => {
        const credentials = check(request);
        const aim: Aim | undefined = credentials && { experiment: 'callback', step: 'received', credentials };
        const recorded = recordingEndpoint(endpoint, {
          clock: kernel,
          counter,
          to: 'verifier',
          sink: (record) => add({ ...record, from: 'vendor', to: 'verifier', ...(aim && { aim }) }),
        });
        return recorded(request);
      },
    trace: () => ({ ...where, exchanges: exchanges.toSorted((one, other) => one.sentOrder - other.sentOrder) }),
  };
}

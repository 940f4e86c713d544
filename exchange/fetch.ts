/** The adapter over the runtime's `fetch`: real sockets, or whatever intercepts them. */
import type { Kernel } from '../kernel/kernel.ts';
import { type Client, type Outcome, outcomeOf } from './client.ts';
import { type HttpRequest, type HttpResponse, receivedBody } from './message.ts';

/** What the runtime says when nobody was reached, so that the request cannot have arrived. */
const notReached = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

export function fetchClient(kernel: Kernel): Client {
  return {
    send: async (request, { timeoutMs }) => {
      const abort = new AbortController();
      const limit = kernel.alarm(kernel.now() + timeoutMs);
      limit.rung.then(() => abort.abort());
      try {
        return outcomeOf(await fetched(request, abort.signal));
      } catch (failure) {
        return abort.signal.aborted ? { kind: 'timeout', afterMs: timeoutMs } : failureOutcome(failure);
      } finally {
        limit.cancel();
      }
    },
  };
}

async function fetched(request: HttpRequest, signal: AbortSignal): Promise<HttpResponse> {
  const { method, headers, body } = request;
  const response = await fetch(request.url, { method, headers, body: body?.text ?? null, signal, redirect: 'manual' });
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: receivedBody(await response.text()),
  };
}

function failureOutcome(failure: unknown): Outcome {
  const cause = failure instanceof Error ? failure.cause : undefined;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  return { kind: notReached.has(code) ? 'refused' : 'reset' };
}

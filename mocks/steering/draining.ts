/** A party that can be asked to finish: what is open is answered, and what comes then is sent away. */
import { errorAnswer } from '../../contracts/schemas/tmf-error.ts';
import type { Endpoint } from '../../exchange/endpoint.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import { refusal } from '../answers.ts';

export interface Draining {
  readonly endpoint: Endpoint;
  /**
   * From now on nothing is taken any more. Settles when every open request has its answer, or when patience is over.
   * Requests that are answered with silence are not waited for.
   */
  finish(patienceMs: number): Promise<void>;
}

/** @param what is said to be ending, to whoever comes too late. */
export function drainingEndpoint(
  endpoint: Endpoint,
  kernel: Pick<Kernel, 'now' | 'rest' | 'alarm'>,
  what = 'This mock',
): Draining {
  let open = 0;
  let isEnding = false;
  let whenEmpty = () => {};
  return {
    endpoint: async (request) => {
      if (isEnding) {
        return refusal(errorAnswer(503, '5', 'Shutting down', `${what} is about to end`), 0, { connection: 'close' });
      }
      open += 1;
      try {
        const answer = await endpoint(request);
        if (answer.kind === 'silence') return answer;
        if (answer.afterMs > 0) await kernel.rest(kernel.now() + answer.afterMs);
        return { ...answer, afterMs: 0 };
      } finally {
        open -= 1;
        if (open === 0) whenEmpty();
      }
    },
    finish: async (patienceMs) => {
      isEnding = true;
      const limit = kernel.alarm(kernel.now() + patienceMs);
      const drained = new Promise<void>((resolve) => {
        whenEmpty = resolve;
      });
      if (open > 0) await Promise.race([drained, limit.rung]);
      limit.cancel();
    },
  };
}

/** A client that keeps so many requests under way at most; whoever comes later waits in line. */
import type { Bell, Kernel } from '../kernel/kernel.ts';
import type { Client } from './client.ts';

/**
 * The time limit of a request runs from the moment it is sent: what it waits in line does not count.
 * @param options.most how many may be under way at once, 1 or more.
 */
export function limitedClient(client: Client, options: { kernel: Kernel; most: number }): Client {
  const { kernel, most } = options;
  const line: Bell[] = [];
  let underWay = 0;
  return {
    send: async (request, limits) => {
      if (underWay < most) underWay += 1;
      else await turn();
      try {
        return await client.send(request, limits);
      } finally {
        leave();
      }
    },
  };

  /** Parks the call (K7): time goes on, and those before it with it. */
  function turn(): Promise<void> {
    const bell = kernel.bell();
    line.push(bell);
    kernel.park();
    return bell.rung;
  }

  /** The place goes to whoever is next, so that nobody who comes now can take it first. */
  function leave(): void {
    const next = line.shift();
    if (next === undefined) underWay -= 1;
    else next.ring();
  }
}

/** A limit on what is under way: kept in virtual time, in the order of asking, whatever becomes of a request. */
import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../exchange/client.ts';
import { directClient } from '../../exchange/direct.ts';
import type { Endpoint } from '../../exchange/endpoint.ts';
import { limitedClient } from '../../exchange/limited.ts';
import { jsonResponse } from '../../exchange/message.ts';
import { virtualKernel } from '../../kernel/virtual-kernel.ts';

/** Sends some requests at once, others a minute later, and tells when each arrived and when each was answered. */
async function sent(
  most: number,
  names: readonly string[],
  endpoint: Endpoint,
  later: readonly string[] = [],
): Promise<{ arrived: [string, number][]; ended: [string, Outcome['kind'], number][] }> {
  const kernel = virtualKernel({ seed: '1' });
  const start = kernel.now();
  const arrived: [string, number][] = [];
  const ended: [string, Outcome['kind'], number][] = [];
  const seen: Endpoint = (request) => {
    arrived.push([request.path.slice(1), kernel.now() - start]);
    return endpoint(request);
  };
  const client = limitedClient(directClient(kernel, new Map([['http://som.test', seen]])), { kernel, most });
  const send = (name: string) =>
    kernel.call(name, async () => {
      const request = { method: 'GET', url: `http://som.test/${name}`, headers: {} };
      const { kind } = await client.send(request, { timeoutMs: 5_000 });
      ended.push([name, kind, kernel.now() - start]);
    });
  kernel.handle('later', ({ id }) => send(id));
  for (const name of later) kernel.schedule({ id: name, to: 'later', due: start + 60_000, data: {} });
  for (const name of names) send(name);
  await kernel.run();
  return { arrived, ended };
}

const reply = (afterMs: number) => ({ kind: 'reply', response: jsonResponse(200, {}), afterMs }) as const;
const takes =
  (ms: number): Endpoint =>
  () =>
    reply(ms);

describe('a limited client', () => {
  it('sends as many at once as it may, and the others in the order of asking', async () => {
    const { arrived, ended } = await sent(2, ['a', 'b', 'c', 'd', 'e'], takes(1_000));
    expect(arrived).toEqual([
      ['a', 0],
      ['b', 0],
      ['c', 1_000],
      ['d', 1_000],
      ['e', 2_000],
    ]);
    expect(ended.map(([name, , at]) => [name, at])).toEqual([
      ['a', 1_000],
      ['b', 1_000],
      ['c', 2_000],
      ['d', 2_000],
      ['e', 3_000],
    ]);
  });

  it('does not count what is waited in line against the time limit', async () => {
    const { ended } = await sent(1, ['a', 'b', 'c'], takes(4_000));
    expect(ended).toEqual([
      ['a', 'answered', 4_000],
      ['b', 'answered', 8_000],
      ['c', 'answered', 12_000],
    ]);
  });

  it('goes on after silence, a reset and a refused connection', async () => {
    const bad: Endpoint = ({ path }) => {
      if (path === '/silent') return { kind: 'silence' };
      return path === '/reset' ? { kind: 'reset', afterMs: 100 } : reply(10);
    };
    const { ended } = await sent(1, ['silent', 'reset', 'well'], bad);
    expect(ended).toEqual([
      ['silent', 'timeout', 5_000],
      ['reset', 'reset', 5_100],
      ['well', 'answered', 5_110],
    ]);
  });

  it('has every place free again when the crowd is gone', async () => {
    const { arrived } = await sent(2, ['a', 'b', 'c', 'd', 'e'], takes(1_000), ['f', 'g', 'h']);
    expect(arrived.slice(5)).toEqual([
      ['f', 60_000],
      ['g', 60_000],
      ['h', 61_000],
    ]);
  });

  it('makes no difference where there is no crowd', async () => {
    const { arrived } = await sent(3, ['a', 'b', 'c'], takes(10));
    expect(arrived.map(([, at]) => at)).toEqual([0, 0, 0]);
  });
});

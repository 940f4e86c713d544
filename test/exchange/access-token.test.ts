/** How long a token is kept, and who waits for whom: in virtual time. */
import { describe, expect, it } from 'vitest';
import { Secret } from '../../engine/model/target.ts';
import { AccessTokens, type Granted } from '../../exchange/access-token.ts';
import { directClient } from '../../exchange/direct.ts';
import type { Endpoint } from '../../exchange/endpoint.ts';
import { jsonResponse } from '../../exchange/message.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import { virtualKernel } from '../../kernel/virtual-kernel.ts';

const second = 1_000;

/** Asks for a token at each of the instants, given in seconds; tells what came, and when. */
async function asked(
  atSeconds: readonly number[],
  options: { lifeS?: number; tookMs?: number; answer?: Endpoint; refused?: string } = {},
): Promise<{ came: [string, number][]; fetched: number[] }> {
  const { lifeS, tookMs = 0, refused } = options;
  const kernel = virtualKernel({ seed: '1' });
  const start = kernel.now();
  const fetched: number[] = [];
  const came: [string, number][] = [];
  const endpoint: Endpoint = (request) => {
    fetched.push((kernel.now() - start) / second);
    if (options.answer !== undefined) return options.answer(request);
    const body = {
      access_token: `t${fetched.length}`,
      token_type: 'bearer',
      ...(lifeS === undefined ? {} : { expires_in: lifeS }),
    };
    return { kind: 'reply', response: jsonResponse(200, body), afterMs: tookMs };
  };
  const tokens = tokensFrom(kernel, endpoint);
  kernel.handle('ask', ({ id }) => {
    kernel.call(id, async () => {
      came.push([textOf(await tokens.get({ timeoutMs: 5 * second }, refused)), (kernel.now() - start) / second]);
    });
  });
  for (const [index, at] of atSeconds.entries()) {
    kernel.schedule({ id: `ask/${index}`, to: 'ask', due: start + at * second, data: {} });
  }
  await kernel.run();
  return { came, fetched };
}

function textOf(granted: Granted): string {
  return granted.ok ? granted.token : granted.reason;
}

describe('an access token', () => {
  it.each([
    ['30 seconds before it expires', 3_600, [0, 3_569, 3_570], [0, 3_570]],
    ['at half its life when that is short', 40, [0, 19, 20], [0, 20]],
    ['for good when its life is not said', undefined, [0, 1_000_000], [0]],
    ['not at all when it has none', 0, [0, 0, 1], [0, 0, 1]],
  ])('is renewed %s', async (_when, lifeS, asking, expected) => {
    const { fetched } = await asked(asking, lifeS === undefined ? {} : { lifeS });
    expect(fetched).toEqual(expected);
  });

  it('is fetched once for all who ask meanwhile, and they go on in the order of asking (K7)', async () => {
    const { came, fetched } = await asked([0, 0, 1, 2, 4], { lifeS: 3_600, tookMs: 3 * second });
    expect(fetched).toEqual([0]);
    expect(came).toEqual([
      ['t1', 3],
      ['t1', 3],
      ['t1', 3],
      ['t1', 3],
      ['t1', 4],
    ]);
  });

  it('that does not come is missed by all who waited, and asked for again by whoever comes later', async () => {
    const { came, fetched } = await asked([0, 1, 6], { answer: () => ({ kind: 'silence' }) });
    const reason = 'no access token from http://id.test/token: timeout';
    expect(fetched).toEqual([0, 6]);
    expect(came).toEqual([
      [reason, 5],
      [reason, 5],
      [reason, 11],
    ]);
  });

  it('that was refused is not given again', async () => {
    const { came } = await asked([0, 10, 20], { lifeS: 3_600, refused: 't1' });
    expect(came.map(([token]) => token)).toEqual(['t1', 't2', 't2']);
  });

  it('that was refused is given to nobody who comes while another is fetched, or after that failed', async () => {
    const kernel = virtualKernel({ seed: '1' });
    let fetched = 0;
    const endpoint: Endpoint = () => {
      fetched += 1;
      if (fetched === 2) return { kind: 'reply', response: jsonResponse(503, {}), afterMs: 2 * second };
      const body = { access_token: `t${fetched}`, token_type: 'bearer' };
      return { kind: 'reply', response: jsonResponse(200, body), afterMs: 0 };
    };
    const tokens = tokensFrom(kernel, endpoint);
    const came: string[] = [];
    const ask = (afterMs: number, refused?: string) => {
      kernel.schedule({
        id: `ask/${afterMs}`,
        to: 'ask',
        due: kernel.now() + afterMs,
        data: { refused: refused ?? null },
      });
    };
    kernel.handle('ask', ({ id, data }) => {
      const { refused } = data as { refused: string | null }; // from `ask`
      kernel.call(id, async () => {
        came.push(textOf(await tokens.get({ timeoutMs: 5 * second }, refused ?? undefined)));
      });
    });
    ask(0);
    ask(1_000, 't1');
    ask(2_000);
    ask(9_000);
    await kernel.run();
    const failed = 'no access token from http://id.test/token: it answered 503';
    expect(came).toEqual(['t1', failed, failed, 't3']);
  });
});

function tokensFrom(kernel: Kernel, endpoint: Endpoint): AccessTokens {
  return new AccessTokens({
    kernel,
    client: directClient(kernel, new Map([['http://id.test', endpoint]])),
    auth: {
      tokenUrl: 'http://id.test/token',
      clientId: 'c',
      clientSecret: new Secret('s'),
      clientAuthentication: 'basic',
    },
  });
}

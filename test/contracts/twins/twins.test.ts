import { describe, expect, it } from 'vitest';
import { eventTwins } from '../../../contracts/twins/faulty/events.ts';
import { lifeTwins } from '../../../contracts/twins/faulty/life.ts';
import { messageTwins } from '../../../contracts/twins/faulty/messages.ts';
import type { Twin } from '../../../contracts/twins/twin.ts';
import { twins } from '../../../contracts/twins/twins.ts';
import { opened, orderOf, statesTold } from './opened.ts';

const credentials = { token: 't', username: 'u', password: 'p', apiKey: 'k', clientId: 'c', clientSecret: 's' };

function named(list: readonly Twin[], name: string): Twin {
  const twin = list.find((other) => other.name === name);
  if (twin === undefined) throw new Error(`no twin ${name}`);
  return twin;
}

describe('every twin', () => {
  it('has a name of its own, and says what it does otherwise', () => {
    const names = twins.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name))).toEqual([]);
    expect(
      twins.filter(({ deviation, clause }) => !/^[A-Z].*\.$/.test(deviation) || clause === '').map(({ name }) => name),
    ).toEqual([]);
  });

  it('breaks a rule exactly when it is faulty', () => {
    expect(
      twins.filter(({ kind, breaks }) => (kind === 'faulty') !== (breaks !== undefined)).map(({ name }) => name),
    ).toEqual([]);
  });

  it.each(twins.map((twin) => [twin.name, twin] as const))(
    'lives through a day without a bug: %s',
    async (_name, twin) => {
      const base = `http://vendor.test${twin.basePath ?? '/tmf-api/serviceOrdering/v4'}`;
      const { together, restart, kernel } = opened(twin, { credentials, callbackSecret: 'secret', base });
      const basic = `Basic ${btoa('u:p')}`;
      const authorization = { basic, bearer: 'Bearer t', apiKey: '', oauth2: '' }[twin.claims.auth?.scheme ?? 'bearer'];
      const headers: Record<string, string> = { authorization, 'x-api-key': 'k' };
      const specifications = [
        'internet-access',
        'held-for-a-while',
        'needs-information',
        'will-fail',
        'will-be-rejected',
        'not-cancellable',
      ];
      await together([['POST', '/hub', { callback: 'http://listener.test' }, headers]]);
      const placed = await together(
        [...specifications, 'internet-access', 'held-for-a-while'].map((name, index) => {
          const order = { externalId: `o-${index % 7}`, ...orderOf([name, 'internet-access']) };
          return ['POST', '/serviceOrder', order, headers] as const;
        }),
      );
      await kernel.run(kernel.now() + 600);
      const ids = placed.map(({ body }) => body?.id ?? 'none');
      await together([
        ...ids.map(
          (id) =>
            [
              'PATCH',
              `/serviceOrder/${encodeURIComponent(id)}`,
              { description: 'changed', note: [{ text: 'here' }] },
              headers,
            ] as const,
        ),
        ...ids.slice(4).map((id) => ['POST', '/cancelServiceOrder', { serviceOrder: { id } }, headers] as const),
        ['GET', '/serviceOrder?limit=2&sort=-id', undefined, headers] as const,
      ]);
      restart();
      await kernel.run(kernel.now() + 86_400_000);
      await together(
        ids.map((id) => ['DELETE', `/serviceOrder/${encodeURIComponent(id)}`, undefined, headers] as const),
      );
      await kernel.run(kernel.now() + 60_000);
    },
  );
});

describe('a faulty twin', () => {
  it('can say something else', async () => {
    const { place } = opened(named(messageTwins, 'created-as-200'));
    expect(await place()).toMatchObject({ status: 200, body: { state: 'acknowledged' } });
  });

  it('can live otherwise', async () => {
    const { place, subscribe, heard, pass } = opened(named(lifeTwins, 'completed-at-once'));
    await subscribe();
    await place();
    await pass(5_000);
    expect(statesTold(heard)).toEqual(['acknowledged', 'completed']);
  });

  it('can fail to tell', async () => {
    const { place, subscribe, heard, pass } = opened(named(eventTwins, 'every-third-event-lost'));
    await subscribe();
    await place(['held-for-a-while']);
    await pass(5_000);
    expect(statesTold(heard)).toEqual(['acknowledged', 'inProgress', 'inProgress', 'completed']);
  });
});

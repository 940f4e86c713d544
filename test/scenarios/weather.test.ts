/** What the weather does to a message, fault by fault; that a scenario can say it; that it is the same for the same seed. */
import { describe, expect, it } from 'vitest';
import type { Fault, Weather } from '../../contracts/records/weather.ts';
import { directClient } from '../../exchange/direct.ts';
import { replyAtOnce } from '../../exchange/endpoint.ts';
import { jsonResponse } from '../../exchange/message.ts';
import { chanceStream } from '../../kernel/chance.ts';
import { virtualKernel } from '../../kernel/virtual-kernel.ts';
import { runScenario } from '../../scenarios/run.ts';
import { readScenario } from '../../scenarios/scenario.ts';
import { drawWeather, southboundLinks, weatherOf } from '../../scenarios/weather/weather.ts';
import { type Hit, Weathering } from '../../scenarios/weather/weathering.ts';

const second = 1_000;
const storm = 3_600 * second;

/** Certain to hit requests from om to som with one fault, for an hour. */
function weatherWith(fault: Fault): Weather {
  const bursts = fault === 'busy' ? [{ fromMs: 0, untilMs: storm, status: 503, retryAfterSeconds: 7 }] : [];
  const chances = fault === 'busy' ? {} : { [fault]: 1 };
  return { stormMs: storm, links: [{ from: 'om', to: 'som', chances, longestDelayMs: 60 * second, bursts }] };
}

/** Sends requests at the instants given, in seconds; tells what came of each, and when each arrived. */
async function sent(weather: Weather, atSeconds: readonly number[]) {
  const kernel = virtualKernel({ seed: '7', start: 0 });
  const arrived: string[] = [];
  const outcomes: string[] = [];
  const hits: Hit[] = [];
  const network = new Map([
    [
      'http://som.test',
      ({ path }: { path: string }) => {
        arrived.push(`${path} at ${Math.round(kernel.now() / second)}`);
        return replyAtOnce(jsonResponse(201, {}));
      },
    ],
  ]);
  const client = directClient(kernel, network);
  const weathering = new Weathering({ kernel, weather, onHit: (hit) => hits.push(hit) });
  const om = weathering.clientOf({ from: 'om', client, unseen: client, partyOf: () => 'som' });
  kernel.handle('send', ({ id, due }) =>
    kernel.call(id, async () => {
      const request = { method: 'POST', url: `http://som.test/${id}`, headers: {} };
      const outcome = await om.send(request, { timeoutMs: 10 * second });
      const said = outcome.kind === 'answered' ? outcome.response.status : outcome.kind;
      outcomes.push(`${said} after ${Math.round((kernel.now() - due) / second)}`);
    }),
  );
  for (const at of atSeconds) kernel.schedule({ id: `r${at}`, to: 'send', due: at * second, data: {} });
  await kernel.run();
  return { arrived, outcomes, hits: hits.map(({ fault }) => fault) };
}

describe('the weather', () => {
  it.each([
    ['request lost', [], ['timeout after 10']],
    ['answer lost', ['/r0 at 0'], ['timeout after 10']],
    ['reset before', [], ['reset after 0']],
    ['reset after', ['/r0 at 0'], ['reset after 0']],
    ['busy', [], ['503 after 0']],
  ] as const)('%s', async (fault, arrived, outcomes) => {
    expect(await sent(weatherWith(fault), [0])).toEqual({ arrived, outcomes, hits: [fault] });
  });

  it('doubles a request: once at once, once later', async () => {
    const { arrived, outcomes } = await sent(weatherWith('twice'), [0]);
    expect(arrived).toEqual(['/r0 at 0', expect.stringMatching(/^\/r0 at \d+$/)]);
    expect(outcomes).toEqual(['201 after 0']);
  });

  it('makes requests late, some later than their senders wait', async () => {
    const { arrived, outcomes } = await sent(weatherWith('late'), [0, 100, 200, 300, 400, 500]);
    expect(arrived).toHaveLength(6);
    expect(outcomes.filter((each) => each === 'timeout after 10').length).toBeGreaterThan(0);
    expect(outcomes.filter((each) => each.startsWith('201')).length).toBeGreaterThan(0);
  });

  it('lets a request be overtaken by the one behind it', async () => {
    const calmAfter = { ...weatherWith('overtaken'), stormMs: 1 };
    const { arrived, outcomes } = await sent(calmAfter, [0, 0.5]);
    expect(arrived).toEqual(['/r0.5 at 1', '/r0 at 1']);
    expect(outcomes).toEqual(['201 after 0', 'timeout after 10']);
  });

  it('ends with the storm', async () => {
    const { hits } = await sent(weatherWith('request lost'), [0, 3_599, 3_600, 5_000]);
    expect(hits).toHaveLength(2);
  });

  it('spares the ways it is not over', async () => {
    const { links, ...rest } = weatherWith('request lost');
    const elsewhere = { ...rest, links: links.map((link) => ({ ...link, from: 'tom' })) };
    expect((await sent(elsewhere, [0])).outcomes).toEqual(['201 after 0']);
  });
});

describe('the weather that is drawn', () => {
  const links = southboundLinks(['som']);

  it('is the same for the same seed, another for another, and plain data', () => {
    const drawn = (seed: string) => drawWeather(chanceStream(seed, 'weather'), links);
    expect(drawn('1')).toEqual(drawn('1'));
    expect(drawn('1')).not.toEqual(drawn('2'));
    expect(JSON.parse(JSON.stringify(drawn('1')))).toEqual(drawn('1'));
  });

  it('leaves every message a chance to come through', () => {
    for (let seed = 1; seed <= 200; seed += 1) {
      for (const { chances } of drawWeather(chanceStream(String(seed), 'weather'), links).links) {
        expect(Object.values(chances).reduce((sum, each) => sum + each, 0)).toBeLessThan(1);
      }
    }
  });

  it('is what a file says: links, chances, bursts within the storm', () => {
    const written = { storm: 'PT2H', drop: 0.2, busy: 0.25, links: ['om -> som'] };
    const { stormMs, links: over } = weatherOf(written, chanceStream('1', 'weather'), links);
    expect(stormMs).toBe(7_200 * second);
    expect(over).toMatchObject([
      { from: 'om', to: 'som', chances: { 'request lost': 0.1, 'answer lost': 0.1, late: 0 } },
    ]);
    for (const { fromMs, untilMs } of over[0]?.bursts ?? []) {
      expect(fromMs).toBeLessThan(untilMs);
      expect(untilMs).toBeLessThanOrEqual(stormMs);
    }
  });
});

describe('a scenario with weather', () => {
  const scenario = readScenario('scenarios/suites/weather/lossy-way-south.scenario.yaml');

  it('says in its record what was drawn, and what it did', async () => {
    const record = await runScenario(scenario, { seed: '7', transport: 'direct' });
    expect(record.findings).toEqual([]);
    expect(record.weather).toMatchObject({ stormMs: 7_200 * second });
    expect(record.journal.filter(({ kind }) => kind === 'weather').length).toBeGreaterThan(0);
  });

  it.each(['msw', 'sockets'] as const)('meets the same weather over %s', async (transport) => {
    const [direct, other] = [
      await runScenario(scenario, { seed: '7', transport: 'direct' }),
      await runScenario(scenario, { seed: '7', transport }),
    ];
    const hits = ({ journal }: typeof direct) => journal.filter(({ kind }) => kind === 'weather');
    expect(hits(other)).toEqual(hits(direct));
    expect(other.verdict).toBe('passed');
  });
});

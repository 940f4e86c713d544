/** The plan: the same for the same seed, made without sending anything, and nothing but legal orders where nothing is wrong on purpose. */
import { describe, expect, it } from 'vitest';
import { checkOf } from '../../../contracts/profile/contract.ts';
import type { CapabilityStatement } from '../../../contracts/records/capabilities.ts';
import { findingText } from '../../../contracts/schemas/finding.ts';
import type { PlannedStep } from '../../../contracts/verify/experiments/experiment.ts';
import { type Phase, planLines } from '../../../contracts/verify/plan.ts';
import { fullStatement, type Watching, watchedVendor } from './watched-vendor.ts';

const credentials = { headers: async () => ({}), wrong: {} };
const everything = { mayDelete: true, credentials, restart: async () => undefined };
const oauth2 = { scheme: 'oauth2', tokenUrl: 'http://vendor.test/token', expiresIn: 'PT1S' } as const;
const load = { orders: 5, perSecond: 5, answersWithin: 'PT1S', announcedWithin: 'PT1S' };
const { load: _declared, ...withoutLoad } = fullStatement;
const unloaded: CapabilityStatement = {
  ...withoutLoad,
  auth: oauth2,
  specifications: [
    { id: 'plain', characteristics: { speed: 100 } },
    ...(['held', 'pending', 'rejected', 'failed', 'denied'] as const).map((leadsTo) => ({ id: leadsTo, leadsTo })),
  ],
};
const statement: CapabilityStatement = { ...unloaded, load };

function stepsOf(phases: readonly Phase[]): (PlannedStep & { readonly experiment: string })[] {
  return phases.flatMap(({ experiments }) =>
    experiments.flatMap(({ experiment, steps }) => steps.map((step) => ({ ...step, experiment: experiment.name }))),
  );
}

const names = (phases: readonly Phase[]) => new Set(stepsOf(phases).map(({ experiment }) => experiment));
const lines = (seed: string) => planLines(watchedVendor({ seed, statement, ...everything }).plan);

describe('a plan', () => {
  it('is the same for the same seed', () => {
    expect(lines('7')).toEqual(lines('7'));
  });

  it('differs for another seed in the externalIds alone', () => {
    const without = (text: string[]) => text.map((line) => line.replaceAll(/southbound-[0-9a-f]{6}-/g, ''));
    expect(lines('8')).not.toEqual(lines('7'));
    expect(without(lines('8'))).toEqual(without(lines('7')));
  });

  it('is made without sending anything', () => {
    const { plan, received } = watchedVendor({ statement, ...everything });
    expect(planLines(plan).length).toBeGreaterThan(100);
    expect(received).toEqual([]);
  });

  it('tells each request with its body, and what is wrong with it on purpose', () => {
    const text = lines('7').join('\n');
    expect(text).toContain('create: POST /serviceOrder\n');
    expect(text).toContain('wrong on purpose: it has no items');
    expect(text).toContain('DELETE /hub/{subscription}');
  });

  /** What is sent, and was not planned. */
  async function unplanned(): Promise<string[]> {
    const { plan, run } = watchedVendor({ mayDelete: true, statement: { ...fullStatement, load } });
    const planned = new Set(stepsOf(plan).map(({ experiment, step }) => `${experiment} ${step}`));
    const { trace } = await run();
    const sent = trace.exchanges
      .filter(({ from }) => from === 'verifier')
      .map(({ aim }) => `${aim?.experiment} ${aim?.step}`);
    expect(sent.length).toBeGreaterThan(300);
    return [...new Set(sent)].filter((step) => !planned.has(step));
  }

  it('names everything that is sent, but for looks at the orders of a load', async () => {
    expect((await unplanned()).filter((step) => step !== 'load look')).toEqual([]);
  });

  it('names everything that is sent', async () => {
    expect(await unplanned()).toEqual([]);
  });

  it.each<[string, readonly string[], Watching]>([
    ['a listener that can be reached', ['watch', 'hub-failing', 'hub-leave', 'hub-query-type'], { isDeaf: true }],
    ['leave to delete', ['deletion'], { mayDelete: false }],
    ['credentials', ['auth', 'token'], { credentials: undefined }],
    ['a way to restart', ['restart'], { restart: undefined }],
    ['a declared load', ['load'], { statement: unloaded }],
    [
      'specifications that lead there',
      ['held', 'pending', 'rejected', 'failed', 'cancel-denied', 'mixed'],
      { statement: { ...statement, specifications: [{ id: 'plain' }] } },
    ],
  ])('without %s leaves out what needs it', (_what, needing, missing) => {
    const whole = names(watchedVendor({ statement, ...everything }).plan);
    const part = names(watchedVendor({ statement, ...everything, ...missing }).plan);
    expect(needing.filter((name) => !whole.has(name))).toEqual([]);
    expect(needing.filter((name) => part.has(name))).toEqual([]);
  });
});

describe('every planned order', () => {
  const creates = stepsOf(watchedVendor({ statement, ...everything }).plan).filter(
    ({ method, path }) => method === 'POST' && path === '/serviceOrder',
  );
  const legal = creates.filter(({ wrong, body }) => wrong === undefined && body !== undefined);

  it.each(legal.map((step) => [`${step.experiment} ${step.step}`, step.body] as const))(
    '%s is legal',
    (_name, body) => {
      expect(checkOf('TMF641', 'own', 'ServiceOrder_Create')(body).map(findingText)).toEqual([]);
    },
  );

  it('is of a kind that there are some of', () => {
    expect(legal.length).toBeGreaterThan(40);
  });

  it('that is wrong on purpose breaks the schema, where it is the schema that it breaks', () => {
    const wrong = creates.filter(({ experiment, body }) => experiment === 'invalid' && body !== undefined);
    const unbroken = wrong.filter(
      ({ body }) => checkOf('TMF641', 'official', 'ServiceOrder_Create')(body).length === 0,
    );
    expect(wrong.length).toBeGreaterThan(8);
    expect(unbroken.map(({ step }) => step)).toEqual([]);
  });

  it('has an externalId of its own, but for those that are sent again on purpose', () => {
    const ids = legal.map(({ experiment, body }) => `${experiment} ${(body as { externalId?: string }).externalId}`);
    const again = new Set(ids.filter((id, place) => ids.indexOf(id) !== place).map((id) => id.split(' ')[0]));
    expect([...again]).toEqual(['repeat']);
  });
});

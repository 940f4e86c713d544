/** Shows of each faulty twin what a client sees of its fault, and that the conformant vendor shows something else. */
import { expect, it } from 'vitest';
import type { Twin } from '../../../contracts/twins/twin.ts';
import { twinOf } from '../../../contracts/twins/vendor/twin-of.ts';
import { opened } from './opened.ts';

export type Opened = ReturnType<typeof opened>;

/** What a client does and looks at, and what it sees there of a faulty vendor. */
export type Probe = readonly [look: (vendor: Opened) => Promise<unknown>, wrong: unknown];

export const credentials = { token: 't', clientId: 'c', clientSecret: 's' };

export function showFaults(twins: readonly Twin[], probes: { readonly [name: string]: Probe }): void {
  it('has a probe for each', () => {
    expect(Object.keys(probes).sort()).toEqual(twins.map(({ name }) => name).sort());
  });

  it.each(twins.map((twin) => [twin.name, twin] as const))('%s', async (name, twin) => {
    const [look, wrong] = probes[name] ?? [];
    if (look === undefined) throw new Error(`no probe for ${name}`);
    const { deviation, clause, claims } = twin;
    const sound = twinOf({ name: 'sound', kind: 'conformant', deviation, clause, claims, habits: {} });
    expect(await look(opened(twin, { credentials }))).toEqual(wrong);
    expect(await look(opened(sound, { credentials }))).not.toEqual(wrong);
  });
}

/** An order of one item, as it was when it was new; it has run its course. */
export async function ended({ place, pass }: Opened, specification = 'internet-access', more: object = {}) {
  const { body } = await place([specification], more);
  await pass(2_500);
  return body;
}

/** An order of one item, cancelled by a task. */
export async function cancelled({ place, pass, ask }: Opened) {
  const { body } = await place();
  const task = await ask('POST', '/cancelServiceOrder', { serviceOrder: { id: body.id } });
  await pass(2_500);
  return { order: (await ask('GET', `/serviceOrder/${body.id}`)).body, task };
}

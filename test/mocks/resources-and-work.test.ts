/** The simulated parties that take resource orders and work orders: their answers, what a script may say, and who is alike. */
import { describe, expect, it } from 'vitest';
import { checkOf } from '../../contracts/profile/contract.ts';
import { speakAlike } from '../../mocks/dialects/dialects.ts';
import { personalities, promptScriptOf, readSomScript, usualScriptOf } from '../../mocks/som-script.ts';
import { bodyOf, simulated } from './simulated.ts';

const work = (externalId: string) => ({
  externalId,
  workOrderItem: [
    {
      id: 'a',
      action: 'add',
      work: { workType: 'Digging' },
      workOrderItem: [{ id: 'b', action: 'add', work: { workType: 'Splicing' } }],
    },
  ],
});

const resources = (externalId: string) => ({
  externalId,
  orderItem: ['a', 'b'].map((id) => ({
    id,
    action: 'add',
    resource: { id, href: `urn:${id}`, resourceSpecification: { id: 'port' } },
  })),
});

const parties = [
  ['rom', 'TMF652', 'ResourceOrder', '/tmf-api/resourceOrderingManagement/v4/resourceOrder', resources],
  ['wom', 'TMF697', 'WorkOrder', '/tmf-api/workOrderManagement/v4/workOrder', work],
] as const;

describe.each(parties)('a simulated %s', (personality, api, type, path, order) => {
  const script = (then: readonly object[], answer: unknown = 'accept') => ({
    [personality]: 'test',
    behaviours: [{ answer, then }],
  });

  it('answers by its contract, made-up attributes included', async () => {
    const { ask } = simulated(script([], { accept: 'acknowledged', generate: true }));
    for (let index = 0; index < 20; index += 1) {
      const body = bodyOf(await ask('POST', path, order(`r-${index}`)));
      expect(checkOf(api, 'own', type)(body)).toEqual([]);
      expect(body).toMatchObject({ state: 'acknowledged', expectedCompletionDate: expect.any(String) });
    }
  });

  it('refuses what breaks its contract, and what is not there', async () => {
    const { ask } = simulated(script([]));
    expect(await ask('POST', path, { externalId: 'r' })).toMatchObject({ response: { status: 400 } });
    expect(await ask('GET', `${path}/nobody`)).toMatchObject({ response: { status: 404 } });
    expect(await ask('PATCH', `${path}/nobody`, {})).toMatchObject({ response: { status: 404 } });
  });

  it.each([{ milestone: { name: 'dug' } }, { jeopardy: { name: 'rain' } }, { fallout: 'stuck' }])(
    'has no words for %j',
    (step) => {
      expect(readSomScript(script([{ after: 'PT1H', ...step }]))).toMatchObject({
        ok: false,
        findings: [{ rule: 'known-to-the-party' }],
      });
    },
  );

  it('is spoken like by itself alone', () => {
    expect(personalities.filter((other) => speakAlike(personality, other))).toEqual([personality]);
  });

  it('does what is usual when nobody says otherwise', () => {
    expect(readSomScript(usualScriptOf(personality))).toMatchObject({ ok: true, script: { personality } });
    expect(readSomScript(promptScriptOf(personality))).toMatchObject({ ok: true, script: { personality } });
  });
});

import { describe, expect, it } from 'vitest';
import { checkOf } from '../../contracts/profile/contract.ts';
import { bodyOf, order, orders, simulated } from './simulated.ts';

const generating = {
  behaviours: [{ answer: { accept: 'acknowledged', generate: true }, then: [{ after: 'PT1H', state: 'completed' }] }],
};

describe('an answer with generated attributes', () => {
  it('keeps what was asked for, and says more', async () => {
    const { place } = simulated(generating);
    const asked = { ...order('r-1'), description: 'as the customer calls it', category: 'home' };
    const body = bodyOf(await place(asked));
    expect(body).toMatchObject({
      externalId: 'r-1',
      description: 'as the customer calls it',
      category: 'home',
      state: 'acknowledged',
    });
    expect(body.serviceOrderItem.map(({ id, state }: { id: string; state: string }) => [id, state])).toEqual([
      ['a', 'acknowledged'],
      ['b', 'acknowledged'],
    ]);
    expect(Object.keys(body)).toEqual(
      expect.arrayContaining(['expectedCompletionDate', 'note', 'relatedParty', 'milestone']),
    );
  });

  it('is sound whatever the chance, and agrees with itself', async () => {
    const { place } = simulated(generating);
    for (let index = 0; index < 60; index += 1) {
      const body = bodyOf(await place(order(`r-${index}`)));
      expect(checkOf('TMF641', 'own', 'ServiceOrder')(body)).toEqual([]);
      expect(body.expectedCompletionDate > body.orderDate).toBe(true);
      expect(body).not.toHaveProperty('completionDate');
      expect(body).not.toHaveProperty('requestedStartDate');
      for (const { milestoneDate, serviceOrderItem = [] } of body.milestone) {
        if (milestoneDate !== undefined) expect(milestoneDate).toBe(body.orderDate);
        for (const { id } of serviceOrderItem) expect(['a', 'b']).toContain(id);
      }
    }
  });

  it('forecasts what is wanted, when that is ahead', async () => {
    const { place } = simulated(generating);
    const requestedCompletionDate = '2099-01-05T08:00:00.000Z';
    expect(bodyOf(await place({ ...order('r-1'), requestedCompletionDate })).expectedCompletionDate).toBe(
      requestedCompletionDate,
    );
  });

  it('stays with the order, for whoever asks and in every event', async () => {
    const { place, ask, subscribe, kernel, told } = simulated(generating);
    await subscribe();
    const { id, note, expectedCompletionDate } = bodyOf(await place(order('r-1')));
    expect(bodyOf(await ask('GET', `${orders}/${id}`))).toMatchObject({ note, expectedCompletionDate });
    await kernel.run();
    expect(told.at(-1)?.body?.json).toMatchObject({ event: { serviceOrder: { state: 'completed', note } } });
  });

  it('is the same from the same seed, and differs from order to order', async () => {
    const noted = async () => {
      const { place } = simulated(generating);
      return [bodyOf(await place(order('r-1'))).note, bodyOf(await place(order('r-2'))).note];
    };
    const [one, other] = await noted();
    expect(one).not.toEqual(other);
    expect(await noted()).toEqual([one, other]);
  });

  it('is what a FlowOne shows as well', async () => {
    const { place, ask } = simulated({ flowone: 'test', ...generating });
    const item = { id: '1', action: 'CONNECT', service: {} };
    const { id } = bodyOf(await place({ externalId: 'r-1', serviceOrderItem: [item] }));
    const shown = bodyOf(await ask('GET', `/flowone/v1/serviceorder/${id}`));
    expect(checkOf('FlowOne', 'own', 'ServiceOrder')(shown)).toEqual([]);
    expect(Object.keys(shown)).toEqual(expect.arrayContaining(['note', 'relatedParty', 'description']));
  });
});

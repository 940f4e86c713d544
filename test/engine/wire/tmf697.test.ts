/** TMF697 southbound: what a work order says, and what each state in an answer means. */
import { describe, expect, it } from 'vitest';
import { checkOf } from '../../../contracts/profile/contract.ts';
import { tmf697Overlay } from '../../../contracts/profile/tmf697-v4.0.ts';
import type { OutboundItem, OutboundJob, OutboundPayload } from '../../../engine/model/payload.ts';
import { tmf697v4 } from '../../../engine/wire/south/tmf697-v4.ts';

const job: OutboundJob = {
  type: 'Digging',
  description: 'To the house',
  for: { id: 'so-1', number: 'SO0000001', kind: 'service' },
};

const item: OutboundItem = {
  serviceOrder: 'wo-1',
  action: 'add',
  quantity: 1,
  specification: { id: 'line', name: 'Line', version: '2', type: 'CFS' },
  characteristics: [{ name: 'floor', value: '3' }],
  place: { id: 'site', role: 'installation', referredType: 'GeographicAddress' },
  children: [],
  after: [],
  job,
};

const payload: OutboundPayload = {
  kind: 'work',
  order: { id: 'order-1', category: 'Product' },
  requestId: 'r',
  revision: 1,
  description: 'A line for the Rossi family',
  priority: '2',
  parties: [],
  items: [item],
};

const { create, revise, read, words, noticeIn } = tmf697v4;

describe('a work order that goes out', () => {
  it('says what is to be done, where, and for what', () => {
    expect(create.render(payload, words)).toEqual({
      externalId: 'r',
      category: 'Digging',
      description: 'To the house',
      priority: '2',
      place: { id: 'site', '@referredType': 'GeographicAddress' },
      order: [{ id: 'order-1', '@referredType': 'ProductOrder' }],
      '@type': 'WorkOrder',
      workOrderItem: [
        {
          id: 'wo-1',
          action: 'add',
          description: 'To the house',
          relatedEntity: [{ id: 'so-1', name: 'SO0000001', role: 'fulfills', '@referredType': 'ServiceOrder' }],
          work: {
            name: 'Digging: Line',
            workType: 'Digging',
            description: 'To the house',
            workSpecification: { id: 'Digging', name: 'Digging', '@type': 'WorkSpecificationRef' },
            workCharacteristic: [{ name: 'floor', value: '3' }],
            specification: { id: 'line', name: 'Line', version: '2' },
            place: [{ id: 'site', role: 'installation', '@referredType': 'GeographicAddress' }],
            '@type': 'Work',
          },
          '@type': 'WorkOrderItem',
        },
      ],
    });
  });

  it.each([
    ['suspend', 'held'],
    ['resume', 'inProgress'],
    [undefined, undefined],
  ] as const)('whose turn is %s asks for the state %s', (turn, state) => {
    const told = turn === undefined ? job : { ...job, turn };
    const revision = { ...payload, revision: 2, items: [{ ...item, modification: 'change' as const, job: told }] };
    const order = revise?.render(revision, words);
    expect((order as { state?: string }).state).toBe(state);
    expect(order).toMatchObject({ revision: 2, workOrderItem: [{ modificationType: 'change' }] });
    expect(checkOf('TMF697', 'own', 'WorkOrder_Update')(order)).toEqual([]);
  });
});

describe('what is said of a work order', () => {
  const meanings = [
    ['acknowledged', 'pending'],
    ['inProgress', 'pending'],
    ['pending', 'pending'],
    ['held', 'pending'],
    ['assessingCancellation', 'pending'],
    ['pendingCancellation', 'pending'],
    ['completed', 'fulfilled'],
    ['failed', 'error'],
    ['rejected', 'error'],
    ['partial', 'error'],
    ['cancelled', 'error'],
  ] as const;

  it.each(meanings)('%s means %s, said of an item or of the order', (state, meaning) => {
    const said = { id: 'wom-1', workOrderItem: [{ id: 'a', action: 'add', state }] };
    expect(read(said, words, []).reports).toEqual([{ serviceOrder: 'a', state: meaning }]);
    const ofOrder = { ...said, state, workOrderItem: [{ id: 'a', action: 'add' }] };
    expect(read(ofOrder, words, []).reports).toMatchObject([{ state: meaning }]);
  });

  it('is known for every state that the lifecycle draws', () => {
    const { moves, terminal } = tmf697Overlay.transitions.WorkOrder ?? { moves: {}, terminal: [] };
    const drawn = [...new Set([...Object.keys(moves), ...terminal])];
    expect(meanings.map(([state]) => state).toSorted()).toEqual(drawn.toSorted());
  });

  it('has the reason for a failure in the note of the item, or of the order; and items in items', () => {
    const inner = { id: 'b', action: 'add', state: 'failed', note: { text: 'a pipe' } };
    const outer = { id: 'a', action: 'add', state: 'failed', workOrderItem: [inner] };
    const order = { id: 'wom-1', externalId: 'r', note: { text: 'ask the city' }, workOrderItem: [outer] };
    expect(read(order, words, [])).toEqual({
      externalOrderId: 'wom-1',
      requestId: 'r',
      reports: [
        { serviceOrder: 'a', state: 'error', message: 'ask the city' },
        { serviceOrder: 'b', state: 'error', message: 'a pipe' },
      ],
    });
  });

  it('is noticed where information is required, and nowhere else', () => {
    expect(noticeIn?.('WorkOrderInformationRequiredEvent', { fieldPath: 'appointment' })).toEqual({
      kind: 'informationRequired',
      text: 'appointment',
    });
    expect(noticeIn?.('WorkOrderStateChangeEvent', { fieldPath: 'appointment' })).toBeUndefined();
  });
});

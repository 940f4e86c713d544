import { describe } from 'vitest';
import { createTwins } from '../../../contracts/twins/faulty/create/create.ts';
import { type Opened, showFaults } from './faults-shown.ts';
import { itemOf, orderOf } from './opened.ts';

const nested = { serviceOrderItem: [itemOf('1', 'x', { serviceOrderItem: [itemOf('1.1', 'x')] })] };

async function statesOf({ ask }: Opened, order: object) {
  const { status, body } = await ask('POST', '/serviceOrder', order);
  return [status, body.state, ...(body.serviceOrderItem ?? []).map(({ state }: { state: string }) => state)];
}

describe('new orders', () => {
  showFaults(createTwins, {
    'no-change-refused': [
      async ({ ask }) =>
        (await ask('POST', '/serviceOrder', { serviceOrderItem: [itemOf('1', 'x', { action: 'noChange' })] })).status,
      400,
    ],
    'nested-items-crash': [async ({ ask }) => (await ask('POST', '/serviceOrder', nested)).status, 500],
    'deadlock-of-two-creates': [
      async ({ together }) => {
        const names = ['a', 'a', 'b'];
        const bodies = names.map((externalId) => ['POST', '/serviceOrder', { externalId, ...orderOf(['x']) }] as const);
        return (await together(bodies)).map(({ status }) => status);
      },
      [201, 201, 500],
    ],
    'characteristics-as-text': [
      async ({ ask }) => {
        const serviceCharacteristic = [{ name: 'speed', value: 5 }];
        const order = { serviceOrderItem: [{ ...itemOf('1', 'x'), service: { serviceCharacteristic } }] };
        const { body } = await ask('POST', '/serviceOrder', order);
        return body.serviceOrderItem[0].service.serviceCharacteristic[0].value;
      },
      '5',
    ],
    'grandchildren-lost': [
      async ({ ask }) => {
        const child = itemOf('1.1', 'x', { serviceOrderItem: [itemOf('1.1.1', 'x')] });
        const order = { serviceOrderItem: [itemOf('1', 'x', { serviceOrderItem: [child] })] };
        return (await ask('POST', '/serviceOrder', order)).body.serviceOrderItem[0].serviceOrderItem[0]
          .serviceOrderItem;
      },
      undefined,
    ],
    'text-in-wrong-encoding': [
      async ({ place }) => (await place(['x'], { description: 'Tür' })).body.description,
      'TÃ¼r',
    ],
    'notes-lost-at-start': [
      async ({ place, ask, pass }) => {
        const { body } = await place(['x'], { note: [{ text: 'Ring twice' }] });
        await pass(500);
        return [body.note.length, (await ask('GET', body.href)).body.note];
      },
      [1, undefined],
    ],
    'begun-before-the-answer': [
      (vendor) => statesOf(vendor, orderOf(['x', 'x'])),
      [201, 'inProgress', 'inProgress', 'acknowledged'],
    ],
    'created-rejected': [(vendor) => statesOf(vendor, orderOf(['will-be-rejected'])), [201, 'rejected', 'rejected']],
    'dependent-items-held': [
      (vendor) => {
        const serviceOrderItemRelationship = [{ relationshipType: 'dependency', orderItem: { id: '1', itemId: '1' } }];
        return statesOf(vendor, {
          serviceOrderItem: [itemOf('1', 'x'), itemOf('2', 'x', { serviceOrderItemRelationship })],
        });
      },
      [201, 'acknowledged', 'acknowledged', 'held'],
    ],
    'state-of-client': [
      (vendor) => statesOf(vendor, { ...orderOf(['x']), state: 'completed' }),
      [201, 'completed', 'acknowledged'],
    ],
    'nested-states-of-client': [
      async ({ ask, pass }) => {
        const child = itemOf('1.1', 'x', { state: 'completed' });
        const item = itemOf('1', 'x', { state: 'completed', serviceOrderItem: [child] });
        const { body } = await ask('POST', '/serviceOrder', { serviceOrderItem: [item] });
        await pass(2_000);
        const [{ state, serviceOrderItem } = { state: '', serviceOrderItem: [] }] = body.serviceOrderItem ?? [];
        return [state, serviceOrderItem[0]?.state];
      },
      ['acknowledged', 'completed'],
    ],
    'completion-date-of-client': [
      async ({ place, ask, pass }) => {
        const { body } = await place(['x'], { completionDate: '2030-01-01T00:00:00Z' });
        await pass(2_500);
        return [body.completionDate, (await ask('GET', `/serviceOrder/${body.id}`)).body.completionDate];
      },
      [undefined, '2030-01-01T00:00:00Z'],
    ],
  });
});

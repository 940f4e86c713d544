import { lifeEndTwins } from '../../../contracts/twins/faulty/life/ends.ts';
import { lifeMoveTwins } from '../../../contracts/twins/faulty/life/moves.ts';
import { itemOf, statesTold } from './opened.ts';
import { cancelled, course, look, order, ordered, probed, type Row } from './probing.ts';

const moves: Row[] = [
  [
    'held-before-start',
    async ({ place, pass, heard, subscribe }) => {
      await subscribe();
      await place();
      await place();
      await pass(5_000);
      return statesTold(heard).includes('held');
    },
    false,
    true,
  ],
  [
    'cancelled-from-assessing',
    async (vendor) => {
      await vendor.subscribe();
      await cancelled(vendor, await ordered(vendor));
      return statesTold(vendor.heard);
    },
    ['acknowledged', 'assessingCancellation', 'pendingCancellation', 'cancelled'],
    ['acknowledged', 'assessingCancellation', 'cancelled'],
  ],
  [
    'completed-while-held',
    async (vendor) => {
      await vendor.subscribe();
      await ordered(vendor, 5_000, ['held-for-a-while']);
      return statesTold(vendor.heard);
    },
    ['acknowledged', 'inProgress', 'held', 'inProgress', 'completed'],
    ['acknowledged', 'inProgress', 'held', 'completed'],
  ],
  [
    'item-reopened-for-test',
    async (vendor) => course(vendor, await ordered(vendor, 1_010, ['x', 'x']), 1_000),
    ['completed completed completed'],
    ['inProgress inProgress completed', 'completed completed completed'],
  ],
  [
    'done-items-cancelled',
    async (vendor) => {
      const id = await ordered(vendor, 800, ['x', 'x']);
      await cancelled(vendor, id);
      return look(vendor, id);
    },
    'cancelled completed cancelled',
    'cancelled cancelled cancelled',
  ],
  [
    'work-begun-anew-after-pause',
    async (vendor) => look(vendor, await ordered(vendor, 2_100, ['x', 'held-for-a-while'])),
    'inProgress completed inProgress',
    'inProgress acknowledged inProgress',
  ],
];

const ends: Row[] = [
  [
    'failed-items-overlooked',
    async (vendor) => look(vendor, await ordered(vendor, 5_000, ['x', 'will-fail'])),
    'partial completed failed',
    'completed completed failed',
  ],
  [
    'order-behind-its-items',
    async (vendor) => course(vendor, await ordered(vendor, 800), 4_000),
    ['completed completed'],
    ['inProgress completed', 'completed completed'],
  ],
  [
    'cancel-leaves-items',
    async (vendor) => {
      const id = await ordered(vendor, 500);
      await cancelled(vendor, id);
      return look(vendor, id);
    },
    'cancelled cancelled',
    'cancelled inProgress',
  ],
  [
    'first-child-decides',
    async (vendor) => {
      const item = itemOf('1', 'x', { serviceOrderItem: [itemOf('1.1', 'x'), itemOf('1.2', 'x')] });
      return course(vendor, await ordered(vendor, 800, [], { serviceOrderItem: [item] }), 3_000);
    },
    ['inProgress inProgress(completed inProgress)', 'completed completed(completed completed)'],
    ['completed completed(completed inProgress)'],
  ],
  [
    'reopened-by-a-late-message',
    async (vendor) => course(vendor, await ordered(vendor, 800), 4_000),
    ['completed completed'],
    ['completed completed', 'inProgress inProgress', 'completed completed'],
  ],
  [
    'late-report-after-cancel',
    async (vendor) => {
      const id = await ordered(vendor, 500);
      await cancelled(vendor, id);
      return look(vendor, id);
    },
    'cancelled cancelled',
    'cancelled completed',
  ],
  [
    'archived-with-a-new-date',
    async (vendor) => {
      const id = await ordered(vendor);
      await cancelled(vendor, id, 800);
      const { cancellationDate } = await order(vendor, id);
      await vendor.pass(2_000);
      return (await order(vendor, id)).cancellationDate === cancellationDate;
    },
    true,
    false,
  ],
  [
    'replica-behind-after-the-end',
    async (vendor) => {
      const id = await ordered(vendor, 800);
      const looks = [await look(vendor, id), await look(vendor, id), await look(vendor, id)];
      await vendor.pass(3_000);
      return [...looks, await look(vendor, id), await look(vendor, id)].map((text) => text.split(' ')[0]);
    },
    ['completed', 'completed', 'completed', 'completed', 'completed'],
    ['completed', 'inProgress', 'completed', 'completed', 'completed'],
  ],
  [
    'held-for-good',
    async (vendor) => look(vendor, await ordered(vendor, 80_000, ['held-for-a-while'])),
    'completed completed',
    'held held',
  ],
  [
    'second-at-once-not-begun',
    async (vendor) => {
      const body = { serviceOrderItem: [itemOf('1', 'x')] };
      const both = await vendor.together([
        ['POST', '/serviceOrder', { ...body, externalId: 'a' }],
        ['POST', '/serviceOrder', { ...body, externalId: 'b' }],
      ]);
      await vendor.pass(100);
      const third = await ordered(vendor, 80_000);
      return Promise.all([...both.map(({ body: { id } }) => id), third].map((id) => order(vendor, id))).then((orders) =>
        orders.map(({ state }) => state),
      );
    },
    ['completed', 'completed', 'completed'],
    ['completed', 'acknowledged', 'completed'],
  ],
  [
    'dependents-wait-for-good',
    async (vendor) => {
      const needs = { relationshipType: 'dependency', orderItem: { id: '2', itemId: '2' } };
      const items = [itemOf('1', 'x', { serviceOrderItemRelationship: [needs] }), itemOf('2', 'x')];
      return look(vendor, await ordered(vendor, 80_000, [], { serviceOrderItem: items }));
    },
    'completed completed completed',
    'inProgress acknowledged completed',
  ],
];

probed('moves', lifeMoveTwins, moves);
probed('ends', lifeEndTwins, ends);

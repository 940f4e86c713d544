import { patchTwins } from '../../../contracts/twins/faulty/patch/patches.ts';
import { patchWriteTwins } from '../../../contracts/twins/faulty/patch/writes.ts';
import { look, order, ordered, patch, probed, type Row, type Vendor } from './probing.ts';

const earlier = '2020-01-01T00:00:00.000Z';

/** What is left of three patches, of different attributes, that are sent at once. */
async function threeAtOnce(vendor: Vendor) {
  const path = `/serviceOrder/${await ordered(vendor)}`;
  const answers = await vendor.together([
    ['PATCH', path, { description: 'd' }],
    ['PATCH', path, { priority: '2' }],
    ['PATCH', path, { notificationContact: 'n' }],
  ]);
  const { description, priority, notificationContact } = (await vendor.ask('GET', path)).body;
  return [...answers.map(({ status }) => status), description, priority, notificationContact];
}

const patches: Row[] = [
  [
    'patch-replaces-the-order',
    async (vendor) => {
      const id = await ordered(vendor, 0, undefined, { externalId: 'a', note: [{ text: 't' }] });
      await patch(vendor, id, { description: 'd' });
      const { description, externalId, note } = await order(vendor, id);
      return { description, externalId, note };
    },
    { description: 'd', externalId: 'a', note: [{ text: 't' }] },
    { description: 'd' },
  ],
  [
    'work-undoes-patches',
    async (vendor) => {
      const id = await ordered(vendor, 0, undefined, { description: 'a' });
      await patch(vendor, id, { description: 'b' });
      await vendor.pass(500);
      const { body } = await patch(vendor, id, { description: 'c' });
      await vendor.pass(1_000);
      return [body.description, (await order(vendor, id)).description];
    },
    ['c', 'c'],
    ['c', 'b'],
  ],
  [
    'patch-seen-late',
    async (vendor) => {
      const id = await ordered(vendor, 0, undefined, { description: 'a' });
      const { body } = await patch(vendor, id, { description: 'b' });
      const soon = await order(vendor, id);
      await vendor.pass(2_000);
      return [body, soon, await order(vendor, id)].map(({ description }) => description);
    },
    ['b', 'b', 'b'],
    ['b', 'a', 'b'],
  ],
  [
    'patch-answered-with-the-old-order',
    async (vendor) => {
      const id = await ordered(vendor, 0, undefined, { description: 'a' });
      const { body } = await patch(vendor, id, { description: 'b' });
      return [body.description, (await order(vendor, id)).description];
    },
    ['b', 'b'],
    ['a', 'b'],
  ],
  [
    'dates-of-the-client',
    async (vendor) => {
      const id = await ordered(vendor);
      const { status } = await patch(vendor, id, { orderDate: earlier });
      return [status, (await order(vendor, id)).orderDate === earlier];
    },
    [400, false],
    [200, true],
  ],
  [
    'owned-patch-takes-effect-later',
    async (vendor) => {
      const id = await ordered(vendor);
      const { status } = await patch(vendor, id, { completionDate: earlier, description: 'd' });
      await vendor.pass(600);
      const before = (await order(vendor, id)).completionDate;
      await vendor.pass(600);
      return [status, before, (await order(vendor, id)).completionDate === earlier];
    },
    [400, undefined, false],
    [200, undefined, true],
  ],
  [
    'id-of-the-body',
    async (vendor) => {
      const id = await ordered(vendor);
      const { status } = await patch(vendor, id, { id: 'mine' });
      return [status, (await order(vendor, id)).id === id];
    },
    [400, true],
    [200, false],
  ],
  [
    'completed-by-patch',
    async (vendor) => {
      const id = await ordered(vendor);
      const { status } = await patch(vendor, id, { state: 'completed' });
      return [status, await look(vendor, id)];
    },
    [409, 'acknowledged acknowledged'],
    [200, 'completed completed'],
  ],
  [
    'reopened-by-patch',
    async (vendor) => {
      const id = await ordered(vendor);
      const early = await patch(vendor, id, { state: 'inProgress' });
      await vendor.pass(1_000);
      const late = await patch(vendor, id, { state: 'inProgress' });
      return [early.status, late.status, await look(vendor, id)];
    },
    [409, 409, 'completed completed'],
    [409, 200, 'inProgress inProgress'],
  ],
  [
    'illegal-state-ignored',
    async (vendor) => {
      const id = await ordered(vendor);
      const { status } = await patch(vendor, id, { state: 'completed' });
      const legal = await patch(vendor, id, { state: 'cancelled' });
      return [status, legal.status, await look(vendor, id)];
    },
    [409, 200, 'cancelled cancelled'],
    [200, 200, 'cancelled cancelled'],
  ],
  [
    'patch-of-state-ignored-after-the-end',
    async (vendor) => {
      const id = await ordered(vendor);
      await vendor.pass(5_000);
      const { status } = await patch(vendor, id, { state: 'inProgress' });
      return [status, await look(vendor, id)];
    },
    [409, 'completed completed'],
    [200, 'completed completed'],
  ],
];

const writes: Row[] = [
  [
    'refused-patch-half-written',
    async (vendor) => {
      const id = await ordered(vendor);
      const { status } = await patch(vendor, id, { description: 'd', state: 'completed' });
      return [status, (await order(vendor, id)).description];
    },
    [409, undefined],
    [409, 'd'],
  ],
  [
    'refused-after-it-was-written',
    async (vendor) => {
      const id = await ordered(vendor, 1_000);
      const { status } = await patch(vendor, id, { description: 'd' });
      return [status, (await order(vendor, id)).description];
    },
    [409, undefined],
    [409, 'd'],
  ],
  [
    'refused-patch-undoes-others',
    async (vendor) => {
      const id = await ordered(vendor, 0, undefined, { description: 'a' });
      const taken = await patch(vendor, id, { description: 'b' });
      const refused = await patch(vendor, id, { orderDate: earlier });
      return [taken.status, refused.status, (await order(vendor, id)).description];
    },
    [200, 400, 'b'],
    [200, 400, 'a'],
  ],
  ['last-writer-wins', threeAtOnce, [200, 200, 200, 'd', '2', 'n'], [200, 200, 200, undefined, undefined, 'n']],
  ['patches-coalesced', threeAtOnce, [200, 200, 200, 'd', '2', 'n'], [200, 200, 200, undefined, undefined, 'n']],
  ['third-writer-dropped', threeAtOnce, [200, 200, 200, 'd', '2', 'n'], [200, 200, 200, 'd', '2', undefined]],
];

probed('patches', patchTwins, patches);
probed('writes of patches', patchWriteTwins, writes);

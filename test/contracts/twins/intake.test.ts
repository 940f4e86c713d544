import { describe } from 'vitest';
import { intakeTwins } from '../../../contracts/twins/faulty/create/intake.ts';
import { type Opened, showFaults } from './faults-shown.ts';
import { itemOf, orderOf } from './opened.ts';

const order = { externalId: 'a', ...orderOf(['x']) };

async function statusOf({ ask }: Opened, body: unknown) {
  return (await ask('POST', '/serviceOrder', body)).status;
}

async function count({ ask }: Opened) {
  return (await ask('GET', '/serviceOrder')).body.length;
}

/** How many orders eight creates at once make, and how many there are three seconds later. */
async function eightAtOnce(vendor: Opened) {
  await vendor.together(Array.from({ length: 8 }, () => ['POST', '/serviceOrder', order] as const));
  const atOnce = await count(vendor);
  await vendor.ask('POST', '/serviceOrder', order);
  await vendor.pass(3_000);
  return [atOnce, await count(vendor)];
}

describe('what comes in', () => {
  showFaults(intakeTwins, {
    'unknown-action-is-add': [
      async ({ ask }) => {
        const { body } = await ask('POST', '/serviceOrder', {
          serviceOrderItem: [itemOf('1', 'x', { action: 'make' })],
        });
        return body.serviceOrderItem?.[0].action;
      },
      'add',
    ],
    'nested-items-unchecked': [
      (vendor) => statusOf(vendor, { serviceOrderItem: [itemOf('1', 'x', { serviceOrderItem: [{ id: '1.1' }] })] }),
      201,
    ],
    'refused-order-stays': [
      async (vendor) => [await statusOf(vendor, { serviceOrderItem: [{ id: 1, service: 'x' }] }), await count(vendor)],
      [400, 1],
    ],
    'wrong-type-crashes': [(vendor) => statusOf(vendor, { ...order, priority: 1 }), 500],
    'broken-json-crashes': [(vendor) => statusOf(vendor, '{"serviceOrderItem":'), 500],
    'broken-json-queued': [(vendor) => statusOf(vendor, '{"serviceOrderItem":'), 202],
    'deep-nesting-hangs': [(vendor) => statusOf(vendor, `${'['.repeat(1_000)}${']'.repeat(1_000)}`), 0],
    'unknown-attribute-refused': [(vendor) => statusOf(vendor, { ...order, colour: 'red' }), 400],
    'unknown-type-refused': [
      (vendor) => statusOf(vendor, { ...order, '@type': 'SpecialOrder', '@baseType': 'ServiceOrder' }),
      400,
    ],
    'schema-location-fetched': [
      (vendor) => statusOf(vendor, { ...order, '@schemaLocation': 'http://schemas.test/special.json' }),
      400,
    ],
    'key-forgotten-once-begun': [
      async (vendor) => {
        const counts = [];
        for (const wait of [0, 0, 500]) {
          await vendor.pass(wait);
          await statusOf(vendor, order);
          counts.push(await count(vendor));
        }
        return counts;
      },
      [1, 1, 2],
    ],
    'latest-key-only': [
      async (vendor) => {
        const counts = [];
        for (const externalId of ['a', 'a', 'b', 'a']) {
          await statusOf(vendor, { ...order, externalId });
          counts.push(await count(vendor));
        }
        return counts;
      },
      [1, 1, 2, 3],
    ],
    'second-order-unsaid': [
      async (vendor) => {
        const first = await vendor.ask('POST', '/serviceOrder', order);
        await vendor.pass(100);
        const second = await vendor.ask('POST', '/serviceOrder', order);
        await vendor.pass(3_000);
        const { body } = await vendor.ask('GET', '/serviceOrder?state=completed');
        return [first.body.id === second.body.id, body.length];
      },
      [true, 2],
    ],
    'looked-up-before-stored': [eightAtOnce, [8, 8]],
    'two-nodes-two-orders': [eightAtOnce, [2, 2]],
    'replayed-two-seconds-later': [eightAtOnce, [1, 2]],
  });
});

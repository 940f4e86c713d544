import { describe } from 'vitest';
import { filterTwins } from '../../../contracts/twins/faulty/queries/filters.ts';
import { ended, type Opened, showFaults } from './faults-shown.ts';
import { orderOf } from './opened.ts';

/** What is found of four orders. */
async function found({ ask, together }: Opened, query: string) {
  const orders = ['a', 'b', 'ab', 'c'].map((externalId, index) => ({
    ...orderOf([index < 2 ? 'x' : 'y', 'z']),
    externalId,
    priority: String(index % 2),
  }));
  await together(orders.map((order) => ['POST', '/serviceOrder', order] as const));
  const { body } = await ask('GET', `/serviceOrder?${query}`);
  return body.map(({ externalId }: { externalId: string }) => externalId).join();
}

async function shown({ ask }: Opened, path: string, fields: string) {
  const { body } = await ask('GET', `${path}?fields=${fields}`);
  return Object.keys(Array.isArray(body) ? body[0] : body)
    .sort()
    .join();
}

const specification = 'serviceOrderItem.service.serviceSpecification.id';

describe('filters and fields', () => {
  showFaults(filterTwins, {
    'any-criterion-will-do': [(vendor) => found(vendor, 'externalId=a&priority=1'), 'a,b,c'],
    'nested-criteria-ignored': [(vendor) => found(vendor, `${specification}=x&priority=1`), 'b,c'],
    'beginning-is-enough': [(vendor) => found(vendor, 'externalId=a'), 'a,ab'],
    'comma-taken-literally': [(vendor) => found(vendor, 'externalId=a,b'), ''],
    'first-element-only': [(vendor) => found(vendor, `${specification}=z`), ''],
    'state-index-behind': [
      async (vendor) => {
        const { place, pass, ask } = vendor;
        await place();
        await pass(750);
        const states = [];
        for (const wait of [0, 2_500]) {
          await pass(wait);
          states.push((await ask('GET', '/serviceOrder?state=completed')).body.length);
        }
        return states;
      },
      [0, 1],
    ],
    'fields-in-lists-only': [
      async (vendor) => {
        const { body } = await vendor.place();
        const whole = Object.keys(body).sort().join();
        return (await shown(vendor, `/serviceOrder/${body.id}`, 'state')) === whole;
      },
      true,
    ],
    'fields-with-more': [
      async (vendor) => {
        await vendor.place();
        return shown(vendor, '/serviceOrder', 'orderDate');
      },
      '@type,href,id,orderDate,state',
    ],
    'none-is-a-name': [
      async (vendor) => {
        await vendor.place();
        return shown(vendor, '/serviceOrder', 'none');
      },
      'id',
    ],
    'ended-orders-whole': [
      async (vendor) => {
        const { id } = await ended(vendor);
        return (await shown(vendor, `/serviceOrder/${id}`, 'state')).includes('completionDate');
      },
      true,
    ],
  });
});

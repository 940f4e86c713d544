import { describe } from 'vitest';
import { listTwins } from '../../../contracts/twins/faulty/queries/lists.ts';
import { ended, type Opened, showFaults } from './faults-shown.ts';

/** Orders named 0, 1, 2 ..., of two priorities by turns. */
async function many({ place, pass }: Opened, count: number) {
  for (let index = 0; index < count; index += 1) {
    await place(['x'], { externalId: String(index), priority: String(index % 2) });
    await pass(10);
  }
}

async function named({ ask }: Opened, query: string) {
  const { body } = await ask('GET', `/serviceOrder?${query}`);
  return body.map(({ externalId }: { externalId: string }) => externalId).join('');
}

async function sixBy(vendor: Opened, ...queries: readonly string[]) {
  await many(vendor, 6);
  const shown = [];
  for (const query of queries) shown.push(await named(vendor, query));
  return shown;
}

async function totals(vendor: Opened, query: string) {
  await many(vendor, 6);
  const { headers } = await vendor.ask('GET', `/serviceOrder?${query}`);
  return [headers['x-total-count'], headers['x-result-count']];
}

describe('lists', () => {
  showFaults(listTwins, {
    'latest-ten-only': [
      async (vendor) => {
        await many(vendor, 12);
        return named(vendor, '');
      },
      '234567891011',
    ],
    'list-from-cache': [
      async (vendor) => {
        const counts = [];
        for (const wait of [0, 100, 3_000]) {
          await many(vendor, 1);
          await vendor.place();
          await vendor.pass(wait);
          counts.push((await vendor.ask('GET', '/serviceOrder')).body.length);
        }
        return counts;
      },
      [2, 2, 4],
    ],
    'failed-orders-unlisted': [
      async (vendor) => {
        await ended(vendor, 'will-fail');
        await ended(vendor);
        return (await vendor.ask('GET', '/serviceOrder')).body.length;
      },
      1,
    ],
    'items-listed-as-ordered': [
      async (vendor) => {
        await ended(vendor);
        const [{ state, serviceOrderItem }] = (await vendor.ask('GET', '/serviceOrder')).body;
        return [state, serviceOrderItem[0].state];
      },
      ['completed', 'acknowledged'],
    ],
    'one-more-than-limit': [(vendor) => sixBy(vendor, 'limit=3'), ['0123']],
    'offset-counts-pages': [(vendor) => sixBy(vendor, 'offset=0&limit=2', 'offset=2&limit=2'), ['01', '45']],
    'pages-in-changing-order': [(vendor) => sixBy(vendor, 'offset=0&limit=3', 'offset=3&limit=3'), ['012', '210']],
    'filtered-pages-all-first': [
      (vendor) => sixBy(vendor, 'priority=1&offset=2&limit=2', 'offset=2&limit=2'),
      ['13', '23'],
    ],
    'total-of-everything': [(vendor) => totals(vendor, 'priority=1'), ['6', '3']],
    'total-of-page': [(vendor) => totals(vendor, 'limit=2'), ['2', '2']],
    'no-total-without-limit': [(vendor) => totals(vendor, ''), [undefined, '6']],
    'total-of-some-seconds-ago': [
      async (vendor) => {
        await vendor.ask('GET', '/serviceOrder');
        return totals(vendor, '');
      },
      ['0', '6'],
    ],
    'sorted-by-first-key': [(vendor) => sixBy(vendor, 'sort=priority,-externalId'), ['024135']],
    'descending-ignored': [(vendor) => sixBy(vendor, 'sort=-externalId'), ['012345']],
    'sorted-within-page': [(vendor) => sixBy(vendor, 'sort=-externalId&limit=3'), ['210']],
  });
});

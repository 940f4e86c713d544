import { describe } from 'vitest';
import { factTwins } from '../../../contracts/twins/faulty/facts.ts';
import { cancelled, ended, type Opened, showFaults } from './faults-shown.ts';
import { orderOf } from './opened.ts';

async function endedAs(vendor: Opened, specification?: string, more?: object) {
  const { id } = await ended(vendor, specification, more);
  return (await vendor.ask('GET', `/serviceOrder/${id}`)).body;
}

describe('what orders say', () => {
  showFaults(factTwins, {
    'completion-without-zone': [async (vendor) => (await endedAs(vendor)).completionDate.slice(-1), '0'],
    'event-time-in-words': [
      async ({ subscribe, place, pass, heard }) => {
        await subscribe();
        await place();
        await pass(100);
        return heard[0]?.body.eventTime.slice(0, 4);
      },
      'Mon,',
    ],
    'completion-in-local-time': [
      async (vendor) => Date.parse((await endedAs(vendor)).completionDate) > vendor.kernel.now(),
      true,
    ],
    'order-date-of-last-change': [
      async (vendor) => {
        const { orderDate, completionDate } = await endedAs(vendor);
        return orderDate === completionDate;
      },
      true,
    ],
    'start-date-as-wished': [
      async (vendor) => {
        const wished = { requestedStartDate: '2026-03-01T00:00:00Z' };
        return (await endedAs(vendor, 'x', wished)).startDate;
      },
      '2026-03-01T00:00:00Z',
    ],
    'start-date-of-resumption': [
      async (vendor) => {
        const { orderDate, startDate } = await endedAs(vendor, 'held-for-a-while');
        return Date.parse(startDate) - Date.parse(orderDate) > 1_000;
      },
      true,
    ],
    'cancelled-by-task-without-date': [
      async (vendor) => {
        const { order } = await cancelled(vendor);
        return [order.state, order.cancellationDate];
      },
      ['cancelled', undefined],
    ],
    'failed-without-reason': [
      async (vendor) => {
        const { state, errorMessage, serviceOrderItem } = await endedAs(vendor, 'will-fail');
        return [state, errorMessage, serviceOrderItem[0].errorMessage];
      },
      ['failed', undefined, undefined],
    ],
    'second-start-undated': [
      async ({ together, pass, ask }) => {
        await together(['a', 'b'].map((externalId) => ['POST', '/serviceOrder', { externalId, ...orderOf(['x']) }]));
        await pass(500);
        const { body } = await ask('GET', '/serviceOrder');
        return body.map(({ state, startDate }: { state: string; startDate?: string }) => [
          state,
          startDate !== undefined,
        ]);
      },
      [
        ['inProgress', true],
        ['inProgress', false],
      ],
    ],
    'href-of-backend': [async ({ place, ask }) => (await ask('GET', (await place()).body.href)).status, 0],
    'href-of-task-below-orders': [
      async (vendor) => {
        const { task } = await cancelled(vendor);
        return (await vendor.ask('GET', task.body.href)).status;
      },
      404,
    ],
    'href-of-archive': [
      async (vendor) => {
        const { href } = await endedAs(vendor);
        return (await vendor.ask('GET', href)).status;
      },
      404,
    ],
    'no-location-of-orders': [async ({ place }) => (await place()).headers.location, undefined],
    'location-of-collection': [
      async ({ place, ask }) => Array.isArray((await ask('GET', (await place()).headers.location ?? '')).body),
      true,
    ],
    'location-of-the-other': [
      async ({ together }) => {
        const names = ['a', 'b'];
        const both = await together(
          names.map((externalId) => ['POST', '/serviceOrder', { externalId, ...orderOf(['x']) }]),
        );
        return both.map(({ headers, body }) => headers.location === body.href);
      },
      [true, false],
    ],
  });
});

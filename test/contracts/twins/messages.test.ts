import { describe } from 'vitest';
import { messageTwins } from '../../../contracts/twins/faulty/messages.ts';
import { ended, type Opened, showFaults } from './faults-shown.ts';
import { itemOf } from './opened.ts';

const type = 'content-type';

async function looksTwice({ place, ask }: Opened) {
  const { body } = await place();
  await ask('GET', `/serviceOrder/${body.id}`);
  return ask('GET', `/serviceOrder/${body.id}`);
}

async function patchOfEnded(vendor: Opened) {
  const { id } = await ended(vendor);
  return vendor.ask('PATCH', `/serviceOrder/${id}`, { description: 'late' });
}

describe('single messages', () => {
  showFaults(messageTwins, {
    'created-as-200': [async ({ place }) => (await place()).status, 200],
    'empty-list-as-204': [async ({ ask }) => (await ask('GET', '/serviceOrder?state=held')).status, 204],
    'not-modified-unasked': [async (vendor) => (await looksTwice(vendor)).status, 304],
    'ended-is-locked': [async (vendor) => (await patchOfEnded(vendor)).status, 423],
    'single-match-unwrapped': [
      async ({ place, ask }) => {
        await place();
        return Array.isArray((await ask('GET', '/serviceOrder')).body);
      },
      false,
    ],
    'dates-null-until-set': [async ({ place }) => (await place()).body.startDate, null],
    'one-error-of-failed-order': [
      async (vendor) => {
        const { id } = await ended(vendor, 'will-fail');
        return (await vendor.ask('GET', `/serviceOrder/${id}`)).body.errorMessage.code;
      },
      1,
    ],
    'item-states-of-the-engine': [
      async ({ place, pass, ask }) => {
        const { body } = await place();
        await pass(500);
        return (await ask('GET', `/serviceOrder/${body.id}`)).body.serviceOrderItem[0].state;
      },
      'IN_PROGRESS',
    ],
    'errors-as-problem-json': [
      async ({ ask }) => (await ask('GET', '/serviceOrder/none')).headers[type],
      'application/problem+json',
    ],
    'cached-answers-as-text': [async (vendor) => (await looksTwice(vendor)).headers[type], 'text/plain'],
    'archived-orders-as-bytes': [
      async (vendor) => {
        const { id } = await ended(vendor);
        return (await vendor.ask('GET', `/serviceOrder/${id}`)).headers[type];
      },
      'application/octet-stream',
    ],
    'lists-without-items': [
      async ({ place, ask }) => {
        await place();
        return (await ask('GET', '/serviceOrder')).body[0].serviceOrderItem;
      },
      undefined,
    ],
    'nested-items-without-state': [
      async ({ ask }) => {
        const order = { serviceOrderItem: [itemOf('1', 'x', { serviceOrderItem: [itemOf('1.1', 'x')] })] };
        const { body } = await ask('POST', '/serviceOrder', order);
        return body.serviceOrderItem[0].serviceOrderItem[0].state;
      },
      undefined,
    ],
    'ended-orders-without-href': [
      async (vendor) => {
        const { id } = await ended(vendor);
        return (await vendor.ask('GET', `/serviceOrder/${id}`)).body.href;
      },
      undefined,
    ],
    'errors-of-the-framework': [async ({ ask }) => (await ask('PUT', '/hub', {})).body.code, undefined],
    'ended-conflict-without-body': [async (vendor) => (await patchOfEnded(vendor)).body, undefined],
    'errors-with-status-of-backend': [async (vendor) => (await patchOfEnded(vendor)).body.status, '500'],
    'invalid-body-as-list-of-errors': [
      async ({ ask }) => Array.isArray((await ask('POST', '/serviceOrder', {})).body),
      true,
    ],
  });
});

import { describe } from 'vitest';
import { operationTwins } from '../../../contracts/twins/faulty/queries/operations.ts';
import { ended, type Opened, showFaults } from './faults-shown.ts';
import { orderOf } from './opened.ts';

const order = { externalId: 'a', ...orderOf(['x']) };

const status =
  (method: string, path: string, body?: unknown) =>
  async ({ ask }: Opened) =>
    (await ask(method, path, body)).status;

/** An order sent as plain text: what is answered, and how many orders there are then. */
async function asText({ ask }: Opened) {
  const { status: answered } = await ask('POST', '/serviceOrder', order, { 'content-type': 'text/plain' });
  return [answered, (await ask('GET', '/serviceOrder')).body.length];
}

/** What an ended and deleted order still is, by its id and in the list, at once and some seconds later. */
async function afterDelete(vendor: Opened) {
  const { id } = await ended(vendor);
  await vendor.ask('DELETE', `/serviceOrder/${id}`);
  const seen = [];
  for (const wait of [100, 4_000]) {
    await vendor.pass(wait);
    seen.push((await vendor.ask('GET', `/serviceOrder/${id}`)).status);
    seen.push((await vendor.ask('GET', '/serviceOrder')).body.length);
  }
  return seen;
}

/** The types of events that come after that of a delete. */
async function toldAfterDelete({ subscribe, place, pass, ask, heard }: Opened, waitMs: number) {
  await subscribe();
  const { body } = await place();
  await pass(waitMs);
  const deleted = await ask('DELETE', body.href);
  await pass(3_000);
  const types = heard.map(({ body: { eventType } }) => eventType);
  const later = types.slice(types.indexOf('ServiceOrderDeleteEvent') + 1);
  return [deleted.status, (await ask('GET', body.href)).status, ...later];
}

describe('operations', () => {
  showFaults(operationTwins, {
    'unknown-order-is-empty': [status('GET', '/serviceOrder/none'), 200],
    'unknown-order-patched': [status('PATCH', '/serviceOrder/none', { description: 'd' }), 200],
    'unknown-subscription-deleted': [status('DELETE', '/hub/none'), 204],
    'unknown-task-crashes': [status('GET', '/cancelServiceOrder/none'), 500],
    'foreign-id-is-invalid': [status('GET', '/serviceOrder/none'), 400],
    'put-is-patch': [
      async ({ place, ask }) => {
        const { body } = await place();
        const answer = await ask('PUT', `/serviceOrder/${body.id}`, { description: 'put' });
        return [answer.status, answer.body.description];
      },
      [200, 'put'],
    ],
    'allow-not-said': [
      async ({ ask }) => {
        const answer = await ask('GET', '/hub');
        return [answer.status, answer.headers.allow];
      },
      [405, undefined],
    ],
    'other-methods-not-found': [status('GET', '/hub'), 404],
    'collection-deleted': [status('DELETE', '/serviceOrder'), 204],
    'media-type-not-looked-at': [asText, [201, 1]],
    'other-media-crash': [asText, [500, 0]],
    'refused-medium-taken': [asText, [415, 1]],
    'deleted-still-listed': [afterDelete, [404, 1, 404, 1]],
    'deleted-still-in-cache': [afterDelete, [200, 0, 404, 0]],
    'deleted-lives-on': [
      (vendor) => toldAfterDelete(vendor, 100),
      [204, 404, 'ServiceOrderStateChangeEvent', 'ServiceOrderStateChangeEvent'],
    ],
    'deleted-announced-again': [
      (vendor) => toldAfterDelete(vendor, 3_000),
      [204, 404, 'ServiceOrderAttributeValueChangeEvent'],
    ],
  });
});

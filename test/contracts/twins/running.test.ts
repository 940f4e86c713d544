import { describe } from 'vitest';
import { runningTwins } from '../../../contracts/twins/faulty/running/running.ts';
import { type Opened, showFaults } from './faults-shown.ts';
import { orderOf } from './opened.ts';

const order = orderOf(['internet-access']);
const entitled = { authorization: 'Bearer t' };

async function freshToken({ ask }: Opened) {
  const form = 'grant_type=client_credentials&client_id=c&client_secret=s';
  const { body } = await ask('POST', 'http://vendor.test/oauth/token', form, {
    'content-type': 'application/x-www-form-urlencoded',
  });
  return { authorization: `Bearer ${body.access_token}` };
}

/** An order made with one token and, six seconds later, asked for with it and with a fresh one. */
async function sixSecondsLater(vendor: Opened) {
  const first = await freshToken(vendor);
  const { body } = await vendor.ask('POST', '/serviceOrder', order, first);
  await vendor.pass(6_000);
  const path = `/serviceOrder/${body.id}`;
  const { status } = await vendor.ask('GET', path, undefined, first);
  return [status, (await vendor.ask('GET', path, undefined, await freshToken(vendor))).status];
}

async function monitored({ place, ask, pass }: Opened) {
  const { status, headers } = await place();
  const seen: unknown[] = [status];
  for (const wait of [0, 500]) {
    await pass(wait);
    seen.push(headers.location === undefined ? 'nowhere' : (await ask('GET', headers.location)).status);
  }
  return seen;
}

/** The state of an order that was begun: before a restart, after it, and some time later; and how many events came since. */
async function restarted({ subscribe, place, pass, ask, heard, restart }: Opened) {
  await subscribe();
  const { body } = await place();
  await pass(500);
  const state = async () => (await ask('GET', `/serviceOrder/${body.id}`)).body.state;
  const states = [await state()];
  heard.length = 0;
  restart();
  states.push(await state());
  await pass(5_000);
  return [...states, await state(), heard.length];
}

describe('running', () => {
  showFaults(runningTwins, {
    'hub-needs-no-credentials': [
      async ({ subscribe, ask }) => [(await subscribe()).status, (await ask('GET', '/serviceOrder')).status],
      [201, 401],
    ],
    'any-token-will-do': [
      async ({ ask }) => {
        const wrong = { authorization: 'Bearer wrong' };
        return [
          (await ask('GET', '/serviceOrder', undefined, wrong)).status,
          (await ask('GET', '/serviceOrder')).status,
        ];
      },
      [200, 401],
    ],
    'refused-but-done': [
      async ({ place, ask }) => {
        const { status } = await place();
        return [status, (await ask('GET', '/serviceOrder', undefined, entitled)).body.length];
      },
      [401, 1],
    ],
    'ended-orders-for-everybody': [
      async ({ ask, pass }) => {
        const { body } = await ask('POST', '/serviceOrder', order, entitled);
        const before = (await ask('GET', `/serviceOrder/${body.id}`)).status;
        await pass(2_000);
        return [before, (await ask('GET', `/serviceOrder/${body.id}`)).status];
      },
      [401, 200],
    ],
    'tokens-never-expire': [sixSecondsLater, [200, 200]],
    'order-bound-to-token': [sixSecondsLater, [401, 403]],
    'same-token-for-a-minute': [sixSecondsLater, [401, 401]],
    'accepted-without-location': [monitored, [202, 'nowhere', 'nowhere']],
    'monitor-nowhere': [monitored, [202, 404, 404]],
    'monitor-gone-once-begun': [monitored, [202, 200, 404]],
    'orders-only-in-memory': [restarted, ['inProgress', undefined, undefined, 0]],
    'subscriptions-only-in-memory': [restarted, ['inProgress', 'inProgress', 'completed', 0]],
    'orders-stand-still': [restarted, ['inProgress', 'inProgress', 'inProgress', 0]],
    'begun-orders-begin-again': [restarted, ['inProgress', 'acknowledged', 'completed', 2]],
    'declared-patch-not-there': [
      async ({ place, ask }) => (await ask('PATCH', (await place()).body.href, { description: 'd' })).status,
      405,
    ],
    'declared-sort-not-there': [async ({ ask }) => (await ask('GET', '/serviceOrder?sort=id')).status, 501],
    'begun-orders-not-cancellable': [
      async ({ place, ask, pass }) => {
        const statuses = [];
        for (const wait of [0, 500]) {
          const { body } = await place();
          await pass(wait);
          statuses.push((await ask('POST', '/cancelServiceOrder', { serviceOrder: { id: body.id } })).status);
        }
        return statuses;
      },
      [201, 501],
    ],
    'declared-specification-not-there': [async ({ place }) => (await place(['held-for-a-while'])).status, 404],
  });
});

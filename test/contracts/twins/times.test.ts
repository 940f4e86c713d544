import { describe } from 'vitest';
import { timeTwins } from '../../../contracts/twins/faulty/running/times.ts';
import { ended, type Opened, showFaults } from './faults-shown.ts';
import { orderOf } from './opened.ts';

const order = orderOf(['internet-access']);

/** Fifty creates, twenty in a second. */
async function load({ together, pass, kernel }: Opened) {
  const startedAt = kernel.now();
  const answers = [];
  for (let index = 0; index < 50; index += 2) {
    const pair = [index, index + 1].map(
      (number) => ['POST', '/serviceOrder', { externalId: `${number}`, ...order }] as const,
    );
    answers.push(...(await together(pair)));
    const late = startedAt + (index / 2 + 1) * 100 - kernel.now();
    if (late > 0) await pass(late);
  }
  return answers;
}

/** What is answered in the sixteenth second. */
async function inMaintenance({ ask, pass }: Opened) {
  await pass(15_500);
  const { status, headers } = await ask('GET', '/serviceOrder');
  return [status, headers['retry-after']];
}

describe('times of answers', () => {
  showFaults(timeTwins, {
    'second-patch-unanswered': [
      async ({ place, together, ask }) => {
        const { body } = await place();
        const path = `/serviceOrder/${body.id}`;
        const patches = [{ description: 'd' }, { priority: '1' }];
        const answers = await together(patches.map((patch) => ['PATCH', path, patch] as const));
        const { description, priority } = (await ask('GET', path)).body;
        return [...answers.map(({ status }) => status), description, priority];
      },
      [200, 0, 'd', '1'],
    ],
    'delete-breaks-connection': [
      async (vendor) => {
        const { href } = await ended(vendor);
        return [(await vendor.ask('DELETE', href)).status, (await vendor.ask('GET', href)).status];
      },
      [0, 404],
    ],
    'archive-takes-a-minute': [
      async (vendor) => {
        const { href } = await ended(vendor);
        return (await vendor.ask('GET', href)).status;
      },
      0,
    ],
    'slow-lists': [async ({ ask }) => (await ask('GET', '/serviceOrder')).afterMs, 1_400],
    'slow-after-idleness': [
      async ({ ask, pass }) => {
        const times = [];
        for (const idle of [0, 1_000, 6_000]) {
          await pass(idle);
          times.push((await ask('GET', '/serviceOrder')).afterMs);
        }
        return times;
      },
      [2_000, 5, 2_000],
    ],
    'slow-once-ended': [
      async (vendor) => {
        const { href } = await ended(vendor);
        return (await vendor.ask('GET', href)).afterMs;
      },
      1_200,
    ],
    'slow-under-load': [async (vendor) => (await load(vendor)).some(({ afterMs }) => afterMs > 1_000), true],
    'events-behind-under-load': [
      async (vendor) => {
        await vendor.subscribe();
        await load(vendor);
        await vendor.pass(30_000);
        return vendor.heard.some(({ at, body }) => at - Date.parse(body.eventTime) > 2_000);
      },
      true,
    ],
    'throttled-below-declared-load': [
      async (vendor) => (await load(vendor)).some(({ status }) => status === 429),
      true,
    ],
    'maintenance-without-retry-after': [inMaintenance, [503, undefined]],
    'maintenance-in-iso-duration': [inMaintenance, [503, 'PT1S']],
    'banned-longer-than-said': [
      async ({ together, ask, pass }) => {
        const answers = await together(Array.from({ length: 25 }, () => ['GET', '/serviceOrder'] as const));
        const { status = 0, headers } = answers.at(-1) ?? {};
        await pass(Number(headers?.['retry-after']) * 1_000 || 0);
        return [status, headers?.['retry-after'], (await ask('GET', '/serviceOrder')).status];
      },
      [429, '1', 429],
    ],
  });
});

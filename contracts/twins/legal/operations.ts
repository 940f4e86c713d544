/** Unusual but legal vendors that do not offer everything, or not to everybody. */
import { type ErrorAnswer, errorAnswer } from '../../schemas/tmf-error.ts';
import type { Twin } from '../twin.ts';
import { without, withoutLoad } from '../vendor/claiming.ts';
import { conformantHabits } from '../vendor/defaults/conformant.ts';
import { conformantClaims, twinOf } from '../vendor/twin-of.ts';

const optional = 'TMF641 v4.1 conformance: the operation is optional';

const noCancel = twinOf({
  name: 'no-cancel',
  kind: 'legal',
  deviation: 'Has no cancel tasks at all: 404.',
  clause: optional,
  claims: without('cancel'),
  habits: { offers: (operation) => !operation.includes('CancelServiceOrder') },
});

const noNewCancel = twinOf({
  name: 'no-new-cancel-tasks',
  kind: 'legal',
  deviation: 'Lists cancel tasks, of which there are none, and answers 405 to a new one.',
  clause: optional,
  claims: without('cancel'),
  habits: { offers: (operation) => operation !== 'createCancelServiceOrder' },
});

const noHub = twinOf({
  name: 'no-hub',
  kind: 'legal',
  deviation: 'Sends no events, and answers 501 at the hub.',
  clause: optional,
  claims: without('hub'),
  habits: {
    instead: ({ operation }, vendor) =>
      operation === 'registerListener' || operation === 'unregisterListener'
        ? vendor.habits.problem(notImplemented('There are no events here'), {}, vendor)
        : undefined,
  },
});

const noPatch = twinOf({
  name: 'no-patch',
  kind: 'legal',
  deviation: 'Does not take patches: 405.',
  clause: optional,
  claims: withoutPatch(),
  habits: { offers: (operation) => operation !== 'patchServiceOrder' },
});

const noDelete = twinOf({
  name: 'no-delete',
  kind: 'legal',
  deviation: 'Keeps orders for good: 405 for a delete.',
  clause: optional,
  claims: without('delete'),
  habits: { offers: (operation) => operation !== 'deleteServiceOrder' },
});

const singleListener = twinOf({
  name: 'single-listener',
  kind: 'legal',
  deviation: 'Allows one subscription at a time: 409 for a second one.',
  clause: 'TM Forum operation template, hub',
  habits: {
    refusalOfSubscription: (body, vendor) =>
      vendor.subscriptions.size > 0
        ? errorAnswer(409, '62', 'Conflict', 'There is a listener already; unregister it first')
        : conformantHabits.refusalOfSubscription(body, vendor),
  },
});

const basicCredentials = twinOf({
  name: 'basic-credentials',
  kind: 'legal',
  deviation: 'Wants a user name and a password.',
  clause: 'RFC 7617',
  claims: { ...conformantClaims, auth: { scheme: 'basic' } },
  habits: {
    problem: (error, headers, vendor) =>
      conformantHabits.problem(
        error,
        error.status === 401 ? { ...headers, 'www-authenticate': 'Basic realm="som"' } : headers,
        vendor,
      ),
  },
});

const bearerCredentials = twinOf({
  name: 'bearer-credentials',
  kind: 'legal',
  deviation: 'Wants a bearer token.',
  clause: 'RFC 6750',
  claims: { ...conformantClaims, auth: { scheme: 'bearer' } },
  habits: {},
});

const apiKey = twinOf({
  name: 'api-key',
  kind: 'legal',
  deviation: 'Wants a key in a header of its own.',
  clause: 'TMF630 part 1, security is out of scope',
  claims: { ...conformantClaims, auth: { scheme: 'apiKey', header: 'x-api-key' } },
  habits: {},
});

const shortTokens = twinOf({
  name: 'short-lived-tokens',
  kind: 'legal',
  deviation: 'Gives tokens that expire after five seconds.',
  clause: 'RFC 6749, section 4.4',
  claims: {
    ...conformantClaims,
    auth: { scheme: 'oauth2', tokenUrl: 'http://vendor.test/oauth/token', expiresIn: 'PT5S' },
  },
  habits: {},
});

/** Of requests in any second; a verifier that asks eight things at once is well below it. */
const mostPerSecond = 30;

const rateLimit = twinOf({
  name: 'rate-limit',
  kind: 'legal',
  deviation: 'Answers 429 with Retry-After to more than thirty requests in a second.',
  clause: 'TMF630 part 1, 429; RFC 6585, section 4',
  claims: withoutLoad(),
  habits: () => {
    let taken: number[] = [];
    return {
      instead: (_asked, vendor) => {
        const now = vendor.kernel.now();
        taken = taken.filter((at) => at > now - 1_000);
        if (taken.length >= mostPerSecond) {
          const error = errorAnswer(429, '53', 'Too many requests', 'Come back in a second');
          return vendor.habits.problem(error, { 'retry-after': '1' }, vendor);
        }
        taken.push(now);
        return undefined;
      },
    };
  },
});

const maintenance = twinOf({
  name: 'short-maintenance',
  kind: 'legal',
  deviation: 'Is not available for one second in every thirty, and says so by 503 with Retry-After.',
  clause: 'TMF630 part 1, 503; RFC 9110, section 15.6.4',
  claims: withoutLoad(),
  habits: {
    instead: (_asked, vendor) => {
      if (Math.floor(vendor.kernel.now() / 1_000) % 30 !== 15) return undefined;
      const error = errorAnswer(503, '5', 'Service unavailable', 'Come back in a second');
      return vendor.habits.problem(error, { 'retry-after': '1' }, vendor);
    },
  },
});

export const legalOperationTwins: readonly Twin[] = [
  noCancel,
  noNewCancel,
  noHub,
  noPatch,
  noDelete,
  singleListener,
  basicCredentials,
  bearerCredentials,
  apiKey,
  shortTokens,
  rateLimit,
  maintenance,
];

function notImplemented(message: string): ErrorAnswer {
  return errorAnswer(501, '1', 'Not implemented', message);
}

/** Without patches nobody can say what an order waits for. */
function withoutPatch(): Twin['claims'] {
  const claims = without('patch');
  const specifications = (claims.specifications ?? []).filter(({ leadsTo }) => leadsTo !== 'pending');
  return { ...claims, specifications };
}

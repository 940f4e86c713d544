/** Rules on who is let in, and on what the vendor has declared. */
import { capabilities } from '../../../records/capabilities.ts';
import { breach, inapplicable, kept, type Observation, type Rule } from '../../rule.ts';
import { itemsOf } from '../../view/items.ts';
import { objectOf, objectsOf } from '../../view/json.ts';
import { isOffered } from '../../view/offers.ts';
import { isRefused, isSuccess, outcomeText, type Seen } from '../../view/seen.ts';
import type { View } from '../../view/view.ts';

export const declaredIsOffered: Rule = {
  id: 'declared-is-offered',
  level: 'MUST',
  title: 'What the vendor declares is there.',
  clause: 'the capability statement, offers',
  remedy: 'Serve it, or take it out of the capability statement.',
  *check(view) {
    const { offers, statement } = view;
    const claimed = capabilities.filter((capability) => (statement.offers?.[capability] ?? false) !== false);
    if (claimed.length === 0 && statement.specifications === undefined) yield inapplicable('nothing is declared');
    for (const capability of claimed) {
      const denial = offers[capability].denial ?? deniedNow(view, capability);
      if (denial === undefined && offers[capability].isTried) yield kept;
      else if (denial === undefined) continue;
      else {
        const message = `${capability} is declared, and ${denial.place} was answered ${outcomeText(denial)}`;
        yield breach({ path: capability, valueClass: 'not there', message, evidence: [denial] });
      }
    }
    yield* orderable(view);
  },
};

const operationOf: { readonly [capability: string]: string } = {
  cancel: 'createCancelServiceOrder',
  patch: 'patchServiceOrder',
  hub: 'registerListener',
};

/** Served at one time, and not at another. */
function deniedNow({ asked }: View, capability: string): Seen | undefined {
  return asked.find(
    ({ operation, status, exchange: { aim } }) =>
      operation !== undefined &&
      operation === operationOf[capability] &&
      (status === 405 || status === 501) &&
      aim?.wrong === undefined &&
      aim?.credentials === undefined,
  );
}

/** What is declared to be orderable is never taken, and other things are. */
function* orderable({ statement, asked, orders }: View): Iterable<Observation> {
  if (orders.length === 0) return;
  for (const { id } of statement.specifications ?? []) {
    const tried = asked.filter(
      ({ operation, sent, exchange: { aim } }) =>
        operation === 'createServiceOrder' &&
        aim !== undefined &&
        aim.wrong === undefined &&
        aim.credentials === undefined &&
        itemsOf(sent).some(({ item }) => objectOf(objectOf(item.service).serviceSpecification).id === id),
    );
    const [refused] = tried.filter((seen) => isRefused(seen) && seen.status !== 401 && seen.status !== 403);
    if (tried.length > 0 && refused !== undefined && !tried.some(isSuccess)) {
      const message = `${id} is declared to be orderable, and was answered ${outcomeText(refused)}`;
      yield breach({ path: 'specifications', valueClass: 'not there', message, evidence: [refused] });
    } else if (tried.length > 0) yield kept;
  }
}

export const authEnforced: Rule = {
  id: 'auth-enforced',
  level: 'MUST',
  title: 'Without valid credentials nothing is answered and nothing is done.',
  clause: 'TMF630 security; TMF641 v4.1 declares 401 and 403 for every operation',
  remedy: 'Check credentials before anything else, on every operation.',
  *check(view) {
    const tried = view.steps('auth').filter(({ exchange }) => exchange.aim?.credentials !== undefined);
    if (tried.length === 0) yield inapplicable('no credentials were given, or none of it was tried: see --auth');
    yield* withoutEffect(view);
    for (const seen of tried) {
      const { credentials } = seen.exchange.aim ?? {};
      const isOpen = seen.status === 404 || seen.status === 405 || seen.status === 501;
      if (seen.status === undefined) continue;
      if (seen.status === 401 || seen.status === 403) yield kept;
      else if (isOpen && !isOfferedHere(view, seen)) yield kept;
      else {
        const message = `${seen.place} with ${credentials === 'none' ? 'no' : 'wrong'} credentials was answered ${seen.status}`;
        const valueClass = `${isSuccess(seen) ? 'served' : seen.status} with ${credentials === 'none' ? 'none' : 'wrong ones'}`;
        yield breach({ path: seen.place, valueClass, message, evidence: [seen] });
      }
    }
  },
};

/** What was refused has had no effect. */
function* withoutEffect(view: View): Iterable<Observation> {
  const refused = view
    .steps('auth')
    .filter(({ exchange, status }) => exchange.aim?.credentials !== undefined && (status === 401 || status === 403));
  const [own] = view.step('auth', 'own');
  const order = view.orders.find(({ created }) => created === own);
  const last = order?.sightings.at(-1);
  const patch = refused.find(({ operation }) => operation === 'patchServiceOrder');
  const cancel = refused.find(({ operation }) => operation === 'createCancelServiceOrder');
  const create = refused.find(({ operation }) => operation === 'createServiceOrder');
  const [left] = view.step('auth', 'left');
  const made = objectsOf(left?.got).find((each) => each.externalId === objectOf(create?.sent).externalId);
  const done: readonly (readonly [Seen | undefined, Seen | undefined, boolean])[] = [
    [patch, last?.seen, last?.resource.description === objectOf(patch?.sent).description && patch !== undefined],
    [cancel, last?.seen, last?.state === 'cancelled'],
    [create, left, made !== undefined && create !== undefined],
  ];
  for (const [asked, shown, isDone] of done) {
    if (asked === undefined || shown === undefined) continue;
    if (!isDone) yield kept;
    else
      yield breach({
        path: asked.place,
        valueClass: 'done all the same',
        message: `${asked.place} was answered ${asked.status}, and done all the same`,
        evidence: [asked, shown],
      });
  }
}

function isOfferedHere({ offers }: View, { operation }: Seen): boolean {
  if (operation === 'createCancelServiceOrder') return isOffered(offers.cancel);
  if (operation === 'patchServiceOrder') return isOffered(offers.patch);
  return operation === 'registerListener' ? isOffered(offers.hub) : true;
}

export const tokenExpiry: Rule = {
  id: 'token-expiry',
  level: 'MUST',
  title: 'An expired token is refused, and a fresh one goes on with the same order.',
  clause: 'RFC 6750, 3.1: an expired token is answered 401',
  remedy: 'Check the expiry on every request; let nothing of an order depend on the token that made it.',
  *check(view) {
    const [expired] = view.step('token', 'expired');
    const [fresh] = view.step('token', 'fresh');
    if (expired === undefined) yield inapplicable('no expiry of tokens is declared');
    else if (expired.status === 401) yield kept;
    else if (expired.status !== undefined) {
      yield breach({
        path: 'GET /serviceOrder/{id} (expired token)',
        valueClass: isSuccess(expired) ? 'served' : outcomeText(expired),
        message: `an expired token was answered ${expired.status}`,
        evidence: [expired],
      });
    }
    const [refused] = view.asked.filter(
      ({ status, exchange: { aim } }) => status === 401 && aim?.credentials === undefined,
    );
    if (refused !== undefined && view.statement.auth?.scheme === 'oauth2') {
      yield breach({
        path: '401',
        valueClass: 'a fresh token refused',
        message: `${refused.place} with a token that the vendor had just given was answered 401`,
        evidence: [refused],
      });
    }
    if (fresh === undefined) return;
    if (isSuccess(fresh)) yield kept;
    else
      yield breach({
        path: 'GET /serviceOrder/{id} (fresh token)',
        valueClass: outcomeText(fresh),
        message: `with a fresh token, the order that an older one made was answered ${outcomeText(fresh)}`,
        evidence: [fresh],
      });
  },
};

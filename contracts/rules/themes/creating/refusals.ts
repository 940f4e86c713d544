/** Rules on creates that must be refused, or be without effect. */
import { breach, kept, type Observation, type Rule } from '../../rule.ts';
import { itemsOf } from '../../view/items.ts';
import { instantIn, objectOf, objectsOf, textOf } from '../../view/json.ts';
import { isRefused, isSuccess, outcomeText, type Seen } from '../../view/seen.ts';
import type { View } from '../../view/view.ts';

export const invalidOrderRefused: Rule = {
  id: 'invalid-order-refused',
  level: 'MUST',
  title: 'An order that breaks the schema is refused with a client error, and no order comes of it.',
  clause: 'TMF641 v4.1 ServiceOrder_Create: serviceOrderItem (at least one) with id, action and service; TMF630: 400',
  remedy: 'Check orders against ServiceOrder_Create before anything is done with them.',
  *check(view) {
    for (const seen of view.steps('invalid')) {
      const { aim } = seen.exchange;
      if (aim?.wrong === undefined) {
        yield* leftBehind(seen, view);
        continue;
      }
      if (isRefused(seen)) yield kept;
      else if (seen.status !== undefined) {
        const message = `an order was answered ${seen.status} though ${aim.wrong}`;
        const valueClass = isSuccess(seen) ? 'accepted' : `${Math.floor(seen.status / 100)}xx`;
        yield breach({ path: `POST /serviceOrder (${aim.step})`, valueClass, message, evidence: [seen] });
      }
    }
  },
};

/** Looks for an order that came of a refused create. */
function* leftBehind(look: Seen, view: View): Iterable<Observation> {
  const externalId = look.query.externalId?.[0];
  const refused = view
    .steps('invalid')
    .find((seen) => isRefused(seen) && textOf(objectOf(seen.sent).externalId) === externalId);
  if (refused === undefined || externalId === undefined) return;
  const found = objectsOf(look.got).find((order) => order.externalId === externalId);
  if (found === undefined) return;
  const message = `a create that was refused (${refused.exchange.aim?.wrong}) has left order ${found.id} behind`;
  yield breach({
    path: 'POST /serviceOrder (refused)',
    valueClass: 'left an order behind',
    message,
    evidence: [refused, look],
  });
}

export const hostileInput: Rule = {
  id: 'hostile-input',
  level: 'MUST',
  title: 'A body that no schema allows is refused with a client error, and disturbs nobody.',
  clause: 'TMF630 status codes: 400 for a malformed request; 5xx is the fault of the server',
  remedy: 'Limit size and depth before parsing, and answer what cannot be parsed with 400.',
  *check(view) {
    for (const seen of view.steps('hostile')) {
      const { aim, outcome } = seen.exchange;
      const path = `POST /serviceOrder (${aim?.step})`;
      if (aim?.wrong === undefined) {
        if (isSuccess(seen)) yield kept;
        continue;
      }
      if (isRefused(seen)) yield kept;
      else if (outcome.kind === 'reset' && aim.step === 'deep') yield kept;
      else {
        const message = `${aim.wrong}: ${isSuccess(seen) ? `taken with ${seen.status}` : outcomeText(seen)}`;
        const valueClass = isSuccess(seen) ? 'accepted' : seen.status === undefined ? 'unanswered' : '5xx';
        yield breach({ path, valueClass, message, evidence: [seen] });
      }
    }
  },
};

export const serverOwned: Rule = {
  id: 'server-owned',
  level: 'MUST',
  disturbs: true,
  title: 'Who orders cannot set id, state or dates that the provider sets.',
  clause: 'TMF641 v4.1: id, state, orderDate, completionDate and item.state are no part of ServiceOrder_Create',
  remedy: 'Refuse these attributes in a create, or ignore them.',
  *check(view) {
    for (const seen of view.step('owned', 'create')) {
      if (isRefused(seen)) yield kept;
      const order = view.orders.find(({ created }) => created === seen);
      const asked = objectOf(seen.sent);
      for (const look of order?.sightings ?? []) {
        const name = ['id', 'state', 'orderDate', 'completionDate'].find(
          (each) => (each !== 'state' || look.seen === seen) && sameValue(asked[each], look.resource[each]),
        );
        const item = look.seen === seen ? itemsOf(look.resource).find(({ state }) => state === 'completed') : undefined;
        const taken = name ?? (item === undefined ? undefined : 'serviceOrderItem/*/state');
        if (taken === undefined) {
          yield kept;
          continue;
        }
        const message = `a create has set ${taken}, which only the provider sets`;
        const evidence = look.seen === seen ? [seen] : [seen, look.seen];
        yield breach({
          path: `POST /serviceOrder /${taken}`,
          valueClass: 'taken over',
          message,
          evidence,
          order: order?.id,
        });
      }
    }
  },
};

function sameValue(asked: unknown, got: unknown): boolean {
  if (got === undefined) return false;
  const [one, other] = [instantIn(asked), instantIn(got)];
  return asked === got || (one !== undefined && one === other);
}

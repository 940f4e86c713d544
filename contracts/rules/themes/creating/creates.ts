/** Rules on creating: what is taken, and what a new order is. */
import { breach, kept, type Rule, undecided } from '../../rule.ts';
import { itemsOf } from '../../view/items.ts';
import { objectOf } from '../../view/json.ts';
import { isRefused, isSuccess, type Seen } from '../../view/seen.ts';
import type { View } from '../../view/view.ts';

/** Creates that nothing is wrong with. */
export function legalCreates({ asked }: View): Seen[] {
  return asked.filter(
    ({ operation, exchange: { aim } }) =>
      operation === 'createServiceOrder' &&
      aim !== undefined &&
      aim.wrong === undefined &&
      aim.credentials === undefined,
  );
}

/** Creates whose refusal says something about the endpoint, rather than about the catalogue behind it. */
const orderForms = new Set(['minimal', 'maximal', 'dependent', 'nested', 'actions']);

export const legalOrderAccepted: Rule = {
  id: 'legal-order-accepted',
  level: 'MUST',
  title: 'An order that follows the schema is taken.',
  clause: 'TMF641 v4.1, POST /serviceOrder: 201 with the order; every action of OrderItemActionType',
  remedy: 'Take every order that follows the schema; what cannot be fulfilled is rejected by its state.',
  *check(view) {
    for (const seen of legalCreates(view)) {
      const { aim, request } = seen.exchange;
      const isRepeat = aim?.step === 'again' || aim?.step === 'late' || aim?.experiment === 'at-once';
      const path = `${seen.place} (${aim?.experiment})`;
      if (isSuccess(seen)) yield kept;
      else if (seen.status !== undefined && seen.status >= 500 && seen.status !== 503) {
        const message = `a legal order (${aim?.experiment}) was answered ${seen.status}`;
        yield breach({ path, valueClass: '5xx', message, evidence: [seen] });
      } else if (!isRefused(seen) || isRepeat || !orderForms.has(aim?.experiment ?? '')) {
        // No answer, a busy vendor, and a repeated order have rules of their own.
      } else if (view.orders.length === 0 && view.statement.specifications === undefined) {
        yield undecided(`no order was taken (${seen.status}); declare specifications that can be ordered`);
      } else if (seen.status === 400 || seen.status === 405 || seen.status === 501) {
        const message = `a legal order (${aim?.experiment}) was refused with ${seen.status}: ${reasonIn(seen)}`;
        yield breach({ path, valueClass: 'refused', message, evidence: [seen] });
      } else
        yield undecided(
          `${request.method} of the ${aim?.experiment} order was answered ${seen.status}; declare a specification that can be ordered`,
        );
    }
  },
};

function reasonIn({ got }: Seen): string {
  const { reason, message } = objectOf(got);
  return String(message ?? reason ?? 'it does not say why');
}

export const initialState: Rule = {
  id: 'initial-state',
  level: 'MUST',
  title: 'A new order is acknowledged, and so are its items.',
  clause: 'TMF641 v4.1 lifecycle of ServiceOrder: the initial state leads to acknowledged only',
  remedy: 'Answer the create with acknowledged; check, reject and start the order after it.',
  *check({ orders }) {
    for (const { created, id } of orders) {
      if (
        created === undefined ||
        created.status !== 201 ||
        created.exchange.aim?.wrong !== undefined ||
        isRepeated(created)
      )
        continue;
      const { state } = objectOf(created.got);
      if (state === undefined) continue;
      if (state !== 'acknowledged') {
        const message = `a new order is ${state}`;
        yield breach({
          path: 'POST /serviceOrder /state',
          valueClass: String(state),
          message,
          evidence: [created],
          order: id,
        });
        continue;
      }
      const odd = itemsOf(created.got).find((item) => item.state !== undefined && item.state !== 'acknowledged');
      if (odd === undefined) yield kept;
      else {
        const message = `item ${odd.id} of a new order is ${odd.state}`;
        yield breach({
          path: 'POST /serviceOrder /serviceOrderItem/*/state',
          valueClass: String(odd.state),
          message,
          evidence: [created],
          order: id,
        });
      }
    }
  },
};

/** The answer to a repeated create shows an order that is not new. */
function isRepeated({ exchange: { aim } }: Seen): boolean {
  return aim?.experiment === 'at-once' || aim?.step === 'again' || aim?.step === 'late';
}

export const extensionTolerated: Rule = {
  id: 'extension-tolerated',
  level: 'SHOULD',
  title: 'Attributes and types that extend the standard do not make an order refused.',
  clause: 'TMF630 extensibility: unknown attributes are legal, an unknown @type is read as its @baseType',
  remedy: 'Ignore or keep what is not known.',
  *check(view) {
    for (const seen of view.steps('extension')) {
      if (seen.operation !== 'createServiceOrder') continue;
      const { step } = seen.exchange.aim ?? {};
      if (isSuccess(seen)) yield kept;
      else if (seen.status !== undefined && seen.status !== 429 && seen.status !== 503) {
        const what = step === 'type' ? 'an unknown @type with its @baseType' : 'attributes that extend the standard';
        const message = `an order with ${what} was answered ${seen.status}: ${reasonIn(seen)}`;
        yield breach({ path: `POST /serviceOrder (${step})`, valueClass: 'refused', message, evidence: [seen] });
      }
    }
  },
};

/** Rules on creating: what is taken, what is refused, what a new order is, and the same order twice. */
import { breach, inapplicable, kept, type Observation, type Rule, type Theme, undecided, wildcards } from '../rule.ts';
import { itemsOf } from '../view/items.ts';
import { instantIn, isObject, type JsonObject, objectOf, objectsOf, sameJson, textOf } from '../view/json.ts';
import { answerHeader, isRefused, isSuccess, outcomeText, type Seen } from '../view/seen.ts';
import type { View } from '../view/view.ts';

/** Creates that nothing is wrong with. */
function legalCreates({ asked }: View): Seen[] {
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

const legalAccepted: Rule = {
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

/** Attributes of a create that the provider may add to, but not change. */
const keptAttributes = ['externalId', 'category', 'description', 'priority', 'notificationContact'];
const keptDates = ['requestedStartDate', 'requestedCompletionDate'];

const orderKept: Rule = {
  id: 'order-kept',
  level: 'MUST',
  title:
    'What was ordered comes back: items, actions, services with their characteristics, and the words of who ordered.',
  clause: 'TMF641 v4.1, POST /serviceOrder: the full ServiceOrder is returned; GET returns the same',
  remedy: 'Keep the order as it was given, and show all of it.',
  *check(view) {
    for (const { asked, created, sightings, id } of view.orders) {
      if (created === undefined || created.exchange.aim?.wrong !== undefined) continue;
      const patched = new Set(
        view.asked
          .filter((seen) => seen.operation === 'patchServiceOrder' && seen.id === id)
          .flatMap(({ sent }) => Object.keys(objectOf(sent))),
      );
      for (const { seen, resource } of sightings) {
        const isOther = resource.id !== undefined && resource.id !== id;
        const lost = isOther ? [{ pointer: '/id', was: id, is: resource.id }] : lostOf(asked, resource, patched);
        if (lost.length === 0) yield kept;
        for (const { pointer, was, is } of lost) {
          const message = `${pointer} was ordered as ${shown(was)}, and ${seen.place} shows ${shown(is)}`;
          const evidence = seen === created ? [seen] : [created, seen];
          yield breach({
            path: `ServiceOrder ${wildcards(pointer)}`,
            valueClass: is === undefined ? 'lost' : 'changed',
            message,
            evidence,
            order: id,
          });
        }
      }
    }
  },
};

interface Lost {
  readonly pointer: string;
  readonly was: unknown;
  readonly is: unknown;
}

function lostOf(asked: JsonObject, shownOrder: JsonObject, patched: ReadonlySet<string>): Lost[] {
  const lost: Lost[] = [];
  const isAt = (value: unknown) => instantIn(value);
  for (const name of keptAttributes) {
    if (asked[name] !== undefined && !patched.has(name) && asked[name] !== shownOrder[name]) {
      lost.push({ pointer: `/${name}`, was: asked[name], is: shownOrder[name] });
    }
  }
  for (const name of keptDates) {
    if (asked[name] !== undefined && !patched.has(name) && isAt(asked[name]) !== isAt(shownOrder[name])) {
      lost.push({ pointer: `/${name}`, was: asked[name], is: shownOrder[name] });
    }
  }
  if (!patched.has('note')) lost.push(...lostElements('/note', asked.note, shownOrder.note, ['author', 'text']));
  if (!patched.has('relatedParty')) {
    lost.push(...lostElements('/relatedParty', asked.relatedParty, shownOrder.relatedParty, ['id', 'role']));
  }
  if (!patched.has('serviceOrderItem')) lost.push(...lostItems(asked, shownOrder));
  return lost;
}

/** Elements that were given and are not there: the provider may add others, and add to each. */
function lostElements(pointer: string, asked: unknown, there: unknown, by: readonly string[]): Lost[] {
  return objectsOf(asked).flatMap((was, place) => {
    const isThere = objectsOf(there).some((each) =>
      by.every((name) => was[name] === undefined || was[name] === each[name]),
    );
    return isThere ? [] : [{ pointer: `${pointer}/${place}`, was, is: undefined }];
  });
}

function lostItems(asked: JsonObject, there: JsonObject): Lost[] {
  const items = new Map(itemsOf(there).map((each) => [each.id, each]));
  const wanted = itemsOf(asked);
  const lost = wanted.flatMap(({ id, item }): Lost[] => {
    const found = items.get(id);
    if (found === undefined) return [{ pointer: '/serviceOrderItem/0', was: item, is: undefined }];
    return lostInItem(item, found.item);
  });
  const known = new Set(wanted.map(({ id }) => id));
  const added = [...items.values()].filter(({ id }) => !known.has(id));
  return [...lost, ...added.map(({ item }) => ({ pointer: '/serviceOrderItem/0', was: 'nothing', is: item }))];
}

function lostInItem(was: JsonObject, is: JsonObject): Lost[] {
  const at = '/serviceOrderItem/0';
  const lost: Lost[] = [];
  if (was.action !== is.action) lost.push({ pointer: `${at}/action`, was: was.action, is: is.action });
  if (was.quantity !== undefined && was.quantity !== is.quantity) {
    lost.push({ pointer: `${at}/quantity`, was: was.quantity, is: is.quantity });
  }
  const [asked, there] = [objectOf(was.service), objectOf(is.service)];
  const [specification, shownSpecification] = [
    objectOf(asked.serviceSpecification),
    objectOf(there.serviceSpecification),
  ];
  if (specification.id !== shownSpecification.id) {
    lost.push({ pointer: `${at}/service/serviceSpecification/id`, was: specification.id, is: shownSpecification.id });
  }
  for (const name of ['name', 'description', 'serviceType']) {
    if (asked[name] !== undefined && asked[name] !== there[name]) {
      lost.push({ pointer: `${at}/service/${name}`, was: asked[name], is: there[name] });
    }
  }
  const given = new Map(objectsOf(there.serviceCharacteristic).map((each) => [each.name, each.value]));
  for (const { name, value } of objectsOf(asked.serviceCharacteristic)) {
    if (!given.has(name) || !sameJson(given.get(name), value)) {
      lost.push({ pointer: `${at}/service/serviceCharacteristic/0/value`, was: value, is: given.get(name) });
    }
  }
  const relations = objectsOf(was.serviceOrderItemRelationship).length;
  if (relations > objectsOf(is.serviceOrderItemRelationship).length) {
    lost.push({
      pointer: `${at}/serviceOrderItemRelationship`,
      was: was.serviceOrderItemRelationship,
      is: is.serviceOrderItemRelationship,
    });
  }
  return lost;
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 60)}...` : text;
}

const initialState: Rule = {
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

const invalidRefused: Rule = {
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

const hostile: Rule = {
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

const serverOwned: Rule = {
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

const extension: Rule = {
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

const repeated: Rule = {
  id: 'repeated-create',
  level: 'SHOULD',
  title: 'The same order with the same externalId makes no second order.',
  clause: 'TMF641 v4.1, externalId: the identifier of who orders; retried requests (RFC 9110, 9.2.2)',
  remedy: 'Answer a repeated externalId with the order that there is, or with 409.',
  *check(view) {
    if (view.statement.idempotencyKey === 'none') {
      yield inapplicable('the capability statement says that each create makes an order');
      return;
    }
    const [first] = view.step('repeat', 'first');
    const id = textOf(objectOf(first?.got).id);
    if (first === undefined || !isSuccess(first) || id === undefined) return;
    for (const seen of [...view.step('repeat', 'again'), ...view.step('repeat', 'late')]) {
      const other = textOf(objectOf(seen.got).id);
      const when = seen.exchange.aim?.step === 'late' ? 'when the first had ended' : 'at once';
      if (!isSuccess(seen) || other === id) yield kept;
      else if (other !== undefined) {
        const message = `the same order, sent again ${when}, made a second one: ${id} and ${other}`;
        yield breach({
          path: `POST /serviceOrder (${seen.exchange.aim?.step})`,
          valueClass: 'second order',
          message,
          evidence: [first, seen],
          order: other,
        });
      }
    }
    yield* secondFound(view, 'repeat', [first]);
  },
};

/** A second order may be there though the answer did not say so. */
function* secondFound(view: View, experiment: string, evidence: readonly Seen[]): Iterable<Observation> {
  const [answered] = evidence;
  for (const look of [...view.step(experiment, 'find'), ...view.step(experiment, 'find-late')]) {
    const externalId = look.query.externalId?.[0];
    const ids = new Set(
      objectsOf(look.got)
        .filter((order) => order.externalId === externalId)
        .map(({ id }) => id),
    );
    const told = new Set(
      view
        .steps(experiment)
        .filter((seen) => seen.operation === 'createServiceOrder')
        .map(({ got }) => objectOf(got).id),
    );
    if (ids.size < 2 || told.size > 2) continue;
    if ([...told].filter((id) => id !== undefined).length > 1) continue;
    const message = `${ids.size} orders have the externalId of one`;
    yield breach({
      path: 'POST /serviceOrder (found)',
      valueClass: 'second order',
      message,
      evidence: answered === undefined ? [look] : [answered, look],
    });
  }
}

const concurrent: Rule = {
  id: 'concurrent-create',
  level: 'SHOULD',
  title: 'The same order, sent many times at once, makes one order.',
  clause: 'TMF641 v4.1, externalId; retried requests (RFC 9110, 9.2.2)',
  remedy: 'Make the externalId unique where orders are stored, rather than looking for it before.',
  after: ['repeated-create'],
  *check(view) {
    if (view.statement.idempotencyKey === 'none') {
      yield inapplicable('the capability statement says that each create makes an order');
      return;
    }
    const [first, again] = [...view.step('repeat', 'first'), ...view.step('repeat', 'again')];
    if (again !== undefined && isSuccess(again) && objectOf(again.got).id !== objectOf(first?.got).id) {
      yield undecided('each create makes an order, one after another too: repeated-create');
      return;
    }
    const made = view.step('at-once', 'create').filter((seen) => isSuccess(seen) && isObject(seen.got));
    const ids = new Map(made.map((seen) => [textOf(objectOf(seen.got).id), seen]));
    ids.delete(undefined);
    if (made.length === 0) return;
    if (ids.size <= 1) {
      yield kept;
      yield* secondFound(view, 'at-once', made.slice(0, 1));
      return;
    }
    const message = `${view.step('at-once', 'create').length} identical creates at once made ${ids.size} orders`;
    yield breach({
      path: 'POST /serviceOrder (at once)',
      valueClass: 'several orders',
      message,
      evidence: [...ids.values()].slice(0, 2),
    });
  },
};

const monitor: Rule = {
  id: 'accepted-has-monitor',
  level: 'MUST',
  title: 'A create that is answered 202 says where its outcome will be found, and it is found there.',
  clause: 'TMF630 monitor pattern: 202 with Location',
  remedy: 'Send Location with a 202, and serve there a monitor that leads to the order, or the order.',
  *check(view) {
    const deferred = legalCreates(view).filter(({ status }) => status === 202);
    if (deferred.length === 0) yield inapplicable('no create was answered 202');
    for (const seen of deferred) {
      const location = answerHeader(seen, 'location');
      const { experiment } = seen.exchange.aim ?? {};
      const looks = view
        .step(experiment ?? '', 'monitor')
        .filter((look) => location?.endsWith(look.exchange.request.path.slice(view.trace.basePath.length)));
      const path = 'POST /serviceOrder 202';
      if (location === undefined) {
        yield breach({
          path,
          valueClass: 'no Location',
          message: 'a 202 does not say where its outcome will be found',
          evidence: [seen],
        });
      } else if (looks.length > 0 && looks.every((look) => look.status === undefined || look.status >= 400)) {
        const message = `the monitor at ${location} was answered ${outcomeText(looks[0] ?? seen)}`;
        yield breach({ path, valueClass: 'monitor not there', message, evidence: [seen, ...looks.slice(0, 1)] });
      } else if (looks.length >= 10 && !leadsSomewhere(looks)) {
        const message = `the monitor at ${location} never led to an order`;
        yield breach({ path, valueClass: 'leads nowhere', message, evidence: [seen, ...looks.slice(-1)] });
      } else if (looks.length > 0) yield kept;
    }
  },
};

function leadsSomewhere(looks: readonly Seen[]): boolean {
  return looks.some(
    ({ got, exchange }) =>
      Array.isArray(objectOf(got).serviceOrderItem) ||
      objectOf(got).response !== undefined ||
      objectOf(got).resultHref !== undefined ||
      ('headers' in exchange.outcome && exchange.outcome.headers.location !== undefined),
  );
}

export const creates: Theme = {
  name: 'creating orders',
  rules: [
    legalAccepted,
    initialState,
    orderKept,
    invalidRefused,
    hostile,
    serverOwned,
    extension,
    repeated,
    concurrent,
    monitor,
  ],
};

/** Faulty vendors that do not look well at what comes in: invalid and hostile bodies, extensions, the same order again. */
import { publishedApis } from '../../../schemas/documents.ts';
import { errorAnswer } from '../../../schemas/tmf-error.ts';
import type { Twin } from '../../twin.ts';
import { isObject } from '../../vendor/defaults/checks.ts';
import { conformantHabits } from '../../vendor/defaults/conformant.ts';
import type { Habits, Vendor } from '../../vendor/habits.ts';
import type { Asked, Order } from '../../vendor/words.ts';
import { answering, bornAside, type Fields, faulty, itemsAsked } from '../means.ts';

const creation = 'TMF641 v4.1 POST /serviceOrder, ServiceOrder_Create';
const hostile = 'TMF630 part 1, 400 for a body that cannot be read; RFC 8259';
const extension = 'TMF630 part 1, extension and polymorphism: an unknown @type is treated as its base type';
const idempotent = 'TMF641 v4.1 ServiceOrder.externalId, declared as idempotency key';

const { definitions } = publishedApis.TMF641.document;

export const intakeTwins: readonly Twin[] = [
  faulty({
    name: 'unknown-action-is-add',
    deviation: 'Takes an item with an action that it does not know as one to be added.',
    clause: 'TMF641 v4.1 OrderItemActionType',
    breaks: 'invalid-order-refused',
    habits: reading((item) =>
      known.has(item.action) || typeof item.action !== 'string' ? item : { ...item, action: 'add' },
    ),
  }),
  faulty({
    name: 'nested-items-unchecked',
    deviation: 'Does not check the items of an item, and fills in what they lack.',
    clause: creation,
    breaks: 'invalid-order-refused',
    habits: reading((item) => {
      const { serviceOrderItem: own } = item;
      if (!Array.isArray(own)) return item;
      return { ...item, serviceOrderItem: own.map((nested) => (isObject(nested) ? filled(nested) : filled({}))) };
    }),
  }),
  faulty({
    name: 'refused-order-stays',
    deviation:
      'Stores an order with invalid items before it checks them: refused with 400, it is in the list all the same.',
    clause: creation,
    breaks: 'invalid-order-refused',
    habits: {
      refusalOfCreate: (body, vendor) => {
        const refusal = conformantHabits.refusalOfCreate(body, vendor);
        if (refusal !== undefined && itemsAsked(body).length > 0) leaveBehind(body, vendor);
        return refusal;
      },
    },
  }),
  faulty({
    name: 'wrong-type-crashes',
    deviation: 'Answers 500 to an order with an attribute of the wrong type.',
    clause: creation,
    breaks: 'invalid-order-refused',
    habits: {
      refusalOfCreate: (body, vendor) => {
        const refusal = conformantHabits.refusalOfCreate(body, vendor);
        const details = refusal?.body.details;
        const isOfType = Array.isArray(details) && details.some(({ message }) => String(message).endsWith('(type)'));
        return isOfType ? errorAnswer(500, '1', 'Internal error', 'ClassCastException') : refusal;
      },
    },
  }),

  faulty({
    name: 'broken-json-crashes',
    deviation: 'Answers 500 to a body that is not JSON.',
    clause: hostile,
    breaks: 'hostile-input',
    habits: answering((response, asked, vendor) =>
      isBroken(asked) && response.status === 400
        ? vendor.habits.problem(errorAnswer(500, '1', 'Internal error', 'JsonParseException'), {}, vendor)
        : response,
    ),
  }),
  faulty({
    name: 'broken-json-queued',
    deviation: 'Takes a create with 202 for later, without having looked whether its body is JSON.',
    clause: hostile,
    breaks: 'hostile-input',
    habits: answering((response, asked) =>
      isBroken(asked) && response.status === 400 && asked.request.method === 'POST'
        ? { status: 202, headers: {} }
        : response,
    ),
  }),
  faulty({
    name: 'deep-nesting-hangs',
    deviation: 'Never answers a body that is nested more than 200 levels deep.',
    clause: hostile,
    breaks: 'hostile-input',
    habits: {
      answered: (asked, response, vendor) => {
        const isDeep = asked.operation === undefined && response.status === 400 && !isBroken(asked);
        return isDeep ? { kind: 'silence' } : conformantHabits.answered(asked, response, vendor);
      },
    },
  }),

  faulty({
    name: 'unknown-attribute-refused',
    deviation: 'Refuses an order with an attribute that the published definition does not name.',
    clause: extension,
    breaks: 'extension-tolerated',
    habits: alsoRefusing((body) =>
      [[body, 'ServiceOrder'] as const, ...itemsAsked(body).map((item) => [item, 'ServiceOrderItem'] as const)].some(
        ([value, name]) => Object.keys(Object(value)).some((key) => !(key in Object(definitions[name]?.properties))),
      ),
    ),
  }),
  faulty({
    name: 'unknown-type-refused',
    deviation: 'Refuses an order or an item whose @type it does not know, whatever its @baseType.',
    clause: extension,
    breaks: 'extension-tolerated',
    habits: alsoRefusing((body) =>
      [Object(body), ...itemsAsked(body)].some(
        ({ '@type': type }) => type !== undefined && !(String(type) in definitions),
      ),
    ),
  }),
  faulty({
    name: 'schema-location-fetched',
    deviation: 'Refuses an order with an @schemaLocation, because it cannot fetch the schema from there.',
    clause: extension,
    breaks: 'extension-tolerated',
    habits: alsoRefusing((body) => JSON.stringify(body).includes('"@schemaLocation":')),
  }),

  faulty({
    name: 'key-forgotten-once-begun',
    deviation: 'Makes a second order of an externalId once the first one has been begun.',
    clause: idempotent,
    breaks: 'repeated-create',
    differs: ['late'],
    habits: {
      again: (first, asked, vendor) =>
        first.document.startDate === undefined ? conformantHabits.again(first, asked, vendor) : 'new',
    },
  }),
  faulty({
    name: 'latest-key-only',
    deviation: 'Remembers only the externalId of the latest order.',
    clause: idempotent,
    breaks: 'repeated-create',
    habits: {
      again: (first, asked, vendor) =>
        [...vendor.orders.keys()].at(-1) === first.id ? conformantHabits.again(first, asked, vendor) : 'new',
    },
  }),
  faulty({
    name: 'second-order-unsaid',
    deviation: 'Answers a repeated order with the first one, and makes a second one all the same.',
    clause: idempotent,
    breaks: 'repeated-create',
    habits: {
      again: (first, asked, vendor) => {
        const course = conformantHabits.again(first, asked, vendor);
        if (course === 'first' && !isAtOnce(first, vendor)) bornAside(JSON.parse(asked), vendor);
        return course;
      },
    },
  }),

  faulty({
    name: 'looked-up-before-stored',
    deviation: 'Looks for the externalId some milliseconds before it stores the order: creates at once all make one.',
    clause: idempotent,
    breaks: 'concurrent-create',
    differs: ['concurrency'],
    habits: { createTakesMs: 3 },
  }),
  faulty({
    name: 'two-nodes-two-orders',
    deviation:
      'Runs on two nodes, which hear of each other’s orders some milliseconds later: creates at once make two.',
    clause: idempotent,
    breaks: 'concurrent-create',
    differs: ['concurrency'],
    habits: () => {
      const twice = new Set<string>();
      return {
        again: (first, asked, vendor) => {
          if (!isAtOnce(first, vendor) || twice.has(asked)) return conformantHabits.again(first, asked, vendor);
          twice.add(asked);
          return 'new';
        },
      };
    },
  }),
  faulty({
    name: 'replayed-two-seconds-later',
    deviation:
      'Gives the same order to creates at once, but its gateway repeats one of them two seconds later as a new order.',
    clause: idempotent,
    breaks: 'concurrent-create',
    differs: ['concurrency', 'timing'],
    habits: () => {
      let isHandled = false;
      return {
        again: (first, asked, vendor) => {
          const { kernel, address } = vendor;
          const to = `${address}.replays`;
          if (!isHandled) kernel.handle(to, ({ data }) => void bornAside(JSON.parse(String(data)), vendor));
          isHandled = true;
          if (isAtOnce(first, vendor)) {
            kernel.schedule({ id: `${to}/${first.id}`, to, due: kernel.now() + 2_000, data: asked });
          }
          return conformantHabits.again(first, asked, vendor);
        },
      };
    },
  }),
];

const known: ReadonlySet<unknown> = new Set(['add', 'modify', 'delete', 'noChange']);

/** Reads every item, also of a body that is none, before anything is checked. */
function reading(change: (item: Fields) => Fields): Pick<Habits, 'refusalOfCreate' | 'newOrder'> {
  const read = (holder: unknown): unknown => {
    if (!isObject(holder) || !Array.isArray(holder.serviceOrderItem)) return holder;
    const items = holder.serviceOrderItem.map((item) => (isObject(item) ? read(change(item)) : item));
    return { ...holder, serviceOrderItem: items };
  };
  return {
    refusalOfCreate: (body, vendor) => conformantHabits.refusalOfCreate(read(body), vendor),
    newOrder: (body, id, vendor) => conformantHabits.newOrder(Object(read(body)), id, vendor),
  };
}

function filled(item: Fields): Fields {
  return { id: 'nested', action: 'add', service: {}, ...item };
}

/** With what it lacks filled in: in there for good, never begun. */
function leaveBehind(body: unknown, vendor: Vendor): void {
  const { externalId } = Object(body) as Fields; // whatever it is
  const serviceOrderItem = itemsAsked(body).map((_item, index) => ({ ...filled({}), id: String(index + 1) }));
  const id = vendor.habits.newId('order', vendor);
  const kept = typeof externalId === 'string' ? { externalId, serviceOrderItem } : { serviceOrderItem };
  const document = vendor.habits.newOrder(kept, id, vendor);
  vendor.orders.set(id, { id, document, asked: '', resumed: new Set() });
}

function isBroken({ request: { body } }: Asked): boolean {
  return body !== undefined && body.json === undefined;
}

function alsoRefusing(isUnwanted: (body: unknown) => boolean): Pick<Habits, 'refusalOfCreate'> {
  const error = errorAnswer(400, '24', 'Invalid body field', 'This is not known here');
  return {
    refusalOfCreate: (body, vendor) =>
      conformantHabits.refusalOfCreate(body, vendor) ?? (isUnwanted(body) ? error : undefined),
  };
}

/** The first order was made just now: its answer is not out yet. */
function isAtOnce({ document }: Order, { habits, kernel }: Vendor): boolean {
  return kernel.now() - Date.parse(document.orderDate) < habits.pace.answer;
}

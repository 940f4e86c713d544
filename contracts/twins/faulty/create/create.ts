/** Faulty vendors that refuse legal orders, take them otherwise than they were asked for, or let the client set what is theirs. */
import { errorAnswer } from '../../../schemas/tmf-error.ts';
import type { Twin } from '../../twin.ts';
import { isObject, ownedOfOrder } from '../../vendor/defaults/checks.ts';
import { conformantHabits } from '../../vendor/defaults/conformant.ts';
import { canonicalText } from '../../vendor/defaults/orders.ts';
import { orderMoves } from '../../vendor/defaults/states.ts';
import type { Habits, Vendor } from '../../vendor/habits.ts';
import type { Item, OrderDocument, State } from '../../vendor/words.ts';
import { everyItem, type Fields, faulty, itemsAsked, lacking } from '../means.ts';

const creation = 'TMF641 v4.1 POST /serviceOrder, ServiceOrder_Create';
const response = 'TMF641 v4.1 POST /serviceOrder: 201 with the full ServiceOrder';
const initial = 'TMF641 v4.1 lifecycle of ServiceOrder: initial state acknowledged';
const owned = 'TMF641B R18.0 POST: attributes set by the server';

export const createTwins: readonly Twin[] = [
  faulty({
    name: 'no-change-refused',
    deviation: 'Refuses an order with an item of action noChange.',
    clause: 'TMF641 v4.1 OrderItemActionType',
    breaks: 'legal-order-accepted',
    habits: refusing(400, (body) => itemsAsked(body).some(({ action }) => action === 'noChange')),
  }),
  faulty({
    name: 'nested-items-crash',
    deviation: 'Answers 500 to an order with items that hold items.',
    clause: creation,
    breaks: 'legal-order-accepted',
    habits: refusing(500, (body) => itemsAsked(body).some(({ serviceOrderItem: own }) => Array.isArray(own))),
  }),
  faulty({
    name: 'deadlock-of-two-creates',
    deviation: 'Answers 500 to the second of two different orders that are created at once.',
    clause: creation,
    breaks: 'legal-order-accepted',
    differs: ['concurrency'],
    habits: () => {
      let first = { text: '', at: Number.NEGATIVE_INFINITY };
      return refusing(500, (body, vendor) => {
        const [text, at] = [canonicalText(body), vendor.kernel.now()];
        if (at - first.at >= vendor.habits.pace.answer) first = { text, at };
        return first.text !== text;
      });
    },
  }),

  faulty({
    name: 'characteristics-as-text',
    deviation: 'Keeps the values of characteristics as text, whatever they are.',
    clause: response,
    breaks: 'order-kept',
    habits: keeping((document) => ({
      ...document,
      serviceOrderItem: everyItem(document.serviceOrderItem, (item) => {
        const { serviceCharacteristic: own } = item.service;
        if (own === undefined) return item;
        const texts = own.map((characteristic) => ({ ...characteristic, value: textOf(characteristic.value) }));
        return { ...item, service: { ...item.service, serviceCharacteristic: texts } };
      }),
    })),
  }),
  faulty({
    name: 'grandchildren-lost',
    deviation: 'Keeps the items of an item, but not the items of those.',
    clause: response,
    breaks: 'order-kept',
    habits: keeping((document) => ({
      ...document,
      serviceOrderItem: document.serviceOrderItem.map(
        (item) =>
          item.serviceOrderItem === undefined
            ? item
            : {
                ...item,
                serviceOrderItem: item.serviceOrderItem.map((own) => lacking(own, 'serviceOrderItem') as Item),
              }, // nothing it must have
      ),
    })),
  }),
  faulty({
    name: 'text-in-wrong-encoding',
    deviation: 'Keeps letters beyond ASCII as if the UTF-8 that they came in were Latin-1.',
    clause: 'RFC 8259, section 8.1',
    breaks: 'order-kept',
    habits: keeping((document) => JSON.parse(misread(JSON.stringify(document)))),
  }),
  faulty({
    name: 'notes-lost-at-start',
    deviation: 'Loses notes and related parties when an order is begun.',
    clause: response,
    breaks: 'order-kept',
    differs: ['late'],
    habits: {
      stamped: (before, after, reason, vendor) => {
        const stamped = conformantHabits.stamped(before, after, reason, vendor);
        const isBegun = before.state === 'acknowledged' && after.state === 'inProgress';
        return isBegun ? (lacking(stamped, 'note', 'relatedParty') as OrderDocument) : stamped; // nothing it must have
      },
    },
  }),

  faulty({
    name: 'begun-before-the-answer',
    deviation: 'Begins an order before it answers the create: the 201 shows it in progress.',
    clause: initial,
    breaks: 'initial-state',
    habits: keeping((document, vendor) => firstState(document, vendor, 'inProgress')),
  }),
  faulty({
    name: 'created-rejected',
    deviation: 'Validates an order while it creates it, and creates it rejected when that fails.',
    clause: `${initial} (the old diagram had rejected too)`,
    breaks: 'initial-state',
    habits: keeping((document, vendor) => firstState(document, vendor, 'rejected')),
  }),
  faulty({
    name: 'dependent-items-held',
    deviation: 'Shows items that depend on others as held until those are done.',
    clause: initial,
    breaks: 'initial-state',
    habits: {
      shown: (document) => ({
        ...document,
        serviceOrderItem: everyItem(document.serviceOrderItem, (item) => {
          const isDependent = (item.serviceOrderItemRelationship ?? []).length > 0;
          return isDependent && item.state === 'acknowledged' ? { ...item, state: 'held' } : item;
        }),
      }),
    },
  }),

  faulty({
    name: 'state-of-client',
    deviation: 'Creates an order in the state that the client gives.',
    clause: owned,
    breaks: 'server-owned',
    habits: ignoringOwned((body, document) => ({ ...document, state: stateIn(body) ?? document.state })),
  }),
  faulty({
    name: 'nested-states-of-client',
    deviation: 'Ignores the states that a client gives, but not those of items that an item holds.',
    clause: owned,
    breaks: 'server-owned',
    habits: {
      ...ignoringOwned((body, document) => {
        const given = itemsAsked(body);
        const nested = new Set(document.serviceOrderItem.flatMap((item) => itemsAsked(item)).map(({ id }) => id));
        return {
          ...document,
          serviceOrderItem: everyItem(document.serviceOrderItem, (item) => {
            const state = nested.has(item.id) ? stateIn(given.find(({ id }) => id === item.id)) : undefined;
            return state === undefined ? item : { ...item, state };
          }),
        };
      }),
      mayMove: () => true,
    },
  }),
  faulty({
    name: 'completion-date-of-client',
    deviation: 'Ignores what is its own in a create, but takes completionDate from there when the order is completed.',
    clause: owned,
    breaks: 'server-owned',
    differs: ['late'],
    habits: () => {
      const given = new Map<string, string>();
      return {
        ...ignoringOwned((body, document) => {
          if (isObject(body) && typeof body.completionDate === 'string') given.set(document.id, body.completionDate);
          return document;
        }),
        stamped: (before, after, reason, vendor) => {
          const stamped = conformantHabits.stamped(before, after, reason, vendor);
          const completionDate = given.get(stamped.id);
          return stamped.completionDate === undefined || completionDate === undefined
            ? stamped
            : { ...stamped, completionDate };
        },
      };
    },
  }),
];

function refusing(
  status: 400 | 500,
  isUnwanted: (body: unknown, vendor: Vendor) => boolean,
): Pick<Habits, 'refusalOfCreate'> {
  const error =
    status === 400
      ? errorAnswer(400, '24', 'Invalid body field', 'This is not supported')
      : errorAnswer(500, '1', 'Internal error', 'Something went wrong');
  return {
    refusalOfCreate: (body, vendor) =>
      conformantHabits.refusalOfCreate(body, vendor) ?? (isUnwanted(body, vendor) ? error : undefined),
  };
}

/** What is kept of a new order. */
function keeping(change: (document: OrderDocument, vendor: Vendor) => OrderDocument): Pick<Habits, 'newOrder'> {
  return { newOrder: (body, id, vendor) => change(conformantHabits.newOrder(body, id, vendor), vendor) };
}

/** Takes a body with attributes of the server as if it had none, and then thinks again. */
function ignoringOwned(
  change: (body: unknown, document: OrderDocument) => OrderDocument,
): Pick<Habits, 'refusalOfCreate' | 'newOrder'> {
  return {
    refusalOfCreate: (body, vendor) => conformantHabits.refusalOfCreate(notOwned(body), vendor),
    newOrder: (body, id, vendor) => change(body, conformantHabits.newOrder(Object(notOwned(body)), id, vendor)),
  };
}

function notOwned(body: unknown): unknown {
  return isObject(body) ? stateless(lacking(body, ...ownedOfOrder)) : body;
}

function stateless(holder: Fields): Fields {
  const { serviceOrderItem: items } = holder;
  if (!Array.isArray(items)) return holder;
  const without = (item: unknown) => (isObject(item) ? stateless(lacking(item, 'state')) : item);
  return { ...holder, serviceOrderItem: items.map(without) };
}

function stateIn(body: unknown): State | undefined {
  const state = isObject(body) ? body.state : undefined;
  return typeof state === 'string' && Object.hasOwn(orderMoves, state) ? (state as State) : undefined; // one of them
}

/** The order after its first move, if that leads there. */
function firstState(document: OrderDocument, vendor: Vendor, wanted: State): OrderDocument {
  const { habits } = vendor;
  const move = habits.nextMove({ id: document.id, document, asked: '', resumed: new Set() }, vendor);
  const moved = move === undefined ? document : habits.moved(document, move, vendor);
  return moved.state === wanted ? moved : document;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function misread(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}

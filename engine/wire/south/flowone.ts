/** The dialect that FlowOne speaks (docs/decisions/0011): a flat list of items, upper-case actions, one state for the whole order. */
import type {
  CancelServiceOrder_Create,
  RelatedParty,
  Service,
  ServiceOrder,
  ServiceOrder_Create,
  ServiceOrder_Update,
  ServiceOrderItem,
  ServiceOrderItemRelationship,
} from '../../../contracts/schemas/flowone.generated.ts';
import { textOfInstant } from '../../../contracts/schemas/text.ts';
import type { ItemReport } from '../../model/inputs.ts';
import type { Json } from '../../model/json.ts';
import type { Party } from '../../model/order.ts';
import type { OutboundItem, OutboundPayload } from '../../model/payload.ts';
import type { WireWords } from '../../model/target.ts';
import { type Dialect, type ReadServiceOrder, reportOf } from './dialect.ts';

const states: { readonly [state: string]: ItemReport['state'] } = {
  acknowledged: 'pending',
  pending: 'pending',
  inProgress: 'pending',
  completed: 'fulfilled',
  rejected: 'error',
  failed: 'error',
  // Ended, and not with what was asked for: as in docs/decisions/0005.
  cancelled: 'error',
};

/** An action without a word is not sent: there is nothing for the other side to do. */
const notSent = '';

export const flowOne: Dialect = {
  api: 'FlowOne',
  takes: 'service',
  create: { method: 'POST', path: () => '/serviceorder', request: 'ServiceOrder_Create', render: renderCreate },
  revise: {
    method: 'PATCH',
    path: (id) => `/serviceorder/${encodeURIComponent(id)}`,
    request: 'ServiceOrder_Update',
    render: renderAmendment,
  },
  cancel: {
    path: (id) => `/cancelserviceorder/${encodeURIComponent(id)}`,
    request: 'CancelServiceOrder_Create',
    render: renderCancellation,
    answer: 'Success',
    read: () => ({ state: 'asked' }),
  },
  retrieve: { path: (id) => `/serviceorder/${encodeURIComponent(id)}` },
  hub: { path: '/hub', callback: '/callback/api/v1/event' },
  words: {
    states,
    actions: {
      add: 'CONNECT',
      change: 'MODIFY',
      delete: 'DISCONNECT',
      suspend: 'SUSPEND',
      resume: 'RESUME',
      'no-change': notSent,
    },
    falloutPhrase: 'has entered in fallout',
  },
  states: Object.keys(states),
  actions: 'upper-case letters, digits and _, for example CONNECT; none that begins with GET',
  isAction: (word) => /^(?!GET)[A-Z][A-Z0-9_]*$/.test(word),
  answerType: (operation) => (operation === 'retrieve' ? 'ServiceOrder' : 'Success'),
  read,
};

function renderCreate(payload: OutboundPayload, words: WireWords): ServiceOrder_Create {
  return { externalId: payload.requestId, ...headerOf(payload), serviceOrderItem: itemsOf(payload, words) };
}

function renderAmendment(payload: OutboundPayload, words: WireWords): ServiceOrder_Update {
  return { ...headerOf(payload), serviceOrderItem: itemsOf(payload, words) };
}

function renderCancellation(id: string, reason: string | undefined): CancelServiceOrder_Create {
  return reason === undefined ? { id } : { id, cancellationReason: reason };
}

function headerOf(payload: OutboundPayload): Omit<ServiceOrder_Update, 'serviceOrderItem'> {
  const { description, priority, requestedStartAt, requestedCompletionAt, parties } = payload;
  return {
    '@type': 'ServiceOrder',
    ...(description === undefined ? {} : { description }),
    ...(priority === undefined ? {} : { priority }),
    ...(requestedStartAt === undefined ? {} : { requestedStartDate: textOfInstant(requestedStartAt) }),
    ...(requestedCompletionAt === undefined ? {} : { requestedCompletionDate: textOfInstant(requestedCompletionAt) }),
    ...(parties.length === 0 ? {} : { relatedParty: parties.map(renderParty) }),
  };
}

function renderParty({ id, name, role }: Party): RelatedParty {
  return { id, ...(name === undefined ? {} : { name }), ...(role === undefined ? {} : { role }) };
}

/** Relations lead only to items that are sent. */
function itemsOf({ items }: OutboundPayload, words: WireWords): ServiceOrderItem[] {
  const sent = items.filter(({ action }) => words.actions[action] !== notSent);
  const ids = new Set(sent.map(({ serviceOrder }) => serviceOrder));
  return sent.map((item) => {
    const rendered: ServiceOrderItem = {
      id: item.serviceOrder,
      action: words.actions[item.action],
      quantity: String(item.quantity),
      service: renderService(item),
    };
    const relationships = relationshipsOf(item).filter(({ id }) => ids.has(String(id)));
    if (relationships.length > 0) rendered.serviceOrderItemRelationship = relationships;
    return rendered;
  });
}

function renderService({ specification, characteristics, inventory, place }: OutboundItem): Service {
  const { id, name, version, type } = specification;
  return {
    ...(inventory === undefined ? {} : { id: inventory }),
    name,
    serviceType: type,
    serviceCharacteristic: characteristics.map(({ name: called, valueType, value }) => ({
      name: called,
      value: textOfValue(value),
      ...(valueType === undefined ? {} : { valueType }),
    })),
    serviceSpecification: { id, name, version },
    // A place is told by its id, which its type requires: one that has none is not told.
    ...(place?.id === undefined ? {} : { place: [{ id: place.id, role: place.role }] }),
  };
}

/** Values are text here, whatever they are elsewhere. */
function textOfValue(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** A child names its parent; a parent does not name its children. */
function relationshipsOf({ parent, after }: OutboundItem): ServiceOrderItemRelationship[] {
  const hasParent = parent === undefined ? [] : [related('hasParent', parent)];
  return [...hasParent, ...after.map((before) => related('dependency', before))];
}

function related(relationshipType: string, id: string): ServiceOrderItemRelationship {
  return { relationshipType, id, orderItem: { itemId: id } };
}

/** The state of the order is that of every item (0011): of all that were asked for, or of those it shows where that is not known. */
function read(answer: unknown, words: WireWords, sent: readonly string[]): ReadServiceOrder {
  const { id, externalId, state = '', stateMessage, phaseNote, serviceOrderItem } = answer as Partial<ServiceOrder>; // checked by whoever asks
  const inFallout = state === 'inProgress' && mentions(phaseNote?.message, words.falloutPhrase);
  const said = inFallout ? 'error' : words.states[state];
  const message = said === 'error' ? (phaseNote?.message ?? stateMessage ?? undefined) : undefined;
  const items = sent.length > 0 ? sent : (serviceOrderItem ?? []).map((item) => String(item.id));
  return {
    ...(id === undefined ? {} : { externalOrderId: String(id) }),
    ...(externalId === undefined ? {} : { requestId: externalId }),
    reports: said === undefined ? [] : items.map((item) => reportOf(item, said, message)),
  };
}

function mentions(text: string | undefined, phrase: string): boolean {
  return text?.toLowerCase().includes(phrase.toLowerCase()) ?? false;
}

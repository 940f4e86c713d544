/** What TMF641, TMF652 and TMF697 have in common: orders of one family, each with items and words of its own. */
import { textOfInstant } from '../../../contracts/schemas/text.ts';
import type { Party, Place } from '../../model/order.ts';
import type { OutboundCharacteristic, OutboundPayload } from '../../model/payload.ts';
import type { WireWords } from '../../model/target.ts';
import { reportOfTmfState, tmfActionOf } from '../state-names.ts';
import type { Dialect, Notice, ReadCancellation, ReadServiceOrder } from './dialect.ts';

/** The states of TMF641 are those of its family, and what they say: the others publish the same words, or no lifecycle at all. */
export const tmfWords: WireWords = { states: reportOfTmfState, actions: tmfActionOf, falloutPhrase: '' };

export const tmfActions: readonly string[] = ['add', 'modify', 'delete', 'noChange'];

/** What one of them says by itself. */
export interface TmfOrders<Order, CancelTask> extends Pick<Dialect, 'api' | 'takes'> {
  readonly resource: 'ServiceOrder' | 'ResourceOrder' | 'WorkOrder';
  /** Where listeners of it are, below the address of a subscriber. */
  readonly base: string;
  readonly actions: readonly string[];
  render(payload: OutboundPayload, words: WireWords): object;
  /** As it is rendered anew, when absent. */
  renderRevision?(payload: OutboundPayload, words: WireWords): object;
  read(order: Order, words: WireWords): ReadServiceOrder;
  /** Why a cancel task was refused, where it has words for that. */
  refusedBecause?(task: CancelTask): string | undefined;
  /** What an event says besides, where it is told more than that something is missing. */
  noticeIn?(eventType: string, event: { readonly event?: unknown }): Notice | undefined;
}

export function tmfDialect<Order, CancelTask extends { readonly state?: string }>(
  of: TmfOrders<Order, CancelTask>,
): Dialect {
  const { api, takes, resource, base, actions, render, renderRevision = render, read } = of;
  const name = `${resource.charAt(0).toLowerCase()}${resource.slice(1)}`;
  const one = (id: string) => `/${name}/${encodeURIComponent(id)}`;
  return {
    api,
    takes,
    create: { method: 'POST', path: () => `/${name}`, request: `${resource}_Create`, render },
    revise: { method: 'PATCH', path: one, request: `${resource}_Update`, render: renderRevision },
    cancel: {
      path: () => `/cancel${resource}`,
      request: `Cancel${resource}_Create`,
      render: (id, reason) => ({
        [name]: { id, '@referredType': resource },
        ...(reason === undefined ? {} : { cancellationReason: reason }),
      }),
      answer: `Cancel${resource}`,
      read: (task) => readCancelTask(of, task as CancelTask), // checked by whoever asks
    },
    retrieve: { path: one },
    hub: { path: '/hub', callback: base },
    words: tmfWords,
    states: Object.keys(reportOfTmfState),
    actions: actions.join(', '),
    isAction: (word) => actions.includes(word),
    answerType: () => resource,
    read: (order, words) => read(order as Order, words), // checked by whoever asks
    noticeIn: (eventType, event) => {
      const told = event as { readonly fieldPath?: string; readonly event?: unknown }; // likewise
      if (eventType !== `${resource}InformationRequiredEvent`) return of.noticeIn?.(eventType, told);
      return { kind: 'informationRequired', text: told.fieldPath ?? 'it does not say which' };
    },
  };
}

/** A task that is done has canceled the order; the diagram has another end for one that has not. */
function readCancelTask<Order, CancelTask extends { readonly state?: string }>(
  { refusedBecause }: TmfOrders<Order, CancelTask>,
  task: CancelTask,
): ReadCancellation {
  if (task.state === 'done') return { state: 'done' };
  if (task.state !== 'terminatedWithError') return { state: 'asked' };
  return { state: 'refused', reason: refusedBecause?.(task) ?? 'it does not say why' };
}

interface WireHeader<Priority> {
  revision?: number;
  description?: string;
  priority?: Priority;
  requestedStartDate?: string;
  requestedCompletionDate?: string;
}

/** None of them knows revisions, and all let pass what they do not know. @param priority in the words of the API. */
export function headerOf<Priority>(payload: OutboundPayload, priority: Priority | undefined): WireHeader<Priority> {
  const { revision, description, requestedStartAt, requestedCompletionAt } = payload;
  const header: WireHeader<Priority> = {};
  if (revision > 1) header.revision = revision;
  if (description !== undefined) header.description = description;
  if (priority !== undefined) header.priority = priority;
  if (requestedStartAt !== undefined) header.requestedStartDate = textOfInstant(requestedStartAt);
  if (requestedCompletionAt !== undefined) header.requestedCompletionDate = textOfInstant(requestedCompletionAt);
  return header;
}

/** As the generated types have them, which let pass whatever else is said: aliases, since interfaces do not fit those. */
type WireParty = {
  id: string;
  '@referredType': string;
  name?: string;
  role?: string;
};

export function renderParty({ id, name, role, referredType }: Party): WireParty {
  const party: WireParty = { id, '@referredType': referredType };
  if (name !== undefined) party.name = name;
  if (role !== undefined) party.role = role;
  return party;
}

type WirePlace = {
  role: string;
  id?: string;
  name?: string;
  '@referredType'?: string;
};

export function renderPlace({ id, name, role, referredType }: Place): WirePlace {
  const place: WirePlace = { role };
  if (id !== undefined) place.id = id;
  if (name !== undefined) place.name = name;
  if (referredType !== undefined) place['@referredType'] = referredType;
  return place;
}

type WireCharacteristic = {
  name: string;
  valueType?: string;
  value: OutboundCharacteristic['value'];
  previousValue?: OutboundCharacteristic['value'];
};

export function renderCharacteristic({ name, valueType, value, previousValue }: OutboundCharacteristic) {
  const characteristic: WireCharacteristic = valueType === undefined ? { name, value } : { name, valueType, value };
  if (previousValue !== undefined) characteristic.previousValue = previousValue;
  return characteristic;
}

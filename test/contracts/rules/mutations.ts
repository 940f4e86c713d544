/** Changes to the trace of a legal vendor, one at a time, each of which breaks one rule. */
import type { Trace, TracedExchange } from '../../../contracts/records/trace.ts';
import { hasEnded } from './legal/life.ts';

export interface Mutation {
  readonly what: string;
  readonly rule: string;
  /** Gives nothing where the trace has no place for it. */
  readonly mutate: (trace: Trace) => Trace | undefined;
}

// biome-ignore lint/suspicious/noExplicitAny: bodies are changed freely here
type Body = any;

interface Shown {
  readonly exchange: TracedExchange;
  readonly body: Body;
}

const bodyText = (exchange: TracedExchange) =>
  exchange.from === 'vendor'
    ? exchange.request.body?.text
    : 'status' in exchange.outcome
      ? exchange.outcome.body?.text
      : undefined;

function shownIn(trace: Trace, wanted: (exchange: TracedExchange) => boolean): Shown[] {
  return trace.exchanges
    .filter(wanted)
    .map((exchange) => ({ exchange, body: JSON.parse(bodyText(exchange) ?? 'null') }));
}

const status = ({ outcome }: TracedExchange) => ('status' in outcome ? outcome.status : 0);
const isCreate = (each: TracedExchange) =>
  each.request.method === 'POST' && each.request.path.endsWith('/serviceOrder') && status(each) === 201;
const isLook = (each: TracedExchange) =>
  each.request.method === 'GET' && /\/serviceOrder\/[^/?]+$/.test(each.request.path) && status(each) === 200;
const isTaskLook = (each: TracedExchange) =>
  each.request.method === 'GET' && /\/cancelServiceOrder\/[^/?]+$/.test(each.request.path) && status(each) === 200;
const isTaskCreate = (each: TracedExchange) =>
  each.request.path.endsWith('/cancelServiceOrder') && status(each) === 201;
const isList = (each: TracedExchange) =>
  each.request.method === 'GET' && /\/serviceOrder(?:\?|$)/.test(each.request.path) && status(each) < 300;
const isHeard = (each: TracedExchange) => each.from === 'vendor' && each.request.path.startsWith('/events/watch');
const isError = (each: TracedExchange) => each.from === 'verifier' && status(each) >= 400 && status(each) !== 503;
const isStep = (step: string) => (each: TracedExchange) => each.aim?.experiment === 'queries' && each.aim.step === step;

/** What was said in place of what was. */
function replaced(trace: Trace, exchange: TracedExchange, changed: TracedExchange | undefined): Trace {
  return {
    ...trace,
    exchanges: trace.exchanges.flatMap((each) => (each === exchange ? (changed ?? []) : each)),
  };
}

function withBody(trace: Trace, { exchange, body }: Shown, change: (body: Body) => void): Trace {
  const copy = structuredClone(body);
  change(copy);
  const text = JSON.stringify(copy);
  const changed =
    exchange.from === 'vendor'
      ? { ...exchange, request: { ...exchange.request, body: { text } } }
      : { ...exchange, outcome: { ...exchange.outcome, body: { text } } };
  return replaced(trace, exchange, changed as TracedExchange); // as it was, but for the text
}

function withHeader(trace: Trace, exchange: TracedExchange, name: string, value: string | undefined): Trace {
  if (!('headers' in exchange.outcome)) return trace;
  const { [name]: _old, ...others } = exchange.outcome.headers;
  const headers = value === undefined ? others : { ...others, [name]: value };
  return replaced(trace, exchange, { ...exchange, outcome: { ...exchange.outcome, headers } });
}

/** The same again, right after it. */
function repeated(trace: Trace, { exchange, body }: Shown, change: (body: Body) => void, laterMs = 0): Trace {
  const copy = structuredClone(body);
  change(copy);
  const last = laterMs === 0 ? exchange : (trace.exchanges.at(-1) ?? exchange);
  const again: TracedExchange = {
    ...exchange,
    id: `${exchange.id}-again`,
    sentAt: last.endedAt + laterMs,
    endedAt: last.endedAt + laterMs,
    sentOrder: laterMs === 0 ? exchange.endedOrder + 0.1 : 1_000_000,
    endedOrder: laterMs === 0 ? exchange.endedOrder + 0.2 : 1_000_001,
    request: { ...exchange.request, body: { text: JSON.stringify(copy) } },
  };
  const exchanges = [...trace.exchanges, again].toSorted((one, other) => one.sentOrder - other.sentOrder);
  return { ...trace, exchanges };
}

/** Changes the body of the first that fits. */
function inBody(
  wanted: (exchange: TracedExchange) => boolean,
  fits: (body: Body, shown: Shown, trace: Trace) => boolean,
  change: (body: Body) => void,
): Mutation['mutate'] {
  return (trace) => {
    const found = shownIn(trace, wanted).find((shown) => fits(shown.body, shown, trace));
    return found === undefined ? undefined : withBody(trace, found, change);
  };
}

const always = () => true;
const stateOf = (body: Body): string => body.event?.serviceOrder?.state ?? body.state;
const orderOf = (body: Body): string | undefined => body.event?.serviceOrder?.id;
const isStateChange = (body: Body) => body.eventType === 'ServiceOrderStateChangeEvent';

/** Looks at the same order, of which one was over before the other began and no third came to an end in between. */
function neighbours(trace: Trace): [earlier: Shown, later: Shown][] {
  const looks = shownIn(trace, (each) => isLook(each) || isCreate(each));
  return looks.flatMap((later): [Shown, Shown][] => {
    const before = looks
      .filter(({ exchange, body }) => body.id === later.body.id && exchange.endedOrder < later.exchange.sentOrder)
      .toSorted((one, other) => one.exchange.endedOrder - other.exchange.endedOrder)
      .at(-1);
    return before === undefined ? [] : [[before, later]];
  });
}

function isCancelled(trace: Trace, order: string): boolean {
  return shownIn(trace, isTaskCreate).some(({ body }) => body.serviceOrder.id === order);
}

/** Changes the later of two looks. */
function afterLook(
  fits: (earlier: Body, later: Body, trace: Trace) => boolean,
  change: (later: Body, earlier: Body) => void,
): Mutation['mutate'] {
  return (trace) => {
    const pair = neighbours(trace).find(([earlier, later]) => fits(earlier.body, later.body, trace));
    return pair === undefined ? undefined : withBody(trace, pair[1], (body) => change(body, pair[0].body));
  };
}

function leaf(body: Body): Body {
  let item = body.serviceOrderItem[0];
  while (item.serviceOrderItem !== undefined) item = item.serviceOrderItem[0];
  return item;
}

/** Every delivery of what the watch heard of that kind. */
function withoutEvents(trace: Trace, isIt: (body: Body) => boolean): Trace {
  const lost = new Set(
    shownIn(trace, isHeard)
      .filter(({ body }) => isIt(body))
      .map(({ exchange }) => exchange),
  );
  return { ...trace, exchanges: trace.exchanges.filter((each) => !lost.has(each)) };
}

/** Events of one order that came one after the other, each for the first time. */
function successive(trace: Trace): [Shown, Shown] | undefined {
  const known = new Set<string>();
  const first = shownIn(trace, isHeard).filter(({ body }) => {
    const isNew = !known.has(body.eventId) && isStateChange(body);
    known.add(body.eventId);
    return isNew;
  });
  for (const one of first) {
    const other = first.find(
      ({ body, exchange }) => orderOf(body) === orderOf(one.body) && exchange.sentOrder > one.exchange.sentOrder,
    );
    const isLater = other !== undefined && other.body.eventTime > one.body.eventTime;
    if (other !== undefined && isLater && status(one.exchange) < 300 && status(other.exchange) < 300)
      return [one, other];
  }
  return undefined;
}

export const mutations: readonly Mutation[] = [
  {
    what: 'the announcement of a new order is lost',
    rule: 'change-announced',
    mutate: (trace) => {
      const [created] = shownIn(trace, (each) => isHeard(each) && /CreateEvent/.test(bodyText(each) ?? ''));
      return created && withoutEvents(trace, (body) => body.eventId === created.body.eventId);
    },
  },
  {
    what: 'the announcement of a state that a look shows is lost',
    rule: 'change-announced',
    mutate: (trace) => {
      const seen = shownIn(trace, isLook).find(
        ({ body }) =>
          body.state !== 'acknowledged' &&
          shownIn(trace, isHeard).some((event) => isStateChange(event.body) && orderOf(event.body) === body.id),
      );
      if (seen === undefined) return undefined;
      const { id, state } = seen.body;
      return withoutEvents(trace, (body) => isStateChange(body) && orderOf(body) === id && stateOf(body) === state);
    },
  },
  {
    what: 'two changes are announced the wrong way round',
    rule: 'event-order',
    mutate: (trace) => {
      const pair = successive(trace);
      if (pair === undefined) return undefined;
      const [one, other] = pair;
      const ids = [one.body.eventId, other.body.eventId];
      const others = (each: TracedExchange) => each === one.exchange || each === other.exchange || !isHeard(each);
      // Without repeats, which would come in the old order.
      const single = {
        ...trace,
        exchanges: trace.exchanges.filter(
          (each) => others(each) || !ids.includes(JSON.parse(bodyText(each) ?? 'null')?.eventId),
        ),
      };
      const half = withBody(single, one, (body) => Object.assign(body, other.body));
      return withBody(half, other, (body) => Object.assign(body, one.body));
    },
  },
  {
    what: 'a change is announced again under a new eventId',
    rule: 'event-once',
    mutate: (trace) => {
      const found = shownIn(trace, isHeard).find(({ body, exchange }) => isStateChange(body) && status(exchange) < 300);
      return found && repeated(trace, found, (body) => Object.assign(body, { eventId: 'a-new-id' }));
    },
  },
  {
    what: 'two events have one eventId',
    rule: 'event-ids-unique',
    mutate: (trace) => {
      const pair = successive(trace);
      return pair && withBody(trace, pair[1], (body) => Object.assign(body, { eventId: pair[0].body.eventId }));
    },
  },
  {
    what: 'the end of an order is announced as another end than a look shows after it',
    rule: 'event-agrees',
    mutate: inBody(
      isHeard,
      (body, { exchange }, trace) =>
        isStateChange(body) &&
        stateOf(body) === 'completed' &&
        shownIn(trace, isLook).some(
          (seen) => seen.body.id === orderOf(body) && seen.exchange.sentOrder > exchange.endedOrder,
        ),
      (body) => Object.assign(body.event.serviceOrder, { state: 'partial' }),
    ),
  },
  {
    what: 'an order goes on after its end was announced',
    rule: 'event-after-terminal',
    mutate: (trace) => {
      const end = shownIn(trace, isHeard).find(({ body }) => isStateChange(body) && hasEnded(stateOf(body)));
      return (
        end &&
        repeated(
          trace,
          end,
          (body) => {
            body.eventId = 'a-late-one';
            body.eventTime = new Date(Date.parse(body.eventTime) + 60_000).toISOString();
            body.event.serviceOrder.state = 'inProgress';
          },
          10,
        )
      );
    },
  },
  {
    what: 'an event has no eventTime',
    rule: 'event-schema',
    mutate: inBody(isHeard, always, (body) => delete body.eventTime),
  },
  {
    what: 'an eventType is none that there is',
    rule: 'event-schema',
    mutate: inBody(isHeard, always, (body) => Object.assign(body, { eventType: 'OrderChanged' })),
  },
  {
    what: 'an event carries an order without its id',
    rule: 'event-schema',
    mutate: inBody(isHeard, isStateChange, (body) => delete body.event.serviceOrder.id),
  },
  {
    what: 'an event comes to the listener of another type',
    rule: 'listener-address',
    mutate: (trace) => {
      const found = trace.exchanges.find(isHeard);
      const path = '/events/watch/listener/serviceOrderDeleteEvent';
      return found && replaced(trace, found, { ...found, request: { ...found.request, path } });
    },
  },
  {
    what: 'an event comes as text',
    rule: 'listener-address',
    mutate: (trace) => {
      const found = trace.exchanges.find(isHeard);
      const headers = { 'content-type': 'text/plain' };
      return found && replaced(trace, found, { ...found, request: { ...found.request, headers } });
    },
  },
  {
    what: 'a listener that has left hears more',
    rule: 'silence-after-unsubscribe',
    mutate: (trace) => {
      const left = trace.exchanges.find(({ request }) => request.method === 'DELETE');
      const name = /hub-(other-\d)-/.exec(left?.request.path ?? '')?.[1];
      const found = shownIn(trace, (each) => each.request.path.startsWith(`/events/${name}`))[0];
      return found && repeated(trace, found, () => undefined, 2_000);
    },
  },
  {
    what: 'an order that has ended is in progress again',
    rule: 'terminal-is-final',
    mutate: afterLook(
      (earlier) => hasEnded(earlier.state),
      (later) => Object.assign(later, { state: 'inProgress' }),
    ),
  },
  {
    what: 'the completionDate of an order that has ended is another one',
    rule: 'terminal-is-final',
    mutate: afterLook(
      (earlier, later) => hasEnded(earlier.state) && later.completionDate !== undefined,
      (later) => Object.assign(later, { completionDate: new Date(Date.parse(later.completionDate) + 1).toISOString() }),
    ),
  },
  {
    what: 'an order that was begun is acknowledged again',
    rule: 'order-transitions',
    mutate: afterLook(
      (earlier, later, trace) =>
        !hasEnded(earlier.state) && earlier.state !== 'acknowledged' && !isCancelled(trace, later.id),
      (later) => Object.assign(later, { state: 'acknowledged' }),
    ),
  },
  {
    what: 'an order is assessed that nobody cancels',
    rule: 'order-transitions',
    mutate: afterLook(
      (earlier, later, trace) => !hasEnded(earlier.state) && !isCancelled(trace, later.id),
      (later) => Object.assign(later, { state: 'assessingCancellation' }),
    ),
  },
  {
    what: 'an item that was completed is in progress again',
    rule: 'item-transitions',
    mutate: afterLook(
      (earlier, later) => !hasEnded(later.state) && leaf(earlier).state === 'completed',
      (later) => Object.assign(leaf(later), { state: 'inProgress' }),
    ),
  },
  {
    what: 'an order is completed, and an item of it has failed',
    rule: 'order-item-coherence',
    mutate: inBody(
      isLook,
      (body) => body.state === 'completed',
      (body) => Object.assign(leaf(body), { state: 'failed' }),
    ),
  },
  {
    what: 'an order is acknowledged, and an item of it in progress',
    rule: 'order-item-coherence',
    mutate: inBody(
      isLook,
      (body) => body.state === 'acknowledged',
      (body) => Object.assign(leaf(body), { state: 'inProgress' }),
    ),
  },
  {
    what: 'a legal order is answered 500',
    rule: 'legal-order-accepted',
    mutate: (trace) => {
      const found = trace.exchanges.find((each) => isCreate(each) && each.aim !== undefined);
      const text = JSON.stringify({ code: '1', reason: 'broken' });
      const changed = found && { ...found, outcome: { ...found.outcome, status: 500, body: { text } } };
      return found && replaced(trace, found, changed as TracedExchange); // as it was, but for status and text
    },
  },
  {
    what: 'a new order is in progress',
    rule: 'initial-state',
    mutate: inBody(isCreate, always, (body) => Object.assign(body, { state: 'inProgress' })),
  },
  {
    what: 'an item of a new order is pending',
    rule: 'initial-state',
    mutate: inBody(isCreate, always, (body) => Object.assign(leaf(body), { state: 'pending' })),
  },
  {
    what: 'the externalId is lost',
    rule: 'order-kept',
    mutate: inBody(isLook, always, (body) => delete body.externalId),
  },
  {
    what: 'a characteristic has another value',
    rule: 'order-kept',
    mutate: inBody(isLook, always, (body) => Object.assign(leaf(body).service.serviceCharacteristic[0], { value: 1 })),
  },
  {
    what: 'an item was added that nobody ordered',
    rule: 'order-kept',
    mutate: inBody(isLook, always, (body) => body.serviceOrderItem.push({ ...leaf(body), id: '99' })),
  },
  {
    what: 'startDate comes before orderDate',
    rule: 'dates-in-order',
    mutate: inBody(
      isLook,
      (body) => body.startDate !== undefined,
      (body) => Object.assign(body, { startDate: '2020-01-01T00:00:00.000Z' }),
    ),
  },
  {
    what: 'orderDate changes',
    rule: 'dates-in-order',
    mutate: inBody(isLook, always, (body) =>
      Object.assign(body, { orderDate: new Date(Date.parse(body.orderDate) - 1).toISOString() }),
    ),
  },
  {
    what: 'a date has no zone',
    rule: 'dates-well-formed',
    mutate: inBody(isLook, always, (body) => Object.assign(body, { orderDate: body.orderDate.replace('Z', '') })),
  },
  {
    what: 'a completed order has no completionDate',
    rule: 'state-facts',
    mutate: inBody(
      isLook,
      (body) => body.state === 'completed',
      (body) => delete body.completionDate,
    ),
  },
  {
    what: 'a cancelled order has no cancellationDate',
    rule: 'state-facts',
    mutate: inBody(
      isLook,
      (body) => body.state === 'cancelled',
      (body) => delete body.cancellationDate,
    ),
  },
  {
    what: 'a failed order does not say why',
    rule: 'state-facts',
    mutate: inBody(
      isLook,
      (body) => body.state === 'failed' || body.state === 'rejected',
      (body) => delete body.errorMessage,
    ),
  },
  {
    what: 'an order is shown without href',
    rule: 'mandatory-attributes',
    mutate: inBody(isLook, always, (body) => delete body.href),
  },
  {
    what: 'an item is shown without its state',
    rule: 'mandatory-attributes',
    mutate: inBody(isLook, always, (body) => delete leaf(body).state),
  },
  {
    what: 'a cancel task is shown without its order',
    rule: 'mandatory-attributes',
    mutate: inBody(isTaskLook, always, (body) => delete body.serviceOrder),
  },
  {
    what: 'a state is none that there is',
    rule: 'response-schema',
    mutate: inBody(isLook, always, (body) => Object.assign(body, { state: 'Completed' })),
  },
  {
    what: 'a list is no array',
    rule: 'response-schema',
    mutate: (trace) => {
      const [found] = shownIn(trace, isList);
      if (found === undefined) return undefined;
      const text = JSON.stringify({ items: found.body });
      const changed = { ...found.exchange, outcome: { ...found.exchange.outcome, body: { text } } };
      return replaced(trace, found.exchange, changed as TracedExchange); // as it was, but for the text
    },
  },
  {
    what: 'an error has no code',
    rule: 'error-body',
    mutate: inBody(isError, always, (body) => delete body.code),
  },
  {
    what: 'an error says another status than it has',
    rule: 'error-body',
    mutate: inBody(isError, always, (body) => Object.assign(body, { status: '200' })),
  },
  {
    what: 'an order is said to be text',
    rule: 'media-type',
    mutate: (trace) => {
      const found = trace.exchanges.find(isLook);
      return found && withHeader(trace, found, 'content-type', 'text/plain');
    },
  },
  {
    what: 'a look is answered 299',
    rule: 'status-documented',
    mutate: (trace) => {
      const found = trace.exchanges.find(isLook);
      const changed = found && { ...found, outcome: { ...found.outcome, status: 299 } };
      return found && replaced(trace, found, changed as TracedExchange); // as it was, but for the status
    },
  },
  {
    what: 'a look is not answered',
    rule: 'answers-in-time',
    mutate: (trace) => {
      const found = trace.exchanges.find(isLook);
      return found && replaced(trace, found, { ...found, outcome: { kind: 'timeout' } });
    },
  },
  {
    what: 'a create is answered without Location',
    rule: 'location-header',
    mutate: (trace) => {
      const found = trace.exchanges.find(isCreate);
      return found && withHeader(trace, found, 'location', undefined);
    },
  },
  {
    what: 'a busy vendor does not say for how long',
    rule: 'retry-after',
    mutate: (trace) => {
      const found = trace.exchanges.find((each) => each.from === 'verifier' && status(each) === 503);
      return found && withHeader(trace, found, 'retry-after', undefined);
    },
  },
  {
    what: 'X-Total-Count is missing',
    rule: 'result-counts',
    mutate: (trace) => {
      const found = trace.exchanges.find(isList);
      return found && withHeader(trace, found, 'x-total-count', undefined);
    },
  },
  {
    what: 'X-Total-Count of a page is the number on the page',
    rule: 'result-counts',
    mutate: (trace) => {
      const found = trace.exchanges.find((each) => isStep('limit')(each) && status(each) === 206);
      const shown = found && JSON.parse(bodyText(found) ?? '[]').length;
      return found && withHeader(trace, found, 'x-total-count', String(shown));
    },
  },
  {
    what: 'X-Result-Count is one more than is shown',
    rule: 'result-counts',
    mutate: (trace) => {
      const [found] = shownIn(trace, isList);
      return found && withHeader(trace, found.exchange, 'x-result-count', String(found.body.length + 1));
    },
  },
  {
    what: 'an order is on two pages',
    rule: 'paging-law',
    mutate: (trace) => {
      const [one, other] = shownIn(trace, isStep('limit')).filter(({ body }) => body.length > 0);
      return other && withBody(trace, other, (body) => body.splice(0, 1, one?.body[0]));
    },
  },
  {
    what: 'a page is too long',
    rule: 'paging-law',
    mutate: inBody(
      isStep('limit'),
      (body) => body.length > 0,
      (body) => body.push(...body, ...body, ...body),
    ),
  },
  {
    what: 'an order is missing in the list',
    rule: 'list-complete',
    mutate: (trace) => {
      const [lost] = shownIn(trace, isCreate);
      const isIn = (each: TracedExchange) => each.aim?.experiment === 'queries';
      return (
        lost &&
        shownIn(trace, isIn).reduce<Trace | undefined>((changed, shown) => {
          const at = shown.body.findIndex(({ id }: { id: string }) => id === lost.body.id);
          if (at === -1) return changed;
          const now = withBody(changed ?? trace, shown, (body) => body.splice(at, 1));
          const latest = now.exchanges.find(({ id }) => id === shown.exchange.id) ?? shown.exchange;
          return withHeader(now, latest, 'x-total-count', String(shown.body.length - 1));
        }, undefined)
      );
    },
  },
  {
    what: 'a list shows an order that has ended as it was before',
    rule: 'list-complete',
    mutate: (trace) =>
      inBody(
        isStep('whole'),
        (body) => body.some((order: Body) => endedBefore(trace, order)),
        (body) =>
          Object.assign(
            body.find((order: Body) => endedBefore(trace, order)),
            { state: 'inProgress' },
          ),
      )(trace),
  },
  {
    what: 'a filtered list shows what does not match',
    rule: 'filter-semantics',
    mutate: inBody(
      isStep('filter-state'),
      (body) => body.length > 0,
      (body) => Object.assign(body[0], { state: 'held' }),
    ),
  },
  {
    what: 'a filtered list leaves out what matches',
    rule: 'filter-semantics',
    mutate: (trace) => {
      const found = shownIn(trace, isStep('filter-externalId')).find(({ body }) => body.length === 1);
      if (found === undefined) return undefined;
      const changed = withBody(trace, found, (body) => body.pop());
      const latest = changed.exchanges.find(({ id }) => id === found.exchange.id) ?? found.exchange;
      return withHeader(withHeader(changed, latest, 'x-total-count', '0'), latest, 'x-total-count', '0');
    },
  },
  {
    what: 'a selection shows more than was asked for',
    rule: 'fields-selection',
    mutate: inBody(
      isStep('fields-two'),
      (body) => body.length > 0,
      (body) => Object.assign(body[0], { state: 'held' }),
    ),
  },
  {
    what: 'a sorted list is not sorted',
    rule: 'sort-order',
    mutate: inBody(
      isStep('sort-down'),
      (body) => new Set(body.map(({ orderDate }: Body) => orderDate)).size > 1,
      (body) => body.reverse(),
    ),
  },
  {
    what: 'a new cancel task is in progress',
    rule: 'cancel-initial-state',
    mutate: inBody(isTaskCreate, always, (body) => Object.assign(body, { state: 'inProgress' })),
  },
  {
    what: 'a cancel task that was done is in progress again',
    rule: 'cancel-task-life',
    mutate: (trace) => {
      const looks = shownIn(trace, isTaskLook);
      const ended = looks.find(({ body }) => body.state === 'done');
      const later = looks.find(
        ({ body, exchange }) => body.id === ended?.body.id && exchange.sentOrder > (ended?.exchange.endedOrder ?? 0),
      );
      return later && withBody(trace, later, (body) => Object.assign(body, { state: 'inProgress' }));
    },
  },
  {
    what: 'the reason of a cancel is lost',
    rule: 'cancel-task-life',
    mutate: inBody(isTaskLook, always, (body) => delete body.cancellationReason),
  },
  {
    what: 'a cancel that was denied does not say so',
    rule: 'cancel-outcome',
    mutate: (trace) =>
      inBody(
        isTaskLook,
        (body, { exchange }) =>
          body.state === 'done' &&
          body.completionMessage !== undefined &&
          isLastTaskLook(trace, exchange) &&
          ['completed', 'partial', 'failed'].includes(lastLook(trace, body.serviceOrder.id) ?? ''),
        (body) => delete body.completionMessage,
      )(trace),
  },
  {
    what: 'a subscription has lost its callback',
    rule: 'hub-registration',
    mutate: inBody(
      (each) => each.request.path.endsWith('/hub'),
      always,
      (body) => delete body.callback,
    ),
  },
  {
    what: 'a patch is answered without what was patched',
    rule: 'patch-applied',
    mutate: inBody(
      (each) => each.request.method === 'PATCH' && status(each) === 200,
      always,
      (body) => Object.assign(body, { description: 'as it was' }),
    ),
  },
  {
    what: 'a patch is not announced',
    rule: 'attribute-change-announced',
    mutate: (trace) => {
      const patch = trace.exchanges.find((each) => each.request.method === 'PATCH' && status(each) === 200);
      const isIt = (body: Body) => body.eventType === 'ServiceOrderAttributeValueChangeEvent';
      if (patch === undefined || !trace.exchanges.some(isHeard)) return undefined;
      return withoutEvents(trace, isIt);
    },
  },
];

function endedBefore(trace: Trace, { id }: Body): boolean {
  const [whole] = trace.exchanges.filter(isStep('whole'));
  return shownIn(trace, isLook).some(
    ({ body, exchange }) => body.id === id && hasEnded(body.state) && exchange.endedOrder < (whole?.sentOrder ?? 0),
  );
}

function isLastTaskLook(trace: Trace, exchange: TracedExchange): boolean {
  return trace.exchanges.findLast((each) => each.request.path === exchange.request.path) === exchange;
}

function lastLook(trace: Trace, order: string): string | undefined {
  return shownIn(trace, isLook).findLast(({ body }) => body.id === order)?.body.state;
}

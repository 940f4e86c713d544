/** In which state the provider has to be for a recorded decision to come out again: in words, with what it takes. */
import { answeredJson, askedBelow, saidObject, saidObjects, saidText, sentJson } from '../records/said.ts';
import type { Trace, TracedExchange } from '../records/trace.ts';
import type { Announcement, Decision } from './decisions.ts';

export interface ProviderState {
  readonly name: string;
  readonly params?: { readonly [name: string]: unknown };
}

/** The ids that a state brings with it: `pact verify` and state handlers give them by these names. */
export type StateId = 'orderId' | 'subscriptionId' | 'cancelId';

export interface Needed {
  readonly state: ProviderState;
  /** Which id the request has to name. */
  readonly id?: StateId;
}

/** The words, in one place: whoever brings the states about goes by them. */
export const stateNames = {
  takes: 'it takes orders',
  order: 'there is an order',
  noOrder: 'there is no such order',
  placedBefore: 'this order was placed before',
  cancel: 'there is a cancel task',
  nobody: 'nobody has subscribed',
  subscription: 'there is a subscription',
  noSubscription: 'there is no such subscription',
} as const;

export function neededFor(decision: Decision, trace: Trace): Needed {
  const { operation, status, exchanges } = decision;
  const [exchange] = exchanges;
  const isWell = status < 300;
  const id = idIn(exchange, trace);
  const states = [...new Set(exchanges.flatMap((each) => statesIn(answeredJson(each))))].toSorted();
  const order = orderParams(trace, id ?? saidText(saidObjects(answeredJson(exchange))[0]?.id), states);
  switch (operation) {
    case 'createServiceOrder':
      return { state: creating(decision, exchange) };
    case 'registerListener':
      return { state: subscribing(status, exchange) };
    case 'unregisterListener':
      if (!isWell) return { state: { name: stateNames.noSubscription } };
      return { state: { name: stateNames.subscription }, id: 'subscriptionId' };
    case 'retrieveCancelServiceOrder':
      return isWell ? { state: { name: stateNames.cancel }, id: 'cancelId' } : { state: { name: stateNames.noOrder } };
    case 'listCancelServiceOrder':
      return { state: { name: decision.isFilled ? stateNames.cancel : stateNames.noOrder } };
    case 'listServiceOrder':
      return { state: decision.isFilled ? { name: stateNames.order, ...order } : { name: stateNames.noOrder } };
  }
  if (status === 404) return { state: { name: stateNames.noOrder } };
  const name = isWell ? stateNames.order : `${stateNames.order}, and it answers ${operation} with ${status}`;
  return { state: { name, ...order }, id: 'orderId' };
}

export function neededForEvent({ path, state, exchanges: [exchange] }: Announcement, trace: Trace): ProviderState {
  const { serviceOrder, cancelServiceOrder } = saidObject(saidObject(sentJson(exchange)).event);
  const what = cancelServiceOrder === undefined ? 'an order' : 'a cancel task';
  const { params = {} } = orderParams(trace, saidText(saidObject(serviceOrder).id), []);
  const name = state === undefined ? `it has something to tell of ${what}` : `it has ${what} that is ${state}`;
  return { name, params: { ...params, path, ...(state === undefined ? {} : { state }) } };
}

function creating({ status, state }: Decision, exchange: TracedExchange): ProviderState {
  if (status < 300) {
    return {
      name: state === undefined || state === 'acknowledged' ? stateNames.takes : `it answers orders as ${state}`,
    };
  }
  if (status === 409) return { name: stateNames.placedBefore, params: { order: sentJson(exchange) } };
  const isAboutIt = status < 500 && status !== 429 && status !== 408;
  return { name: isAboutIt ? `it refuses this order with ${status}` : `it answers orders with ${status}` };
}

function subscribing(status: number, exchange: TracedExchange): ProviderState {
  const { callback } = saidObject(sentJson(exchange));
  if (status < 300) return { name: stateNames.nobody, params: { callback } };
  if (status === 409) return { name: stateNames.subscription, params: { callback } };
  return { name: `it refuses this registration with ${status}` };
}

/** How the order came to be, so that another like it can be made, and the states that it may be in. */
function orderParams(trace: Trace, id: string | undefined, states: readonly string[]): Pick<ProviderState, 'params'> {
  const created = trace.exchanges.find(
    (exchange) =>
      askedBelow(trace, exchange)?.path === '/serviceOrder' &&
      exchange.request.method === 'POST' &&
      id !== undefined &&
      saidObject(answeredJson(exchange)).id === id,
  );
  if (created === undefined) return {};
  return { params: { order: sentJson(created), ...(states.length === 0 ? {} : { states }) } };
}

/** Of the resource that a request names, in its path or its body. */
function idIn(exchange: TracedExchange, trace: Trace): string | undefined {
  const last = askedBelow(trace, exchange)?.path.split('/')[2];
  if (last === undefined) return saidText(saidObject(saidObject(sentJson(exchange)).serviceOrder).id);
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}

function statesIn(answered: unknown): string[] {
  const orders = Array.isArray(answered) ? saidObjects(answered) : [saidObject(answered)];
  return orders.flatMap(({ state }) => saidText(state) ?? []);
}

/** The API at `/mock/v1` by which a simulated party is steered and looked into; no part of what it simulates. */
import type { Order } from '../../contracts/schemas/mock-api.generated.ts';
import { textOfInstant } from '../../contracts/schemas/text.ts';
import { type ErrorAnswer, errorAnswer, errorOfFindings } from '../../contracts/schemas/tmf-error.ts';
import type { Answer, Endpoint } from '../../exchange/endpoint.ts';
import type { Route, RoutedRequest } from '../../exchange/router.ts';
import { refusal } from '../answers.ts';
import type { Som } from '../som.ts';
import type { SomOrder } from '../som-order.ts';
import { readSomScript } from '../som-script.ts';
import { adminEndpointOf, type LookedInto, listed, shown } from './admin-routes.ts';
import { fire } from './firing.ts';

/** The party behind the API, with what only whoever stands around it has. */
export interface Steered extends LookedInto {
  readonly som: Som;
  /** As it was written. */
  script: unknown;
}

export function adminEndpoint(steered: Steered): Endpoint {
  const { som } = steered;
  const ofOrder = (does: (order: SomOrder, request: RoutedRequest) => Answer) => (request: RoutedRequest) => {
    const order = som.findOrder(request.params.id ?? '');
    if (order !== undefined) return does(order, request);
    return refusal(
      errorAnswer(404, '60', 'Resource not found', `No order has the id or externalId ${request.params.id}`),
    );
  };
  const routes: Route<Answer>[] = [
    { method: 'GET', path: '/script', handle: () => shown(steered.script) },
    { method: 'PUT', path: '/script', handle: ({ body }) => useScript(steered, body?.json) },
    { method: 'GET', path: '/nearMiss', handle: ({ query }) => listed(som.unmatched, query) },
    { method: 'GET', path: '/order', handle: ({ query }) => listed(ordersOf(som), query) },
    { method: 'GET', path: '/order/{id}', handle: ofOrder((order) => shown(viewOf(som, order))) },
    { method: 'POST', path: '/order/{id}/release', handle: ofOrder((order) => release(som, order)) },
    { method: 'POST', path: '/order/{id}/advance', handle: ofOrder((order) => takeNextStep(som, order)) },
    { method: 'POST', path: '/order/{id}/fire', handle: ofOrder((order, { body }) => fired(som, order, body?.json)) },
  ];
  return adminEndpointOf(steered, routes);
}

function useScript(steered: Steered, written: unknown): Answer {
  const read = readSomScript(written);
  if (!read.ok) return refusal(errorOfFindings(read.findings));
  const { som } = steered;
  if (!som.speaks(read.script)) {
    const message = `This is a ${som.name}, and the script is for a ${read.script.personality}`;
    return refusal(errorAnswer(400, '24', 'Script of another party', message));
  }
  som.use(read.script);
  steered.script = written;
  return shown(written);
}

function release(som: Som, order: SomOrder): Answer {
  if (som.life.release(order.id)) return shown(viewOf(som, order));
  return refusal(conflict(`Order ${order.id} is not held; only a step "hold: true" of its script holds it`));
}

function takeNextStep(som: Som, order: SomOrder): Answer {
  if (som.life.advance(order.id)) return shown(viewOf(som, order));
  return refusal(conflict(`Order ${order.id} has no step to come; make something happen to it with fire`));
}

function fired(som: Som, order: SomOrder, written: unknown): Answer {
  const findings = fire(som, order, written);
  return findings.length === 0 ? shown(viewOf(som, order)) : refusal(errorOfFindings(findings));
}

function conflict(message: string): ErrorAnswer {
  return errorAnswer(409, '62', 'Nothing to be done', message);
}

function ordersOf(som: Som): Order[] {
  return [...som.orders.values()].map((order) => viewOf(som, order));
}

/** As it is now, which may be further than `order` was. */
function viewOf(som: Som, { id }: SomOrder): Order {
  const order = som.orders.get(id);
  if (order === undefined) throw new Error(`order ${id} is gone while it is looked at`);
  const { externalId, state, orderedAt, items, states, course } = order;
  const nextStep = som.life.nextStep(id);
  return {
    id,
    ...(externalId === undefined ? {} : { externalId }),
    state,
    orderedAt: textOfInstant(orderedAt),
    items: items.map(({ specification, ...item }, place) => ({
      ...item,
      ...(specification === undefined ? {} : { specification }),
      state: states[place] ?? state,
    })),
    isHeld: som.life.isHeld(id),
    steps: course.steps.length,
    ...(nextStep === undefined ? {} : { nextStep }),
  };
}

/** Opens a vendor with given habits: its operations at their paths, behind the checks that every request goes through. */

import type { Endpoint } from '../../../exchange/endpoint.ts';
import type { HttpResponse, ReceivedRequest } from '../../../exchange/message.ts';
import { type Route, type RoutedRequest, routerOf } from '../../../exchange/router.ts';
import { errorAnswer, errorOfStatus } from '../../schemas/tmf-error.ts';
import type { Claims } from '../claims.ts';
import type { OpenTwin, TwinWorld } from '../twin.ts';
import { refuse } from './answers.ts';
import { CancelOperations } from './cancel-operations.ts';
import { Deliveries } from './delivery.ts';
import type { Habits, Vendor } from './habits.ts';
import { register, unregister } from './hub.ts';
import { Life } from './life.ts';
import { OrderOperations } from './order-operations.ts';
import type { Asked, Operation } from './words.ts';

/** An answer, and what was asked. */
interface Handled {
  readonly asked: Asked;
  readonly response: HttpResponse;
}

type Operations = { readonly [operation in Operation]: (asked: Asked) => HttpResponse | Promise<HttpResponse> };

const places: { readonly [operation in Operation]: readonly [method: string, path: string] } = {
  listServiceOrder: ['GET', '/serviceOrder'],
  createServiceOrder: ['POST', '/serviceOrder'],
  retrieveServiceOrder: ['GET', '/serviceOrder/{id}'],
  patchServiceOrder: ['PATCH', '/serviceOrder/{id}'],
  deleteServiceOrder: ['DELETE', '/serviceOrder/{id}'],
  listCancelServiceOrder: ['GET', '/cancelServiceOrder'],
  createCancelServiceOrder: ['POST', '/cancelServiceOrder'],
  retrieveCancelServiceOrder: ['GET', '/cancelServiceOrder/{id}'],
  registerListener: ['POST', '/hub'],
  unregisterListener: ['DELETE', '/hub/{id}'],
};

export function openVendor(name: string, claims: Claims, habits: Habits, world: TwinWorld): OpenTwin {
  const vendor: Vendor = {
    habits,
    kernel: world.kernel,
    claims,
    world,
    address: `twin.${name}@${world.publicUrl}`,
    baseUrl: `${world.publicUrl}${habits.basePath}`,
    orders: new Map(),
    tasks: new Map(),
    subscriptions: new Map(),
    asked: new Map(),
    tokens: new Map(),
  };
  return { endpoint: endpointOf(vendor, operationsOf(vendor)), restart: () => habits.restarted(vendor) };
}

function operationsOf(vendor: Vendor): Operations {
  const deliveries = new Deliveries(vendor);
  const life = new Life(vendor, deliveries);
  const orders = new OrderOperations(vendor, life, deliveries);
  const cancels = new CancelOperations(vendor, life, deliveries);
  return {
    listServiceOrder: (asked) => orders.list(asked),
    createServiceOrder: (asked) => orders.create(asked),
    retrieveServiceOrder: (asked) => orders.retrieve(asked),
    patchServiceOrder: (asked) => orders.patch(asked),
    deleteServiceOrder: (asked) => orders.delete(asked),
    listCancelServiceOrder: (asked) => cancels.list(asked),
    createCancelServiceOrder: (asked) => cancels.create(asked),
    retrieveCancelServiceOrder: (asked) => cancels.retrieve(asked),
    registerListener: (asked) => register(asked, vendor),
    unregisterListener: (asked) => unregister(asked, vendor),
  };
}

function endpointOf(vendor: Vendor, operations: Operations): Endpoint {
  const { habits } = vendor;
  const names = (Object.keys(places) as Operation[]).filter((operation) => habits.offers(operation)); // all of them
  const routes = names.map((operation): Route<(request: ReceivedRequest) => Promise<Handled>> => {
    const [method, path] = places[operation];
    const handle = (request: RoutedRequest) => async () => {
      const asked: Asked = { operation, request, id: request.params.id ?? '' };
      const response = habits.instead(asked, vendor) ?? (await operations[operation](asked));
      return { asked, response };
    };
    return { method, path: `${habits.basePath}${path}`, handle };
  });
  const routing = routerOf(routes, ({ status, message, allow }) => async (request: ReceivedRequest) => {
    const headers = allow === undefined ? {} : { allow };
    return { asked: { request, id: '' }, response: habits.problem(errorOfStatus(status, message), headers, vendor) };
  });
  return async (request) => {
    const early = beforeRouting(request, vendor);
    const { asked, response } =
      early === undefined ? await (await routing(request))(request) : { asked: { request, id: '' }, response: early };
    return habits.answered(asked, response, vendor);
  };
}

/** What concerns every request: further paths, credentials, and bodies that are too large to be looked at. */
function beforeRouting(request: ReceivedRequest, vendor: Vendor): HttpResponse | undefined {
  const { habits } = vendor;
  const elsewhere = habits.elsewhere(request, vendor);
  if (elsewhere !== undefined) return elsewhere;
  const refusal = habits.refusalOfCredentials(request, vendor);
  if (refusal !== undefined) return refuse(refusal, vendor);
  const length = request.body?.text.length ?? 0;
  if (length <= habits.largestBody) return undefined;
  return refuse(errorAnswer(413, '22', 'Body too large', `At most ${habits.largestBody} characters`), vendor);
}

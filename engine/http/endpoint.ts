/** The engine's routes as one endpoint: guarded, answered for paths that there are not, and held to their contract. */
import { checkResponse, contractOf } from '../../contracts/profile/contract.ts';
import { findingText } from '../../contracts/schemas/finding.ts';
import { errorOfStatus } from '../../contracts/schemas/tmf-error.ts';
import { type Endpoint, replyAtOnce } from '../../exchange/endpoint.ts';
import type { HttpResponse, ReceivedRequest } from '../../exchange/message.ts';
import { type Routing, routerOf } from '../../exchange/router.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import type { AccessToken } from '../model/access/token.ts';
import { openGuard } from './access/guard.ts';
import { permissionsOf } from './access/permissions.ts';
import { errorResponse, type Route } from './answers.ts';
import { allowedWith, onEveryPath } from './every-path.ts';
import { pageOf } from './openapi.ts';

export interface EndpointOptions {
  readonly kernel: Kernel;
  readonly publicUrl: string;
  /** Who may do what; nobody is asked when absent. */
  readonly tokens?: readonly AccessToken[] | undefined;
  /** False where whoever carries the answers holds them against their contract anyway. */
  readonly checkAnswers?: boolean;
}

export function endpointOf(
  routes: readonly Route[],
  { kernel, publicUrl, tokens, checkAnswers = true }: EndpointOptions,
): Endpoint {
  // Also where nobody is asked for a token: a route that nobody has thought about must not wait for the first who asks.
  for (const route of routes) permissionsOf(route);
  const guard = tokens === undefined ? undefined : openGuard({ tokens, now: () => kernel.now() });
  const routing = routingOf(guard?.around(routes) ?? routes, publicUrl);
  const route = onEveryPath(guard?.before(routing) ?? routing);
  return async (request) => {
    const response = await route(request);
    if (checkAnswers) assertOwnContract(request, response);
    return replyAtOnce(response);
  };
}

function routingOf(routes: readonly Route[], publicUrl: string): Routing<HttpResponse> {
  return routerOf<HttpResponse>(routes, ({ status, message, allow }) => {
    const whole = status === 404 ? `${message}. What is served is told at ${pageOf(publicUrl)}` : message;
    return errorResponse(errorOfStatus(status, whole), allow === undefined ? {} : { allow: allowedWith(allow) });
  });
}

/**
 * An answer that breaks the engine's own contract is a bug. It is held to `conformance`, not to more, since it returns
 * what was captured as it came. A projection by `fields` leaves out what it likes.
 */
function assertOwnContract(request: ReceivedRequest, response: HttpResponse): void {
  const contract = contractOf(request.method, request.path);
  if (contract === undefined || request.query.fields !== undefined) return;
  const findings = checkResponse(contract, 'conformance', { status: response.status, body: response.body?.json });
  if (findings.length === 0) return;
  const texts = findings.map(findingText).join('; ');
  throw new Error(`the answer ${response.status} to ${request.method} ${request.path} breaks its contract: ${texts}`);
}

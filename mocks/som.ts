/**
 * A simulated service order management system: TMF641 v4.1 as its callers see it, behaving as its script says. One
 * object, called directly, mounted as msw handlers or served on a port.
 */
import { checkOf } from '../contracts/profile/contract.ts';
import { criteriaOf, matchesAll, pageOf, selectFields } from '../contracts/profile/tmf630.ts';
import { findingText } from '../contracts/schemas/finding.ts';
import { inOnePiece } from '../contracts/schemas/text.ts';
import { errorAnswer, errorOfFindings, errorOfStatus } from '../contracts/schemas/tmf-error.ts';
import type { ServiceOrder_Create } from '../contracts/schemas/tmf641-v4.1.generated.ts';
import type { Client } from '../exchange/client.ts';
import type { Answer, Endpoint } from '../exchange/endpoint.ts';
import { jsonMediaType, jsonResponse, receivedBody } from '../exchange/message.ts';
import { type Route, type RoutedRequest, routerOf } from '../exchange/router.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { declaredFault, refusal, reply } from './answers.ts';
import { LastOf, remembered, type Unmatched } from './journal.ts';
import { advance, differences, newOrder, resourceOf, type SomOrder } from './som-order.ts';
import type { ScriptedAnswer, SomScript } from './som-script.ts';
import { openTelling, somBasePath } from './som-telling.ts';

export interface SomOptions {
  readonly kernel: Kernel;
  readonly script: SomScript;
  /** How it reaches those it tells of changes. */
  readonly client: Client;
  /** Where it is reached, such as `http://som.test`, without a slash at the end. */
  readonly publicUrl: string;
  /** Where outboundresponse callbacks go: the root of the order management system. */
  readonly callbackUrl: string;
  /** Its name, when there are several. */
  readonly name?: string;
}

export interface Som {
  readonly endpoint: Endpoint;
  readonly orders: ReadonlyMap<string, SomOrder>;
  /** Requests that no behaviour was written for. */
  readonly unmatched: readonly Unmatched[];
}

export function openSom(options: SomOptions): Som {
  const { kernel, script, publicUrl, name = 'som' } = options;
  const baseUrl = `${publicUrl}${somBasePath}`;
  const orders = new Map<string, SomOrder>();
  const acceptedAs = new Map<string, string>();
  const attempts = new Map<string, number>();
  const unmatched = new LastOf<Unmatched>(remembered);
  const telling = openTelling({ ...options, name, baseUrl });
  const stepAddress = `mock.${name}.step`;

  kernel.handle(stepAddress, ({ data }) => {
    const { orderId, behaviour, step } = data as { orderId: string; behaviour: number; step: number }; // from `plan`
    takeStep(orderId, behaviour, step);
  });

  const routes: Route<Answer>[] = [
    { method: 'POST', path: `${somBasePath}/serviceOrder`, handle: create },
    { method: 'GET', path: `${somBasePath}/serviceOrder`, handle: list },
    { method: 'GET', path: `${somBasePath}/serviceOrder/{id}`, handle: retrieve },
    ...telling.routes,
  ];
  const endpoint = routerOf<Answer>(routes, ({ status, message, allow }) =>
    refusal(errorOfStatus(status, message), 0, allow === undefined ? {} : { allow }),
  );
  return {
    endpoint,
    orders,
    get unmatched() {
      return unmatched.all;
    },
  };

  function create({ body }: RoutedRequest): Answer {
    if (body === undefined) return refusal(errorAnswer(400, '21', 'Missing body', 'Send a ServiceOrder'));
    const findings = checkOf('TMF641', 'conformance', 'ServiceOrder_Create')(body.json);
    if (findings.length > 0) return refusal(errorOfFindings(findings));
    const request = body.json as ServiceOrder_Create; // valid, as just checked
    const attempt = countAttempt(request.externalId);
    const index = script.behaviours.findIndex(({ when }) => differences(when, request, attempt).length === 0);
    const behaviour = script.behaviours[index];
    const known = request.externalId === undefined ? undefined : acceptedAs.get(request.externalId);
    if (known !== undefined && script.duplicates !== 'new') return again(known, behaviour?.latencyMs ?? 0);
    if (behaviour === undefined) return noBehaviour(request, attempt);
    return answerOf(behaviour.answer, behaviour.latencyMs, request, index);
  }

  function countAttempt(externalId: string | undefined): number {
    if (externalId === undefined) return 1;
    const attempt = (attempts.get(externalId) ?? 0) + 1;
    attempts.set(externalId, attempt);
    return attempt;
  }

  function answerOf(answer: ScriptedAnswer, afterMs: number, request: ServiceOrder_Create, behaviour: number): Answer {
    switch (answer.kind) {
      case 'silence':
        return { kind: 'silence' };
      case 'reset':
        return { kind: 'reset', afterMs };
      case 'text': {
        const headers = { 'content-type': jsonMediaType, ...declaredFault('a body that is not JSON') };
        return reply({ status: answer.status, headers, body: receivedBody(answer.text) }, afterMs);
      }
      case 'refuse': {
        const { status, code, reason, message, retryAfterMs } = answer;
        const headers = retryAfterMs === undefined ? {} : { 'retry-after': String(Math.ceil(retryAfterMs / 1000)) };
        return refusal(errorAnswer(status, code, reason, message ?? reason), afterMs, headers);
      }
      case 'accept':
        return accept(answer, afterMs, request, behaviour);
    }
  }

  function accept(
    { state, set }: Extract<ScriptedAnswer, { kind: 'accept' }>,
    afterMs: number,
    request: ServiceOrder_Create,
    behaviour: number,
  ): Answer {
    const id = inOnePiece(name, '-', kernel.chance(`mock.${name}.ids`).hex(12));
    const order = newOrder(id, request, kernel.now(), state);
    orders.set(id, order);
    if (request.externalId !== undefined) acceptedAs.set(request.externalId, id);
    plan(id, behaviour, 0, kernel.now() + afterMs);
    const headers = { location: `${baseUrl}/serviceOrder/${id}` };
    const resource = resourceOf(order, baseUrl);
    if (set === undefined) return reply(jsonResponse(201, resource, headers), afterMs);
    const broken = { ...resource, ...set };
    const findings = checkOf('TMF641', 'conformance', 'ServiceOrder')(broken);
    const why = findings.map(findingText).join('; ') || 'nothing that the contract forbids';
    return reply(
      jsonResponse(201, broken, { ...headers, ...declaredFault(`attributes set by the script: ${why}`) }),
      afterMs,
    );
  }

  /** The same externalId again: the request was retried, or sent twice. */
  function again(orderId: string, afterMs: number): Answer {
    const order = orders.get(orderId);
    if (order === undefined || script.duplicates === 'conflict') {
      const message = `externalId ${order?.externalId} was ordered before, as ${orderId}`;
      return refusal(errorAnswer(409, '62', 'Duplicate order', message), afterMs);
    }
    const headers = { location: `${baseUrl}/serviceOrder/${orderId}` };
    return reply(jsonResponse(201, resourceOf(order, baseUrl), headers), afterMs);
  }

  function noBehaviour(request: ServiceOrder_Create, attempt: number): Answer {
    const misses = script.behaviours.map(({ name: behaviour, when }) => ({
      behaviour,
      missed: differences(when, request, attempt),
    }));
    const [nearest] = misses.toSorted((one, other) => one.missed.length - other.missed.length);
    const behaviour = nearest?.behaviour ?? 'none';
    const difference = nearest?.missed.join('; ') ?? 'the script has no behaviours';
    unmatched.add({ at: kernel.now(), request: 'POST serviceOrder', nearest: behaviour, difference });
    const message = `No behaviour of "${script.name}" matches this order. Nearest: "${behaviour}" (${difference})`;
    return refusal(errorAnswer(501, '1', 'Not in the script', message));
  }

  /** Puts the next step of an order on the clock. */
  function plan(orderId: string, behaviour: number, step: number, since: number): void {
    const next = script.behaviours[behaviour]?.steps[step];
    if (next === undefined) return;
    const data = { orderId, behaviour, step };
    kernel.schedule({ id: `${stepAddress}/${orderId}/${step}`, to: stepAddress, due: since + next.afterMs, data });
  }

  function takeStep(orderId: string, behaviour: number, index: number): void {
    const order = orders.get(orderId);
    const step = script.behaviours[behaviour]?.steps[index];
    if (order === undefined || step === undefined) return;
    let before = order;
    for (const after of advance(order, step, kernel.now())) {
      orders.set(orderId, after);
      telling.tell(before, after, step.tell);
      before = after;
    }
    plan(orderId, behaviour, index + 1, kernel.now());
  }

  function retrieve({ params, query }: RoutedRequest): Answer {
    const order = orders.get(params.id ?? '');
    if (order === undefined)
      return refusal(errorAnswer(404, '60', 'Resource not found', `No service order ${params.id}`));
    return reply(jsonResponse(200, selectFields(resourceOf(order, baseUrl), query.fields)));
  }

  function list({ query }: RoutedRequest): Answer {
    const page = pageOf(query);
    if (page === undefined) {
      const message = 'offset and limit are whole numbers of 0 or more';
      return refusal(errorAnswer(400, '28', 'Invalid query-string parameter', message));
    }
    const criteria = criteriaOf(query);
    const matching = [...orders.values()]
      .map((order) => resourceOf(order, baseUrl))
      .filter((order) => matchesAll(order, criteria));
    const shown = matching.slice(page.offset, page.offset + page.limit);
    const headers = { 'x-total-count': String(matching.length), 'x-result-count': String(shown.length) };
    const body = shown.map((order) => selectFields(order, query.fields));
    return reply(jsonResponse(shown.length < matching.length ? 206 : 200, body, headers));
  }
}

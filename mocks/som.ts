/**
 * A simulated service order management system: TMF641 v4.1 as its callers see it, behaving as its script says. One
 * object, called directly, mounted as msw handlers or served on a port.
 */
import { checkOf } from '../contracts/profile/contract.ts';
import { pageOfList, selectFields } from '../contracts/profile/tmf630.ts';
import { findingText } from '../contracts/schemas/finding.ts';
import { inOnePiece } from '../contracts/schemas/text.ts';
import { errorAnswer, errorOfFindings, errorOfPaging, errorOfStatus } from '../contracts/schemas/tmf-error.ts';
import type { ServiceOrder_Create } from '../contracts/schemas/tmf641-v4.1.generated.ts';
import type { Client } from '../exchange/client.ts';
import type { Answer, Endpoint } from '../exchange/endpoint.ts';
import { jsonMediaType, jsonResponse, receivedBody } from '../exchange/message.ts';
import { type Route, type RoutedRequest, routerOf } from '../exchange/router.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { declaredFault, refusal, reply } from './answers.ts';
import { LastOf, remembered, type Unmatched } from './journal.ts';
import { type Kept, KeptDocuments } from './kept.ts';
import { advance, differences, newOrder, resourceOf, type SomOrder } from './som-order.ts';
import type { ScriptedAnswer, SomScript } from './som-script.ts';
import { somBasePath, Telling } from './som-telling.ts';

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

export class Som {
  readonly endpoint: Endpoint;
  readonly #kernel: Kernel;
  readonly #script: SomScript;
  readonly #name: string;
  readonly #baseUrl: string;
  readonly #telling: Telling;
  readonly #orders = new Map<string, SomOrder>();
  readonly #requests = new KeptDocuments<ServiceOrder_Create>();
  /** By externalId: how often it came, and the order that was made of it. */
  readonly #asked = new Map<string, { attempts: number; orderId?: string }>();
  readonly #unmatched = new LastOf<Unmatched>(remembered);
  readonly #stepAddress: string;

  constructor({ kernel, script, client, publicUrl, callbackUrl, name = 'som' }: SomOptions) {
    this.#kernel = kernel;
    this.#script = script;
    this.#name = name;
    this.#baseUrl = `${publicUrl}${somBasePath}`;
    this.#telling = new Telling({ kernel, client, name, baseUrl: this.#baseUrl, callbackUrl });
    this.#stepAddress = `mock.${name}.step`;
    kernel.handle(this.#stepAddress, ({ data }) => {
      const { orderId, behaviour, step } = data as { orderId: string; behaviour: number; step: number }; // from `#plan`
      this.#takeStep(orderId, behaviour, step);
    });
    this.endpoint = routerOf<Answer>(this.#routes(), ({ status, message, allow }) =>
      refusal(errorOfStatus(status, message), 0, allow === undefined ? {} : { allow }),
    );
  }

  get orders(): ReadonlyMap<string, SomOrder> {
    return this.#orders;
  }

  /** Requests that no behaviour was written for. */
  get unmatched(): readonly Unmatched[] {
    return this.#unmatched.all;
  }

  #routes(): Route<Answer>[] {
    const collection = `${somBasePath}/serviceOrder`;
    return [
      { method: 'POST', path: collection, handle: (request) => this.#create(request) },
      { method: 'GET', path: collection, handle: (request) => this.#list(request) },
      { method: 'GET', path: `${collection}/{id}`, handle: (request) => this.#retrieve(request) },
      ...this.#telling.routes,
    ];
  }

  #create({ body }: RoutedRequest): Answer {
    if (body === undefined) return refusal(errorAnswer(400, '21', 'Missing body', 'Send a ServiceOrder'));
    const findings = checkOf('TMF641', 'conformance', 'ServiceOrder_Create')(body.json);
    if (findings.length > 0) return refusal(errorOfFindings(findings));
    const request = body.json as ServiceOrder_Create; // valid, as just checked
    const asked = this.#countAttempt(request.externalId);
    const attempt = asked.attempts;
    const index = this.#script.behaviours.findIndex(({ when }) => differences(when, request, attempt).length === 0);
    const behaviour = this.#script.behaviours[index];
    if (asked.orderId !== undefined && this.#script.duplicates !== 'new') {
      return this.#again(asked.orderId, behaviour?.latencyMs ?? 0);
    }
    if (behaviour === undefined) return this.#noBehaviour(request, attempt);
    return this.#answerOf(behaviour.answer, behaviour.latencyMs, this.#requests.keep(body.text, request), index);
  }

  #countAttempt(externalId: string | undefined): { attempts: number; orderId?: string } {
    if (externalId === undefined) return { attempts: 1 };
    const asked = this.#asked.get(externalId) ?? { attempts: 0 };
    asked.attempts += 1;
    this.#asked.set(externalId, asked);
    return asked;
  }

  #answerOf(answer: ScriptedAnswer, afterMs: number, request: Kept<ServiceOrder_Create>, behaviour: number): Answer {
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
        return this.#accept(answer, afterMs, request, behaviour);
    }
  }

  #accept(
    { state, set }: Extract<ScriptedAnswer, { kind: 'accept' }>,
    afterMs: number,
    request: Kept<ServiceOrder_Create>,
    behaviour: number,
  ): Answer {
    const id = inOnePiece(this.#name, '-', this.#kernel.chance(`mock.${this.#name}.ids`).hex(12));
    const order = newOrder(id, request, this.#kernel.now(), state);
    this.#orders.set(id, order);
    const asked = order.externalId === undefined ? undefined : this.#asked.get(order.externalId);
    if (asked !== undefined) asked.orderId = id;
    this.#plan(id, behaviour, 0, this.#kernel.now() + afterMs);
    const headers = { location: `${this.#baseUrl}/serviceOrder/${id}` };
    const resource = resourceOf(order, this.#baseUrl);
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
  #again(orderId: string, afterMs: number): Answer {
    const order = this.#orders.get(orderId);
    if (order === undefined || this.#script.duplicates === 'conflict') {
      const message = `externalId ${order?.externalId} was ordered before, as ${orderId}`;
      return refusal(errorAnswer(409, '62', 'Duplicate order', message), afterMs);
    }
    const headers = { location: `${this.#baseUrl}/serviceOrder/${orderId}` };
    return reply(jsonResponse(201, resourceOf(order, this.#baseUrl), headers), afterMs);
  }

  #noBehaviour(request: ServiceOrder_Create, attempt: number): Answer {
    const misses = this.#script.behaviours.map(({ name: behaviour, when }) => ({
      behaviour,
      missed: differences(when, request, attempt),
    }));
    const [nearest] = misses.toSorted((one, other) => one.missed.length - other.missed.length);
    const behaviour = nearest?.behaviour ?? 'none';
    const difference = nearest?.missed.join('; ') ?? 'the script has no behaviours';
    this.#unmatched.add({ at: this.#kernel.now(), request: 'POST serviceOrder', nearest: behaviour, difference });
    const message = `No behaviour of "${this.#script.name}" matches this order. Nearest: "${behaviour}" (${difference})`;
    return refusal(errorAnswer(501, '1', 'Not in the script', message));
  }

  /** Puts the next step of an order on the clock. */
  #plan(orderId: string, behaviour: number, step: number, since: number): void {
    const next = this.#script.behaviours[behaviour]?.steps[step];
    if (next === undefined) return;
    const data = { orderId, behaviour, step };
    this.#kernel.schedule({
      id: `${this.#stepAddress}/${orderId}/${step}`,
      to: this.#stepAddress,
      due: since + next.afterMs,
      data,
    });
  }

  #takeStep(orderId: string, behaviour: number, index: number): void {
    const order = this.#orders.get(orderId);
    const step = this.#script.behaviours[behaviour]?.steps[index];
    if (order === undefined || step === undefined) return;
    let before = order;
    for (const after of advance(order, step, this.#kernel.now())) {
      this.#orders.set(orderId, after);
      this.#telling.tell(before, after, step.tell);
      before = after;
    }
    this.#plan(orderId, behaviour, index + 1, this.#kernel.now());
  }

  #retrieve({ params, query }: RoutedRequest): Answer {
    const order = this.#orders.get(params.id ?? '');
    if (order === undefined)
      return refusal(errorAnswer(404, '60', 'Resource not found', `No service order ${params.id}`));
    return reply(jsonResponse(200, selectFields(resourceOf(order, this.#baseUrl), query.fields)));
  }

  #list({ query }: RoutedRequest): Answer {
    const documents = [...this.#orders.values()].map((order) => resourceOf(order, this.#baseUrl));
    const page = pageOfList(documents, query);
    return page === undefined ? refusal(errorOfPaging()) : reply(jsonResponse(page.status, page.body, page.headers));
  }
}

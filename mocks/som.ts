/**
 * A simulated party that fulfils orders, behaving as its script says: a SOM, a TOM, a FlowOne, one that provides
 * resources, or one that sends people out, which differ in their words only. One object, called directly, mounted as msw handlers or served on a port.
 */
import { pageOfList, selectFields } from '../contracts/profile/tmf630.ts';
import { textOfInstant } from '../contracts/schemas/text.ts';
import { errorAnswer, errorOfFindings, errorOfPaging, errorOfStatus } from '../contracts/schemas/tmf-error.ts';
import type { Client } from '../exchange/client.ts';
import type { Answer, Endpoint } from '../exchange/endpoint.ts';
import { jsonResponse } from '../exchange/message.ts';
import { type Route, type RoutedRequest, routerOf } from '../exchange/router.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { refusal, reply } from './answers.ts';
import { CancelTasks } from './cancellation/cancel-tasks.ts';
import type { Dialect, Envelope } from './dialects/dialect.ts';
import { dialectOf } from './dialects/dialects.ts';
import { inFlightRoutes } from './dialects/in-flight.ts';
import { generatedAttributes } from './generated.ts';
import { LastOf, remembered, type Unmatched } from './journal.ts';
import { type Kept, KeptDocuments } from './kept.ts';
import { brokenAnswer, declaredIfBroken, lostAnswer, scriptedResponse } from './response.ts';
import type { Acceptance } from './script/answer.ts';
import { drawnMs } from './script/latency.ts';
import { differences, type SomItem } from './script/selecting.ts';
import { OrderLife } from './som-life.ts';
import { newOrder, type OrderRequest, type SomOrder } from './som-order.ts';
import type { Behaviour, Course, SomScript } from './som-script.ts';
import { Teller } from './som-telling.ts';

export interface SomOptions {
  readonly kernel: Kernel;
  readonly script: SomScript;
  /** How it reaches those it tells of changes. */
  readonly client: Client;
  /** Where it is reached, such as `http://som.test`, without a slash at the end. */
  readonly publicUrl: string;
  /** Where outboundresponse callbacks go: the root of the order management system. */
  readonly callbackUrl: string;
  /** Its name, which is in its ids; whom the script was written for by default. */
  readonly name?: string;
}

export class Som {
  readonly endpoint: Endpoint;
  readonly life: OrderLife;
  readonly name: string;
  readonly #kernel: Kernel;
  #script: SomScript;
  readonly #dialect: Dialect;
  readonly #baseUrl: string;
  readonly #teller: Teller;
  /** Absent where the dialect has no such tasks. */
  readonly #cancelTasks: CancelTasks | undefined;
  readonly #requests = new KeptDocuments<OrderRequest>();
  /** By externalId: how often it came, and the order that was made of it. */
  readonly #asked = new Map<string, { attempts: number; orderId?: string }>();
  readonly #unmatched = new LastOf<Unmatched>(remembered);
  /** Where its chances are drawn from. */
  readonly #streams: { readonly [stream in 'ids' | 'latency' | 'outcomes' | 'events' | 'bodies']: string };

  constructor({ kernel, script, client, publicUrl, callbackUrl, name = script.personality }: SomOptions) {
    const dialect = dialectOf(script.personality);
    this.#kernel = kernel;
    this.#script = script;
    this.#dialect = dialect;
    this.name = name;
    this.#baseUrl = `${publicUrl}${dialect.basePath}`;
    const of = (stream: string) => `mock.${name}.${stream}`;
    this.#streams = {
      ids: of('ids'),
      latency: of('latency'),
      outcomes: of('outcomes'),
      events: of('events'),
      bodies: of('bodies'),
    };
    this.#teller = new Teller({ kernel, client, name, dialect, baseUrl: this.#baseUrl, callbackUrl });
    const falloutPhrase = () => this.#script.falloutPhrase;
    this.life = new OrderLife({ kernel, name, teller: this.#teller, falloutPhrase });
    const { cancelTask } = dialect;
    const { life } = this;
    const answer = () => this.#script.inFlight.cancellations;
    const tasks = { kernel, name, life, teller: this.#teller, baseUrl: this.#baseUrl, answer };
    this.#cancelTasks =
      cancelTask === undefined ? undefined : new CancelTasks({ ...tasks, dialect: { ...dialect, cancelTask } });
    this.endpoint = routerOf<Answer>(this.#routes(), ({ status, message, allow }) =>
      refusal(errorOfStatus(status, message), 0, allow === undefined ? {} : { allow }),
    );
  }

  get orders(): ReadonlyMap<string, SomOrder> {
    return this.life.orders;
  }

  /** Requests that no behaviour was written for. */
  get unmatched(): readonly Unmatched[] {
    return this.#unmatched.all;
  }

  /** Where orders are placed. */
  get ordersUrl(): string {
    return `${this.#baseUrl}${this.#dialect.collection}`;
  }

  /** By its id, or by the externalId of whoever placed it. */
  findOrder(id: string): SomOrder | undefined {
    return this.orders.get(id) ?? this.orders.get(this.#asked.get(id)?.orderId ?? '');
  }

  get script(): SomScript {
    return this.#script;
  }

  /** False: the script was written for a party with other words. */
  speaks({ personality }: SomScript): boolean {
    return dialectOf(personality) === this.#dialect;
  }

  /** From the next order on; those there are go on as they began. It has to speak the same dialect. */
  use(script: SomScript): void {
    this.#script = script;
  }

  /** Forgets orders, attempts and what was unmatched. Script and subscriptions stay. */
  reset(): void {
    this.life.forget();
    this.#cancelTasks?.forget();
    this.#teller.forget();
    this.#asked.clear();
    this.#unmatched.clear();
  }

  #routes(): Route<Answer>[] {
    const { basePath, collection } = this.#dialect;
    const path = `${basePath}${collection}`;
    const create = (request: RoutedRequest) => this.#create(request);
    return [
      { method: 'POST', path, handle: create },
      { method: 'GET', path, handle: (request) => this.#list(request) },
      { method: 'GET', path: `${path}/{id}`, handle: (request) => this.#retrieve(request) },
      ...inFlightRoutes({
        dialect: this.#dialect,
        life: this.life,
        script: () => this.#script,
        create,
        baseUrl: this.#baseUrl,
      }),
      ...(this.#cancelTasks?.routes ?? []),
      ...this.#teller.routes,
    ];
  }

  #create({ body }: RoutedRequest): Answer {
    if (body === undefined) return refusal(errorAnswer(400, '21', 'Missing body', `Send a ${this.#dialect.resource}`));
    const findings = this.#dialect.check(body.json);
    if (findings.length > 0) return refusal(errorOfFindings(findings));
    const request = body.json as OrderRequest; // valid, as just checked
    const items = this.#dialect.itemsOf(request);
    const asked = this.#countAttempt(request.externalId);
    const attempt = asked.attempts;
    const behaviour = this.#script.behaviours.find(({ when }) => differences(when, items, attempt).length === 0);
    if (asked.orderId !== undefined && this.#script.duplicates !== 'new') {
      return this.#again(asked.orderId, behaviour?.courses[0]);
    }
    if (behaviour === undefined) return this.#noBehaviour(request, items, attempt);
    const course = this.#drawn(behaviour);
    const afterMs = drawnMs(course.latency, this.#kernel, this.#streams.latency);
    if (course.answer.kind !== 'accept') return scriptedResponse(course.answer, afterMs, this.#path);
    return this.#accept(course, course.answer, afterMs, this.#requests.keep(body.text, request), items);
  }

  #countAttempt(externalId: string | undefined): { attempts: number; orderId?: string } {
    if (externalId === undefined) return { attempts: 1 };
    const asked = this.#asked.get(externalId) ?? { attempts: 0 };
    asked.attempts += 1;
    this.#asked.set(externalId, asked);
    return asked;
  }

  #drawn({ courses }: Behaviour): Course {
    const [only] = courses;
    if (courses.length === 1) return only;
    const all = courses.reduce((sum, { weight }) => sum + weight, 0);
    let drawn = this.#kernel.chance(this.#streams.outcomes).fraction() * all;
    for (const course of courses) {
      drawn -= course.weight;
      if (drawn < 0) return course;
    }
    return only;
  }

  #accept(
    course: Course,
    answer: Acceptance,
    afterMs: number,
    request: Kept<OrderRequest>,
    items: readonly SomItem[],
  ): Answer {
    const { name, life } = this;
    const now = this.#kernel.now();
    const id = this.#dialect.newId(name, this.#kernel.chance(this.#streams.ids));
    const taken = newOrder(id, { request, items, course, state: answer.state }, now);
    const order = answer.generate === true ? this.#filledUp(taken) : taken;
    if (this.#dialect.asks?.(request.read()) === true) return this.#answerToQuery(order, answer, afterMs);
    const asked = order.externalId === undefined ? undefined : this.#asked.get(order.externalId);
    if (asked !== undefined) asked.orderId = id;
    life.begin(order, now + afterMs);
    const whole = jsonResponse(201, this.#dialect.accepted(order, this.#baseUrl), this.#location(id));
    const response = answer.broken === undefined ? whole : brokenAnswer(whole, answer.broken, this.#path);
    return answer.lose === undefined ? reply(response, afterMs) : lostAnswer(response, answer.lose, afterMs);
  }

  /** With what nobody said, made up; it stays with the order. */
  #filledUp(order: SomOrder): SomOrder {
    const { api, resource, generated: attributes } = this.#dialect;
    const shown = this.#dialect.shown(order, this.#baseUrl);
    const itemIds = order.items.map(({ id }) => id);
    const known = { api, resource, attributes, shown, itemIds, at: order.orderedAt };
    return { ...order, extras: { attributes: generatedAttributes(known, this.#kernel.chance(this.#streams.bodies)) } };
  }

  /** What the script sets is what was found. */
  #answerToQuery(order: SomOrder, { broken }: Acceptance, afterMs: number): Answer {
    const eventId = this.#kernel.chance(this.#streams.events).hex(32);
    const eventTime = textOfInstant(this.#kernel.now() + afterMs);
    const envelope: Envelope = { eventId, eventTime, baseUrl: this.#baseUrl };
    const found = broken === undefined ? order : { ...order, extras: { attributes: broken.set } };
    return reply(
      declaredIfBroken(jsonResponse(200, this.#dialect.answerToQuery?.(found, envelope)), this.#path),
      afterMs,
    );
  }

  get #path(): string {
    return `${this.#dialect.basePath}${this.#dialect.collection}`;
  }

  #location(id: string): { location: string } {
    return { location: `${this.ordersUrl}/${id}` };
  }

  /** The same externalId again: the request was retried, or sent twice. */
  #again(orderId: string, course: Course | undefined): Answer {
    const afterMs = course === undefined ? 0 : drawnMs(course.latency, this.#kernel, this.#streams.latency);
    const order = this.orders.get(orderId);
    if (order === undefined || this.#script.duplicates === 'conflict') {
      const message = `externalId ${order?.externalId} was ordered before, as ${orderId}`;
      return refusal(errorAnswer(409, '62', 'Duplicate order', message), afterMs);
    }
    return reply(jsonResponse(201, this.#dialect.accepted(order, this.#baseUrl), this.#location(orderId)), afterMs);
  }

  #noBehaviour({ externalId }: OrderRequest, items: readonly SomItem[], attempt: number): Answer {
    const misses = this.#script.behaviours.map(({ name: behaviour, when }) => ({
      behaviour,
      missed: differences(when, items, attempt),
    }));
    const [nearest] = misses.toSorted((one, other) => one.missed.length - other.missed.length);
    const behaviour = nearest?.behaviour ?? 'none';
    const difference = nearest?.missed.join('; ') ?? 'the script has no behaviours';
    const request = `POST ${this.#dialect.collection.slice(1)}`;
    const of = externalId === undefined ? {} : { externalId };
    this.#unmatched.add({ at: this.#kernel.now(), request, ...of, nearest: behaviour, difference });
    const message = `No behaviour of "${this.#script.name}" matches this order. Nearest: "${behaviour}" (${difference})`;
    return refusal(errorAnswer(501, '1', 'Not in the script', message));
  }

  #retrieve({ params, query }: RoutedRequest): Answer {
    const order = this.orders.get(params.id ?? '');
    if (order === undefined) {
      return refusal(errorAnswer(404, '60', 'Resource not found', `No ${this.#dialect.resource} ${params.id}`));
    }
    return reply(jsonResponse(200, selectFields(this.#dialect.shown(order, this.#baseUrl), query.fields)));
  }

  #list({ query }: RoutedRequest): Answer {
    const documents = [...this.orders.values()].map((order) => this.#dialect.shown(order, this.#baseUrl));
    const page = pageOfList(documents, query);
    return page === undefined ? refusal(errorOfPaging()) : reply(jsonResponse(page.status, page.body, page.headers));
  }
}

/** Brings provider states about through the API, as far as it can: interactions as they are to be asked, or why they are not. */
import { stateNames } from '../../contracts/pacts/provider-states.ts';
import { isSaidObject, type SaidObject, saidObject, saidText } from '../../contracts/records/said.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import type { Interaction, PactRequest } from './documents.ts';
import type { VerifiedEndpoint } from './endpoint.ts';

export type Prepared =
  | { readonly kind: 'ready'; readonly interaction: Interaction }
  | { readonly kind: 'skipped'; readonly why: string };

/** States that are taken for granted: an endpoint that works is in them, or the request itself brings them about. */
const granted = [
  'it takes orders and works on them later',
  stateNames.takes,
  stateNames.noOrder,
  stateNames.noSubscription,
  'it has no such question',
] as const;

const grantedBeginnings = ['it refuses this order with', 'it refuses this registration with'] as const;

/** What a state is brought about by. */
const recipes: { readonly [state: string]: (preparation: Preparation) => Promise<Prepared> } = {
  'the order management has subscribed': (preparation) => preparation.subscribed(),
  [stateNames.nobody]: (preparation) => preparation.withCallback(),
  [stateNames.subscription]: (preparation) => preparation.subscribed(),
  [stateNames.order]: (preparation) => preparation.ordered(),
  [stateNames.placedBefore]: (preparation) => preparation.ordered(),
  [stateNames.cancel]: (preparation) => preparation.cancelled(),
  'it has answered the question': (preparation) => preparation.answered(),
};

/** How long an order or a question is waited for until it is as a state wants it, and between two looks at it. */
const patienceMs = 10_000;
const questions = '/checkServiceQualification';
const lookMs = 200;

export interface Preparing {
  readonly kernel: Kernel;
  readonly endpoint: VerifiedEndpoint;
  /** What ids of this run begin with: nobody has them yet, however often this is run. */
  readonly namespace: string;
}

/** @param place of the interaction, which its ids end with. */
export async function prepared(interaction: Interaction, place: number, preparing: Preparing): Promise<Prepared> {
  const { request, providerStates = [] } = interaction;
  if (request === undefined) {
    return { kind: 'skipped', why: 'a message: "southbound verify" listens to what the endpoint tells' };
  }
  const [state, second] = providerStates;
  const preparation = new Preparation(interaction, request, `${preparing.namespace}${place}`, preparing);
  if (state === undefined) return preparation.fresh();
  const { name } = state;
  if (granted.some((each) => each === name)) return preparation.fresh();
  if (grantedBeginnings.some((beginning) => name.startsWith(beginning))) return preparation.fresh();
  const recipe = recipes[name] ?? (name.startsWith(`${stateNames.order}, `) ? recipes[stateNames.order] : undefined);
  if (second === undefined && recipe !== undefined) return recipe(preparation);
  const states = providerStates.map((each) => `"${each.name}"`).join(' and ');
  return { kind: 'skipped', why: `the state ${states} cannot be brought about through the API` };
}

/** One interaction, on its way to being asked. */
class Preparation {
  readonly #interaction: Interaction;
  readonly #request: PactRequest;
  readonly #params: SaidObject;
  readonly #id: string;
  readonly #preparing: Preparing;

  constructor(interaction: Interaction, request: PactRequest, id: string, preparing: Preparing) {
    this.#interaction = interaction;
    this.#request = request;
    this.#params = interaction.providerStates?.[0]?.params ?? {};
    this.#id = id;
    this.#preparing = preparing;
  }

  /** With an externalId that nobody has. */
  async fresh(): Promise<Prepared> {
    return this.#ready({});
  }

  /** With a callback that nobody has. */
  async withCallback(): Promise<Prepared> {
    return this.#ready({ callback: this.#callback() });
  }

  async subscribed(): Promise<Prepared> {
    const callback = this.#callback();
    const { status, json, trouble } = await this.#preparing.endpoint.ask('POST', '/hub', { callback });
    const subscriptionId = saidText(saidObject(json).id);
    if (status !== undefined && status < 300) return this.#ready({ callback, subscriptionId });
    return skipped('POST /hub', status, trouble);
  }

  async ordered(): Promise<Prepared> {
    const made = await this.#placed();
    return typeof made === 'string' ? this.#ready({ orderId: made }) : made;
  }

  async cancelled(): Promise<Prepared> {
    const orderId = await this.#placed();
    if (typeof orderId !== 'string') return orderId;
    const body = { serviceOrder: { id: orderId }, cancellationReason: 'to see how it is answered' };
    const { status, json, trouble } = await this.#preparing.endpoint.ask('POST', '/cancelServiceOrder', body);
    const cancelId = saidText(saidObject(json).id);
    if (cancelId === undefined) return skipped('POST /cancelServiceOrder', status, trouble);
    return this.#ready({ orderId, cancelId });
  }

  /** With the id of a question like the recorded one, once it is answered. */
  async answered(): Promise<Prepared> {
    const question = { ...saidObject(this.#params.question), externalId: this.#id };
    const { status, json, trouble } = await this.#preparing.endpoint.ask('POST', questions, question);
    const checkId = saidText(saidObject(json).id);
    if (checkId === undefined) return skipped(`POST ${questions}`, status, trouble);
    if (await this.#becomes(['done'], `${questions}/${encodeURIComponent(checkId)}`, json))
      return this.#ready({ checkId });
    return { kind: 'skipped', why: `no question was answered within ${patienceMs / 1000} seconds` };
  }

  /** The id of an order like the recorded one, once it is in one of the states that are wanted. */
  async #placed(): Promise<string | Prepared> {
    const { endpoint } = this.#preparing;
    const { order, states } = this.#params;
    if (!isSaidObject(order))
      return { kind: 'skipped', why: 'the pact does not say what kind of order there has to be' };
    const { status, json, trouble } = await endpoint.ask('POST', '/serviceOrder', { ...order, externalId: this.#id });
    const id = saidText(saidObject(json).id);
    if (id === undefined) return skipped('POST /serviceOrder', status, trouble);
    const wanted = Array.isArray(states) ? states : [];
    if (wanted.length === 0 || (await this.#becomes(wanted, `/serviceOrder/${encodeURIComponent(id)}`, json)))
      return id;
    return { kind: 'skipped', why: `no order became ${wanted.join(' or ')} within ${patienceMs / 1000} seconds` };
  }

  /** Whether what is at that path gets to one of the states in time. @param json as it was at first. */
  async #becomes(wanted: readonly unknown[], path: string, json: unknown): Promise<boolean> {
    const { endpoint, kernel } = this.#preparing;
    let { state } = saidObject(json);
    const end = kernel.now() + patienceMs;
    while (!wanted.includes(state) && kernel.now() < end) {
      await kernel.rest(kernel.now() + lookMs);
      state = saidObject((await endpoint.ask('GET', path)).json).state;
    }
    return wanted.includes(state);
  }

  #callback(): string {
    const given = saidText(this.#params.callback) ?? saidText(saidObject(this.#request.body?.content).callback);
    return `${given ?? 'http://om.example'}/${this.#id}`;
  }

  #ready(
    ids: { [name in 'orderId' | 'cancelId' | 'checkId' | 'subscriptionId' | 'callback']?: string | undefined },
  ): Prepared {
    const { generators, body, query, path, ...rest } = this.#request;
    const id = /cancelServiceOrder\//.test(path) ? ids.cancelId : (ids.orderId ?? ids.checkId ?? ids.subscriptionId);
    const isOne = generators !== undefined && 'path' in generators && id !== undefined;
    const request: PactRequest = {
      ...rest,
      path: isOne ? path.replace(/[^/]*\/?$/, encodeURIComponent(id)) : path,
      ...(query === undefined ? {} : { query: this.#queryWithOwnIds(query) }),
      ...(body === undefined ? {} : { body: { ...body, content: this.#contentWithOwnIds(body.content, ids) } }),
    };
    const { providerStates: _, ...interaction } = this.#interaction;
    const { response } = interaction;
    if (ids.checkId === undefined || response?.body === undefined) {
      return { kind: 'ready', interaction: { ...interaction, request } };
    }
    const answer = {
      ...response,
      body: { ...response.body, content: this.#contentWithOwnIds(response.body.content, {}) },
    };
    return { kind: 'ready', interaction: { ...interaction, request, response: answer } };
  }

  #contentWithOwnIds(content: unknown, ids: { orderId?: string | undefined; callback?: string | undefined }): unknown {
    if (!isSaidObject(content)) return content;
    const { externalId, callback, serviceOrder } = content;
    return {
      ...content,
      ...(externalId === undefined ? {} : { externalId: this.#id }),
      ...(callback === undefined || ids.callback === undefined ? {} : { callback: ids.callback }),
      ...(serviceOrder === undefined || ids.orderId === undefined
        ? {}
        : { serviceOrder: { ...saidObject(serviceOrder), id: ids.orderId } }),
    };
  }

  /** A query for the recorded order becomes one for the order that was placed in its stead. */
  #queryWithOwnIds(query: NonNullable<PactRequest['query']>): NonNullable<PactRequest['query']> {
    const { externalId } = saidObject(this.#params.order);
    const own = (value: string) => (value === externalId ? this.#id : value);
    return Object.fromEntries(Object.entries(query).map(([name, values]) => [name, values.map(own)]));
  }
}

function skipped(request: string, status: number | undefined, trouble: string | undefined): Prepared {
  return { kind: 'skipped', why: `its state could not be brought about: ${request} ${status ?? trouble ?? 'failed'}` };
}

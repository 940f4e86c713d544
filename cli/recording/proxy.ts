/**
 * A proxy between a client and a vendor that writes down what passes: requests on their way to the vendor, and, because it
 * puts callbacks of its own in place of the client's, the events on their way back.
 */
import type { ExchangeRecord } from '../../contracts/records/exchange.ts';
import type { Trace, TracedExchange } from '../../contracts/records/trace.ts';
import { errorAnswer } from '../../contracts/schemas/tmf-error.ts';
import type { Client, Outcome } from '../../exchange/client.ts';
import { type Answer, type Endpoint, replyAtOnce } from '../../exchange/endpoint.ts';
import {
  type Body,
  type Headers,
  type HttpResponse,
  jsonResponse,
  originOf,
  type ReceivedRequest,
} from '../../exchange/message.ts';
import { recordingClient, runCounter } from '../../exchange/recording.ts';
import { withoutSecrets } from '../../exchange/redact.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import { Callbacks } from './callbacks.ts';
import { secretsIn } from './secrets.ts';

export interface ProxyOptions {
  readonly kernel: Kernel;
  /** How vendor and client are reached. */
  readonly client: Client;
  /** Where the vendor's API lies, such as `https://vendor.example/tmf-api/serviceOrdering/v4`. */
  readonly target: string;
  /** Where the vendor reaches `forVendor`, without a slash at the end. */
  readonly callbackUrl: string;
  readonly onExchange?: ((exchange: TracedExchange) => void) | undefined;
}

/** Longer than clients wait: who gives up is the client, and what the vendor says afterwards is still of interest. */
const patienceMs = 120_000;

export class RecordingProxy {
  readonly #options: ProxyOptions;
  readonly #origin: string;
  readonly #basePath: string;
  readonly #callbacks: Callbacks;
  readonly #counter = runCounter();
  readonly #exchanges: TracedExchange[] = [];
  /** What is a secret in one message is one in all. */
  readonly #secrets = new Set<string>();
  #unrecorded = 0;

  constructor(options: ProxyOptions) {
    this.#options = options;
    this.#origin = originOf(options.target);
    this.#basePath = options.target.slice(this.#origin.length);
    this.#callbacks = new Callbacks(`${options.callbackUrl}/callbacks`);
  }

  /** What the client is to use in place of the vendor. */
  readonly forClient: Endpoint = (request) => unreadable(request) ?? this.#toVendor(request);

  /** What the vendor's callbacks are to reach. */
  readonly forVendor: Endpoint = (request) => unreadable(request) ?? this.#toClient(request);

  /** How many requests went elsewhere than to the API, and were passed on without being written down. */
  get unrecorded(): number {
    return this.#unrecorded;
  }

  /** Everything that has ended so far, without secrets. */
  trace(): Trace {
    return {
      basePath: this.#basePath,
      listenerPath: this.#callbacks.path,
      exchanges: this.#exchanges
        .map((exchange) => withoutSecretsIn(exchange, this.#secrets))
        .toSorted((one, other) => one.sentOrder - other.sentOrder),
    };
  }

  async #toVendor(request: ReceivedRequest): Promise<Answer> {
    const target = targetOf(request);
    this.#learnFrom({ ...request, target });
    const isApi = target.startsWith(this.#basePath) && /^(?:[/?]|$)/.test(target.slice(this.#basePath.length));
    const isHub = request.path.startsWith(`${this.#basePath}/hub`);
    if (!isApi) this.#unrecorded += 1;
    const body = isHub && request.method === 'POST' ? this.#callbacks.replacedIn(request.body) : request.body;
    const client = isApi ? this.#clientFor('verifier', (record) => record) : this.#options.client;
    const outcome = await this.#send(client, { ...request, body }, `${this.#origin}${target}`);
    if (isHub) this.#noteSubscription(request, body, outcome);
    return answerOf(outcome, `Nobody answers at ${this.#origin}`, (response) => ({
      ...response,
      headers: this.#comingBack(response.headers, request.headers.host),
      body: isHub ? this.#callbacks.putBackIn(response.body) : response.body,
    }));
  }

  async #toClient(request: ReceivedRequest): Promise<Answer> {
    const target = targetOf(request);
    const original = this.#callbacks.originalOf(target);
    if (original === undefined) return refusal(404, '60', 'Resource not found', `No subscription has ${target}`);
    this.#learnFrom({ ...request, target });
    const client = this.#clientFor('vendor', (record) => ({ ...record, request: { ...record.request, path: target } }));
    const outcome = await this.#send(client, request, original);
    return answerOf(outcome, 'Nobody answers at the callback of the client', (response) => response);
  }

  #noteSubscription({ method, path }: ReceivedRequest, sent: Body | undefined, outcome: Outcome): void {
    if (!('response' in outcome) || outcome.response.status >= 300) return;
    const { id } = Object(outcome.response.body?.json);
    if (method === 'POST' && typeof id === 'string') this.#callbacks.registered(sent, id);
    if (method === 'DELETE') this.#callbacks.ended(path.slice(`${this.#basePath}/hub/`.length));
  }

  #send(client: Client, { method, headers, body }: ReceivedRequest, url: string): Promise<Outcome> {
    const sent = method === 'GET' || method === 'HEAD' ? undefined : body;
    const request = { method, url, headers: endToEnd(headers), body: sent, secrets: [...this.#secrets] };
    return client.send(request, { timeoutMs: patienceMs });
  }

  /** @param adapted the exchange as whoever asked sees it. */
  #clientFor(from: TracedExchange['from'], adapted: (record: ExchangeRecord) => ExchangeRecord): Client {
    const { kernel, client, onExchange } = this.#options;
    const to = from === 'verifier' ? 'vendor' : 'verifier';
    return recordingClient(client, {
      kernel,
      counter: this.#counter,
      from,
      partyOf: () => to,
      sink: (record, { outcome }) => {
        if ('response' in outcome) this.#learnFrom(outcome.response);
        const exchange = withoutSecretsIn({ ...adapted(record), from, to }, this.#secrets);
        this.#exchanges.push(exchange);
        onExchange?.(exchange);
      },
    });
  }

  #learnFrom(message: { headers: Headers; body?: Body | undefined; target?: string | undefined }): void {
    for (const secret of secretsIn({ ...message, json: message.body?.json })) this.#secrets.add(secret);
  }

  /** Whoever follows a reference to what was made comes through the proxy again. */
  #comingBack(headers: Headers, host: string | undefined): Headers {
    const { location } = headers;
    if (host === undefined || location === undefined || !location.startsWith(`${this.#origin}/`)) return headers;
    return { ...headers, location: `http://${host}${location.slice(this.#origin.length)}` };
  }
}

/** Path and query as they came. */
function targetOf({ target, path, query }: ReceivedRequest): string {
  if (target !== undefined) return target;
  const pairs = Object.entries(query).flatMap(([name, values]) => values.map((value) => [name, value]));
  return pairs.length === 0 ? path : `${path}?${new URLSearchParams(pairs)}`;
}

/** Bodies are read as text, which a compressed one is not. */
function unreadable({ headers }: ReceivedRequest): Answer | undefined {
  const encoding = headers['content-encoding'] ?? 'identity';
  if (encoding === 'identity') return undefined;
  return refusal(415, '22', 'Unsupported media type', `Send the body as it is: the recorder cannot read ${encoding}`);
}

/** What is about one connection only (RFC 9110, 7.6.1), and what the runtime writes itself. */
const hopByHop = new Set([
  'accept-encoding',
  'connection',
  'content-encoding',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

function endToEnd(headers: Headers): Headers {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !hopByHop.has(name)));
}

/** What the other side did is done to whoever asked: an answer is passed on, silence stays silence. */
function answerOf(outcome: Outcome, nobody: string, adapted: (response: HttpResponse) => HttpResponse): Answer {
  switch (outcome.kind) {
    case 'answered':
    case 'malformed': {
      const response = adapted(outcome.response);
      return replyAtOnce({ ...response, headers: endToEnd(response.headers) });
    }
    case 'refused':
      return refusal(502, '5', 'Bad gateway', nobody);
    case 'reset':
      return { kind: 'reset', afterMs: 0 };
    case 'timeout':
      return { kind: 'silence' };
  }
}

function refusal(status: number, code: string, reason: string, message: string): Answer {
  return replyAtOnce(jsonResponse(status, errorAnswer(status, code, reason, message).body));
}

function withoutSecretsIn(exchange: TracedExchange, secrets: ReadonlySet<string>): TracedExchange {
  if (secrets.size === 0) return exchange;
  const blotted = (text: string) => withoutSecrets(text, [...secrets]);
  const clean = <Message extends { headers: Headers; body?: { text: string } }>(message: Message): Message => ({
    ...message,
    headers: Object.fromEntries(Object.entries(message.headers).map(([name, value]) => [name, blotted(value)])),
    ...(message.body === undefined ? {} : { body: { text: blotted(message.body.text) } }),
  });
  const { request, outcome } = exchange;
  return {
    ...exchange,
    request: { ...clean(request), path: blotted(request.path) },
    outcome: 'status' in outcome ? clean(outcome) : outcome,
  };
}

/** Who wants to be told of events: the hub of one API, where listeners subscribe. */
import { checkOf } from '../contracts/profile/contract.ts';
import { criteriaOf, matchesAll } from '../contracts/profile/tmf630.ts';
import { errorAnswer, errorOfFindings } from '../contracts/schemas/tmf-error.ts';
import type { Answer } from '../exchange/endpoint.ts';
import { jsonResponse, pathAndQuery } from '../exchange/message.ts';
import type { Route, RoutedRequest } from '../exchange/router.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { refusal, reply } from './answers.ts';
import type { Dialect, Subscription } from './dialects/dialect.ts';

export interface HubOptions {
  readonly kernel: Kernel;
  /** Of the party. */
  readonly name: string;
  /** The API whose hub it is, and its words for a subscription. */
  readonly dialect: Pick<Dialect, 'api' | 'basePath' | 'subscribed' | 'unsubscribed'>;
  /** Of that API, with scheme and host. */
  readonly baseUrl: string;
}

export class Hub {
  readonly routes: Route<Answer>[];
  readonly #options: HubOptions;
  readonly #subscribers = new Map<string, Subscription>();

  constructor(options: HubOptions) {
    this.#options = options;
    const path = `${options.dialect.basePath}/hub`;
    this.routes = [
      { method: 'POST', path, handle: (request) => this.#register(request) },
      { method: 'DELETE', path: `${path}/{id}`, handle: (request) => this.#unregister(request) },
    ];
  }

  get isEmpty(): boolean {
    return this.#subscribers.size === 0;
  }

  /** Callbacks of those whose query the event matches, the first subscriber first. */
  callbacksFor(event: object): string[] {
    return [...this.#subscribers.values()]
      .filter(({ query }) => matchesAll(event, criteriaOf(pathAndQuery(`?${query}`).query)))
      .map(({ callback }) => callback);
  }

  #register({ body }: RoutedRequest): Answer {
    const { kernel, name, dialect, baseUrl } = this.#options;
    const input = body?.json;
    const findings = checkOf(dialect.api, 'conformance', 'EventSubscriptionInput')(input);
    if (findings.length > 0) return refusal(errorOfFindings(findings));
    const { callback: given, query = '' } = input as { callback: string; query?: string }; // valid, as just checked
    const callback = given.replace(/\/+$/, '');
    if ([...this.#subscribers.values()].some((known) => known.callback === callback && known.query === query)) {
      return refusal(errorAnswer(409, '62', 'Duplicate subscription', `${callback} is subscribed already`));
    }
    const id = kernel.chance(`mock.${name}.subscriptions`).hex(8);
    const subscription = { id, callback, query };
    this.#subscribers.set(id, subscription);
    return reply(jsonResponse(201, dialect.subscribed(subscription), { location: `${baseUrl}/hub/${id}` }));
  }

  #unregister({ params }: RoutedRequest): Answer {
    const id = params.id ?? '';
    if (this.#subscribers.delete(id)) return reply(this.#options.dialect.unsubscribed(id));
    return refusal(errorAnswer(404, '60', 'Resource not found', `No subscription ${id}`));
  }
}

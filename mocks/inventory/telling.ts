/** How an inventory system tells of changes: events to the subscribers of each of its hubs, or the processResult callback. */
import { type ApiName, publishedApis } from '../../contracts/schemas/documents.ts';
import { textOfInstant } from '../../contracts/schemas/text.ts';
import type { Client } from '../../exchange/client.ts';
import type { Answer } from '../../exchange/endpoint.ts';
import { jsonBody } from '../../exchange/message.ts';
import type { Route } from '../../exchange/router.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import { tmf641 } from '../dialects/tmf641.ts';
import type { SentBody } from '../distortion.ts';
import { Hub } from '../hub.ts';
import { Messenger } from '../messenger.ts';
import { drawnMs, type Latency } from '../script/latency.ts';

export type InventoryApi = Extract<ApiName, 'TMF645' | 'TMF638' | 'TMF639'>;

const apis: readonly InventoryApi[] = ['TMF645', 'TMF638', 'TMF639'];

/** Something that subscribers are told of. */
export interface Happening {
  readonly api: InventoryApi;
  /** As events call it, such as `checkServiceQualification`. */
  readonly resource: string;
  readonly kind: 'Create' | 'StateChange' | 'AttributeValueChange' | 'Delete';
  readonly id: string;
  /** As it is then. */
  readonly document: object;
  /** Which attributes it is about. */
  readonly fieldPath?: string;
}

/** How often and how late a message is sent. */
export interface Sending {
  readonly sent: number;
  readonly delay?: Latency;
}

/** Something said, that can be said again. */
export type Told =
  | { readonly kind: 'event'; readonly api: InventoryApi; readonly path: string; readonly body: object }
  | { readonly kind: 'callback'; readonly body: object };

/** How long after its answer something new is announced, so that whoever made it knows its id by then. */
const announcementMs = 50;

const processResultPath = `${publishedApis.ServiceNowQualification.basePath}/checkServiceQualification/processResult`;

const atOnce: Sending = { sent: 1 };

export function basePathOf(api: InventoryApi): string {
  return publishedApis[api].basePath;
}

export interface TellingOptions {
  readonly kernel: Kernel;
  readonly client: Client;
  readonly name: string;
  readonly publicUrl: string;
  readonly callbackUrl: string;
}

export class InventoryTeller {
  readonly #options: TellingOptions;
  readonly #messenger: Messenger;
  readonly #hubs: ReadonlyMap<InventoryApi, Hub>;
  readonly #announceAddress: string;
  /** What is new and still to be announced. */
  readonly #unannounced = new Map<string, Happening>();

  constructor(options: TellingOptions) {
    const { kernel, name, publicUrl } = options;
    this.#options = options;
    this.#messenger = new Messenger(options);
    this.#hubs = new Map(
      apis.map((api) => {
        const dialect = { ...tmf641, api, basePath: basePathOf(api) };
        return [api, new Hub({ kernel, name, dialect, baseUrl: `${publicUrl}${dialect.basePath}` })];
      }),
    );
    this.#announceAddress = `mock.${name}.announce`;
    kernel.handle(this.#announceAddress, ({ id }) => this.#announce(id));
  }

  get routes(): Route<Answer>[] {
    return [...this.#hubs.values()].flatMap((hub) => hub.routes);
  }

  /** @param answeredAt when whoever made it has its answer. */
  announce(happening: Omit<Happening, 'kind'>, answeredAt: number): void {
    const id = this.#announcementId(happening);
    this.#unannounced.set(id, { ...happening, kind: 'Create' });
    const due = answeredAt + announcementMs;
    this.#options.kernel.schedule({ id, to: this.#announceAddress, due, data: {} });
  }

  /**
   * Tells the subscribers; of something new only after it has been announced.
   * @param distorted makes of a message what is sent in its place.
   */
  tell(happening: Happening, sending: Sending = atOnce, distorted?: Distorted): Told {
    this.#announce(this.#announcementId(happening));
    const { kernel, name } = this.#options;
    const { api, resource, kind, document, fieldPath } = happening;
    const event = `${resource}${kind}Event`;
    const body = {
      eventId: kernel.chance(`mock.${name}.events`).hex(32),
      eventTime: textOfInstant(kernel.now()),
      eventType: `${event.charAt(0).toUpperCase()}${event.slice(1)}`,
      ...(fieldPath === undefined ? {} : { fieldPath }),
      event: { [resource]: document },
    };
    const told: Told = { kind: 'event', api, path: `/listener/${event}`, body };
    this.say(told, sending, distorted);
    return told;
  }

  /** Tells the order management the results of a check. */
  callBack(body: object, sending: Sending, distorted?: Distorted): Told {
    const told: Told = { kind: 'callback', body };
    this.say(told, sending, distorted);
    return told;
  }

  /** What may have been said before, word by word. */
  say(told: Told, sending: Sending, distorted: Distorted = (body) => ({ body: jsonBody(body) })): void {
    const { kernel, name, callbackUrl } = this.#options;
    const urls =
      told.kind === 'callback'
        ? [`${callbackUrl}${processResultPath}`]
        : (this.#hubs.get(told.api)?.callbacksFor(told.body) ?? []).map((callback) => `${callback}${told.path}`);
    for (const url of urls) {
      const message = distorted(told.body, url);
      for (let time = 0; time < sending.sent; time += 1) {
        if (sending.delay === undefined) this.#messenger.send(url, message);
        else this.#messenger.sendLater(url, message, drawnMs(sending.delay, kernel, `mock.${name}.latency`));
      }
    }
  }

  /** What was still to be told is not told any more. */
  forget(): void {
    for (const id of this.#unannounced.keys()) this.#options.kernel.cancel(id);
    this.#unannounced.clear();
    this.#messenger.forget();
  }

  #announce(id: string): void {
    const happening = this.#unannounced.get(id);
    if (happening === undefined) return;
    this.#unannounced.delete(id);
    this.#options.kernel.cancel(id);
    this.tell(happening);
  }

  #announcementId({ resource, id }: Pick<Happening, 'resource' | 'id'>): string {
    return `${this.#announceAddress}/${resource}/${id}`;
  }
}

/** @param url where it goes, which says what contract it has. */
export type Distorted = (body: object, url: string) => SentBody;

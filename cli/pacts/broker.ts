/**
 * A Pact broker, by its HTTP API (HAL): https://docs.pact.io/pact_broker. Addresses are taken from its links, as it asks to be
 * used; the token goes to the broker's own host only.
 */
import { saidObject, saidObjects, saidText } from '../../contracts/records/said.ts';
import type { Client } from '../../exchange/client.ts';
import { jsonBody, originOf } from '../../exchange/message.ts';
import { WrongUse } from '../terminal.ts';
import { isPact, type Pact } from './documents.ts';

export interface Contract {
  readonly consumerName: string;
  readonly providerName: string;
  /** Of the pact, as JSON. */
  readonly text: string;
}

export interface PublishedVersion {
  readonly version: string;
  readonly branch?: string | undefined;
  readonly buildUrl?: string | undefined;
}

export interface BrokerPact {
  readonly pact: Pact;
  readonly source: string;
  readonly publishAt: string | undefined;
}

/** Brokers are quick; one that is not is down. */
const patienceMs = 30_000;

export class Broker {
  readonly #client: Client;
  readonly #url: string;
  readonly #token: string | undefined;

  constructor(options: { client: Client; url: string; token: string | undefined }) {
    this.#client = options.client;
    this.#url = options.url.replace(/\/+$/, '');
    this.#token = options.token;
  }

  /** All pacts of one consumer at once, with version and branch. Gives what the broker has to say, line by line. */
  async publish(contracts: readonly Contract[], { version, branch, buildUrl }: PublishedVersion): Promise<string[]> {
    const [first] = contracts;
    const body = {
      pacticipantName: first?.consumerName,
      pacticipantVersionNumber: version,
      ...(branch === undefined ? {} : { branch }),
      ...(buildUrl === undefined ? {} : { buildUrl }),
      contracts: contracts.map(({ consumerName, providerName, text }) => ({
        consumerName,
        providerName,
        specification: 'pact',
        contentType: 'application/json',
        content: Buffer.from(text).toString('base64'),
      })),
    };
    const answer = saidObject(await this.#ask('POST', await this.#link('pb:publish-contracts', {}), body));
    return saidObjects(answer.notices).flatMap(({ type, text }) => (type === 'debug' ? [] : (saidText(text) ?? [])));
  }

  /** The latest pact of each consumer with that provider. */
  async pactsFor(provider: string): Promise<BrokerPact[]> {
    const body = { consumerVersionSelectors: [{ latest: true }], includePendingStatus: false };
    const found = await this.#ask('POST', await this.#link('pb:provider-pacts-for-verification', { provider }), body);
    const links = saidObjects(saidObject(saidObject(found)._embedded).pacts).map((each) => hrefIn(each, 'self'));
    const pacts: BrokerPact[] = [];
    for (const source of links) {
      if (source === undefined) continue;
      const pact = await this.#ask('GET', source);
      if (!isPact(pact)) throw new WrongUse(`${source}: the broker gives no pact there.`);
      pacts.push({ pact, source, publishAt: hrefIn(saidObject(pact), 'pb:publish-verification-results') });
    }
    return pacts;
  }

  async putOnBranch(pacticipant: string, version: string, branch: string): Promise<void> {
    await this.#ask('PUT', await this.#link('pb:pacticipant-branch-version', { pacticipant, version, branch }), {});
  }

  /** @param at the link that came with the pact. */
  async publishResult(at: string, result: object): Promise<void> {
    await this.#ask('POST', at, result);
  }

  /** From the index, with its parameters filled in. */
  async #link(name: string, parameters: { readonly [name: string]: string }): Promise<string> {
    const href = hrefIn(saidObject(await this.#ask('GET', this.#url)), name);
    if (href === undefined) {
      throw new WrongUse(`${this.#url} has no link ${name}: it is no Pact broker, or one before version 2.86.`);
    }
    return href.replaceAll(/\{(\w+)\}/g, (_all, parameter) => encodeURIComponent(parameters[parameter] ?? ''));
  }

  async #ask(method: string, url: string, body?: object): Promise<unknown> {
    if (originOf(url) !== originOf(this.#url)) {
      throw new WrongUse(
        `The broker at ${this.#url} refers to ${originOf(url)}. Give it under the address it has itself.`,
      );
    }
    const headers = {
      accept: 'application/hal+json',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(this.#token === undefined ? {} : { authorization: `Bearer ${this.#token}` }),
    };
    const sent = body === undefined ? {} : { body: jsonBody(body) };
    const outcome = await this.#client.send({ method, url, headers, ...sent }, { timeoutMs: patienceMs });
    if (!('response' in outcome)) throw new WrongUse(`The broker does not answer at ${url} (${outcome.kind}).`);
    const { status, body: answered } = outcome.response;
    if (status === 401 || status === 403) {
      throw new WrongUse(`The broker answers ${status} at ${url}: name the variable with its token by --token-from.`);
    }
    if (status >= 300) throw new WrongUse(`The broker answers ${status} at ${url}: ${complaintIn(answered?.json)}`);
    return answered?.json;
  }
}

/** Each relation is one link, or several. */
function hrefIn(resource: { readonly [name: string]: unknown }, relation: string): string | undefined {
  const links = saidObject(resource._links)[relation];
  return saidText(saidObject(Array.isArray(links) ? links[0] : links).href);
}

function complaintIn(answer: unknown): string {
  const { errors, error, notices } = saidObject(answer);
  const texts = saidObjects(notices).flatMap(({ text }) => saidText(text) ?? []);
  if (texts.length > 0) return texts.join(' ');
  const complaint = errors ?? saidObject(error).message ?? error;
  return complaint === undefined ? 'it does not say why' : JSON.stringify(complaint);
}

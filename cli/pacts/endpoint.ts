/**
 * The endpoint under verification, behind a server of our own: Pact asks that, and it asks the endpoint. There credentials are
 * added, paths led to where the API really starts, and connections that break become answers, which Pact survives.
 */

import { saidObject, saidText } from '../../contracts/records/said.ts';
import type { Client, Outcome } from '../../exchange/client.ts';
import { type Answer, type Endpoint, replyAtOnce } from '../../exchange/endpoint.ts';
import type { Headers, HttpRequest, ReceivedRequest } from '../../exchange/message.ts';
import { jsonBody, jsonMediaType, jsonResponse } from '../../exchange/message.ts';

/** Says of a request which interaction it belongs to. */
export const interactionHeader = 'x-southbound-interaction';

/** A request that takes longer counts as unanswered. Larger keeps waiting for one that never comes; smaller fails slow systems. */
const longestPatienceMs = 10_000;

export interface Asked {
  readonly status: number | undefined;
  readonly json: unknown;
  /** Why there is no answer. */
  readonly trouble?: string;
}

export class VerifiedEndpoint {
  readonly #client: Client;
  readonly #url: string;
  readonly #credentials: () => Promise<Headers>;
  readonly #troubles = new Map<number, string>();
  readonly #patienceMs: number;
  readonly #underWay = new Set<number>();
  readonly #sent = new Set<Promise<Outcome>>();
  /** Paths of what was made there, and is to be gone at the end. */
  readonly #made = new Set<string>();

  /**
   * @param options.url where its API starts.
   * @param options.limitMs how long the whole verification may take.
   */
  constructor(options: { client: Client; url: string; credentials: () => Promise<Headers>; limitMs: number }) {
    this.#client = options.client;
    this.#url = options.url;
    this.#credentials = options.credentials;
    this.#patienceMs = Math.min(longestPatienceMs, options.limitMs);
  }

  /** What Pact asks. */
  readonly relay: Endpoint = async (request) => {
    const place = Number(request.headers[interactionHeader]);
    this.#underWay.add(place);
    const answer = await this.#passedOn(request, place);
    this.#underWay.delete(place);
    return answer;
  };

  /** Why an interaction got no answer, if so; or that it was waiting for one when the time was up. */
  troubleWith(place: number): string | undefined {
    return (
      this.#troubles.get(place) ?? (this.#underWay.has(place) ? 'no answer came before the time was up' : undefined)
    );
  }

  async ask(method: string, path: string, body?: unknown): Promise<Asked> {
    const sent = body === undefined ? {} : { body: jsonBody(body) };
    const headers = { accept: 'application/json', ...(body === undefined ? {} : { 'content-type': jsonMediaType }) };
    const outcome = await this.#send({ method, url: `${this.#url}${path}`, headers, ...sent });
    if (!('response' in outcome)) return { status: undefined, json: undefined, trouble: troubleIn(outcome) };
    const { status, body: answered } = outcome.response;
    return { status, json: answered?.json };
  }

  /** Ends every subscription that was made, and takes back every question. */
  async leave(): Promise<void> {
    await Promise.all([...this.#made].map((path) => this.ask('DELETE', path)));
  }

  /** Settles when nothing is under way any more. */
  async settled(): Promise<void> {
    await Promise.all(this.#sent);
  }

  async #passedOn({ method, target = '', headers, body }: ReceivedRequest, place: number): Promise<Answer> {
    const { [interactionHeader]: _, host, connection, 'content-length': length, ...passed } = headers;
    const url = `${this.#url}${target.slice(beginningOfResource(target))}`;
    const sent = method === 'GET' || method === 'HEAD' ? undefined : body;
    const outcome = await this.#send({ method, url, headers: passed, body: sent });
    if ('response' in outcome) {
      const {
        'content-encoding': encoding,
        'transfer-encoding': transfer,
        'content-length': size,
        ...rest
      } = outcome.response.headers;
      return replyAtOnce({ ...outcome.response, headers: rest });
    }
    const trouble = troubleIn(outcome);
    this.#troubles.set(place, trouble);
    return replyAtOnce(jsonResponse(502, { code: '5', reason: 'Bad gateway', message: trouble }));
  }

  async #send(request: HttpRequest): Promise<Outcome> {
    const headers = { ...request.headers, ...(await this.#credentials()) };
    const sent = this.#client.send({ ...request, headers }, { timeoutMs: this.#patienceMs });
    this.#sent.add(sent);
    const outcome = await sent.finally(() => this.#sent.delete(sent));
    this.#remember(request, outcome);
    return outcome;
  }

  #remember({ method, url }: HttpRequest, outcome: Outcome): void {
    if (!('response' in outcome) || outcome.response.status >= 300) return;
    const path = url.slice(this.#url.length).replace(/\/$/, '');
    if (method === 'POST' && ['/hub', '/checkServiceQualification'].includes(path)) {
      const id = saidText(saidObject(outcome.response.body?.json).id);
      if (id !== undefined) this.#made.add(`${path}/${encodeURIComponent(id)}`);
    }
    if (method === 'DELETE') this.#made.delete(path);
  }
}

/** Pacts name the whole path; where the API starts, they cannot know. */
function beginningOfResource(target: string): number {
  return Math.max(0, target.search(/\/(?:serviceOrder|cancelServiceOrder|checkServiceQualification|hub)(?:[/?]|$)/));
}

function troubleIn({ kind }: Outcome): string {
  if (kind === 'refused') return 'nobody answers there';
  return kind === 'reset' ? 'the connection broke before the answer was in' : 'no answer came in time';
}

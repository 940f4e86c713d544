/** The interface that operators have, from outside. */
import { inspect } from 'node:util';
import { fetchClient } from '../../exchange/fetch.ts';
import { jsonBody, jsonMediaType } from '../../exchange/message.ts';
import { freshSeed } from '../../kernel/chance.ts';
import { SystemKernel } from '../../kernel/system-kernel.ts';
import { tokenFrom } from '../access/tokens.ts';
import { WrongUse } from '../terminal.ts';

export interface ApiOptions {
  /** Where the order management is. */
  readonly url: string;
  readonly as?: string;
  /** The variable that holds a token. */
  readonly tokenFrom?: string;
}

/** Answers of success; any other becomes a sentence for people. */
export class Api {
  readonly #base: string;
  readonly #credentials: { readonly [name: string]: string };
  /** For commands only: who may approve, say, need not be let look into orders by that. */
  readonly #roles: { readonly [name: string]: string };
  readonly #kernel = new SystemKernel({ seed: freshSeed(), onFault: (fault) => console.error(fault) });
  readonly #client = fetchClient(this.#kernel);

  constructor({ url, as, tokenFrom: name }: ApiOptions) {
    this.#base = `${url.replace(/\/+$/, '')}/southbound/v1`;
    const token = name === undefined ? undefined : tokenFrom('--token-from', name, process.env);
    this.#credentials = token === undefined ? {} : { authorization: `Bearer ${token}` };
    this.#roles = as === undefined ? {} : { 'x-southbound-roles': as };
  }

  /** The time limit of an answer that came is still set, and would keep the process waiting. */
  close(): void {
    this.#kernel.close();
  }

  async ask<Answer>(method: string, path: string, body?: object): Promise<Answer> {
    const url = `${this.#base}${path}`;
    const headers = { accept: 'application/json', ...this.#credentials, ...(method === 'GET' ? {} : this.#roles) };
    const sent =
      body === undefined
        ? { headers }
        : { headers: { ...headers, 'content-type': jsonMediaType }, body: jsonBody(body) };
    const outcome = await this.#client.send({ method, url, ...sent }, { timeoutMs: 30_000 });
    if (outcome.kind !== 'answered') {
      throw new WrongUse(
        `No answer from ${this.#base} (${outcome.kind}). Is "southbound serve" running there? See --url.`,
      );
    }
    const { status, body: answer } = outcome.response;
    if (status < 300) return answer?.json as Answer; // of its contract, as the order management answers
    const { message } = (answer?.json ?? {}) as { message?: string }; // a TMF error
    const hint = status === 401 ? '. Name the variable that holds your token with --token-from.' : '';
    throw new WrongUse(`${message ?? `HTTP ${status}: ${inspect(answer?.text)}`}${hint}`);
  }
}

/** Sends what a party tells others: at once, or some time after it happened. */
import type { Client } from '../exchange/client.ts';
import { jsonMediaType, receivedBody } from '../exchange/message.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { declaredFault } from './answers.ts';
import type { SentBody } from './distortion.ts';

/** A listener that takes longer is not waited for. */
const listenerTimeoutMs = 30_000;

export class Messenger {
  readonly #kernel: Kernel;
  readonly #client: Client;
  readonly #name: string;
  readonly #laterAddress: string;
  /** Ids of the messages that still wait to be sent. */
  readonly #later = new Set<string>();
  #laterCount = 0;

  /** @param options.name of the party whose messages they are. */
  constructor({ kernel, client, name }: { kernel: Kernel; client: Client; name: string }) {
    this.#kernel = kernel;
    this.#client = client;
    this.#name = name;
    this.#laterAddress = `mock.${name}.tell`;
    kernel.handle(this.#laterAddress, ({ id, data }) => {
      this.#later.delete(id);
      const { url, text, fault } = data as { url: string; text: string; fault?: string }; // from `sendLater`
      const body = receivedBody(text);
      this.send(url, fault === undefined ? { body } : { body, fault });
    });
  }

  send(url: string, { body, fault }: SentBody): void {
    const headers = { 'content-type': jsonMediaType, ...(fault === undefined ? {} : declaredFault(fault)) };
    const request = { method: 'POST', url, headers, body };
    this.#kernel.call(`${this.#name} tells ${url}`, async () => {
      await this.#client.send(request, { timeoutMs: listenerTimeoutMs });
    });
  }

  sendLater(url: string, { body, fault }: SentBody, afterMs: number): void {
    this.#laterCount += 1;
    const id = `${this.#laterAddress}/${this.#laterCount}`;
    this.#later.add(id);
    const text = body?.text ?? '';
    const data = fault === undefined ? { url, text } : { url, text, fault };
    this.#kernel.schedule({ id, to: this.#laterAddress, due: this.#kernel.now() + afterMs, data });
  }

  /** What was to be sent later is not sent any more. */
  forget(): void {
    for (const id of this.#later) this.#kernel.cancel(id);
    this.#later.clear();
  }
}

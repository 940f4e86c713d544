/** Lets the weather act on requests and their answers while they travel, on the kernel's clock. */
import { type Fault, faults, type LinkWeather, type Weather } from '../../contracts/records/weather.ts';
import { errorAnswer } from '../../contracts/schemas/tmf-error.ts';
import type { Client, Outcome } from '../../exchange/client.ts';
import { type HttpRequest, jsonResponse } from '../../exchange/message.ts';
import type { Instant, Kernel } from '../../kernel/kernel.ts';

/** What the weather did to a request. */
export interface Hit {
  readonly fault: Fault;
  readonly from: string;
  readonly to: string;
  readonly request: HttpRequest;
}

/** Where the kernel finds requests that arrive later than they were sent. */
const address = 'weather.arrival';

/** How long the wire holds the line for the answer to a request whose sender is no longer there. */
const unseenTimeoutMs = 60_000;

/** A request on its way that its sender waits for no longer, or does not know of. */
interface Straggler {
  readonly request: HttpRequest;
  readonly client: Client;
}

interface Link extends LinkWeather {
  /** Requests that wait for another to overtake them. */
  readonly held: Set<string>;
}

export class Weathering {
  readonly #kernel: Kernel;
  readonly #startedAt: Instant;
  readonly #stormMs: number;
  readonly #links: ReadonlyMap<string, Link>;
  readonly #stragglers = new Map<string, Straggler>();
  readonly #onHit: (hit: Hit) => void;
  #arrivals = 0;

  constructor({ kernel, weather, onHit }: { kernel: Kernel; weather: Weather; onHit: (hit: Hit) => void }) {
    this.#kernel = kernel;
    this.#startedAt = kernel.now();
    this.#stormMs = weather.stormMs;
    this.#links = new Map(weather.links.map((link) => [`${link.from}>${link.to}`, { ...link, held: new Set() }]));
    this.#onHit = onHit;
    kernel.handle(address, ({ id }) => this.#arrive(id));
  }

  /**
   * @param options.client carries what the sender sees the outcome of.
   * @param options.unseen carries what arrives behind the sender's back.
   */
  clientOf(options: { from: string; client: Client; unseen: Client; partyOf: (url: string) => string }): Client {
    const { from, client, unseen, partyOf } = options;
    return {
      send: (request, limits) => {
        const link = this.#links.get(`${from}>${partyOf(request.url)}`);
        if (link === undefined) return client.send(request, limits);
        this.#overtake(link);
        const fault = this.#drawn(link);
        if (fault === undefined) return client.send(request, limits);
        this.#onHit({ fault, from, to: link.to, request });
        return this.#hit(fault, link, { request, client, unseen, timeoutMs: limits.timeoutMs });
      },
    };
  }

  /** What happens to the next request on a link; nothing in the calm. */
  #drawn(link: Link): Fault | undefined {
    if (this.#sinceStart() >= this.#stormMs) return undefined;
    if (this.#burst(link) !== undefined) return 'busy';
    let drawn = this.#chance(link).fraction();
    for (const fault of faults) {
      drawn -= fault === 'busy' ? 0 : (link.chances[fault] ?? 0);
      if (drawn < 0) return fault;
    }
    return undefined;
  }

  async #hit(
    fault: Fault,
    link: Link,
    { request, client, unseen, timeoutMs }: { request: HttpRequest; client: Client; unseen: Client; timeoutMs: number },
  ): Promise<Outcome> {
    const kernel = this.#kernel;
    const sentAt = kernel.now();
    const delayMs = () => 1 + Math.round(link.longestDelayMs * this.#chance(link).fraction() ** 2);
    const straggler = { request, client: unseen };
    switch (fault) {
      case 'request lost':
        return this.#unanswered(sentAt, timeoutMs);
      case 'answer lost':
        await client.send(request, { timeoutMs });
        return this.#unanswered(sentAt, timeoutMs);
      case 'reset before':
        return { kind: 'reset' };
      case 'reset after':
        await client.send(request, { timeoutMs });
        return { kind: 'reset' };
      case 'twice':
        this.#comeLater(straggler, delayMs());
        return client.send(request, { timeoutMs });
      case 'overtaken':
        link.held.add(this.#comeLater(straggler, delayMs()));
        return this.#unanswered(sentAt, timeoutMs);
      case 'late':
        return this.#chance(link).fraction() < 0.5
          ? this.#late({ request, client, unseen, timeoutMs }, delayMs())
          : this.#answeredLate(
              { request, client, timeoutMs },
              Math.round(Math.min(delayMs(), 1.2 * timeoutMs * this.#chance(link).fraction())),
            );
      case 'busy':
        return { kind: 'answered', response: this.#burstAnswer(link) };
    }
  }

  /** In time for the sender to hear the answer, or not. */
  async #late(
    sent: { request: HttpRequest; client: Client; unseen: Client; timeoutMs: number },
    delayMs: number,
  ): Promise<Outcome> {
    const { request, client, unseen, timeoutMs } = sent;
    const sentAt = this.#kernel.now();
    if (delayMs >= timeoutMs) {
      this.#comeLater({ request, client: unseen }, delayMs);
      return this.#unanswered(sentAt, timeoutMs);
    }
    await this.#kernel.rest(sentAt + delayMs);
    const outcome = await client.send(request, { timeoutMs: timeoutMs - delayMs });
    return outcome.kind === 'timeout' ? { kind: 'timeout', afterMs: timeoutMs } : outcome;
  }

  /** The request arrives at once; what comes of it there is told before its own answer is in. */
  async #answeredLate(
    { request, client, timeoutMs }: { request: HttpRequest; client: Client; timeoutMs: number },
    delayMs: number,
  ): Promise<Outcome> {
    const sentAt = this.#kernel.now();
    const outcome = await client.send(request, { timeoutMs });
    if (this.#kernel.now() + delayMs >= sentAt + timeoutMs) return this.#unanswered(sentAt, timeoutMs);
    await this.#kernel.rest(this.#kernel.now() + delayMs);
    return outcome;
  }

  async #unanswered(sentAt: Instant, timeoutMs: number): Promise<Outcome> {
    await this.#kernel.rest(sentAt + timeoutMs);
    return { kind: 'timeout', afterMs: timeoutMs };
  }

  #comeLater(straggler: Straggler, delayMs: number): string {
    this.#arrivals += 1;
    const id = `${address}/${this.#arrivals}`;
    this.#stragglers.set(id, straggler);
    this.#kernel.schedule({ id, to: address, due: this.#kernel.now() + delayMs, data: {} });
    return id;
  }

  /** Whoever was held comes right behind the request that has just been sent. */
  #overtake({ held }: Link): void {
    for (const id of held) {
      if (this.#stragglers.has(id)) this.#kernel.schedule({ id, to: address, due: this.#kernel.now(), data: {} });
    }
    held.clear();
  }

  #arrive(id: string): void {
    const straggler = this.#stragglers.get(id);
    if (straggler === undefined) return;
    this.#stragglers.delete(id);
    this.#kernel.call(id, async () => {
      await straggler.client.send(straggler.request, { timeoutMs: unseenTimeoutMs });
    });
  }

  #burst({ bursts }: Link) {
    const at = this.#sinceStart();
    return bursts.find(({ fromMs, untilMs }) => fromMs <= at && at < untilMs);
  }

  #burstAnswer(link: Link) {
    const { status = 503, retryAfterSeconds } = this.#burst(link) ?? {};
    const { body } = errorAnswer(status, '5', 'Service unavailable', `${link.to} cannot take requests at the moment`);
    return jsonResponse(status, body, {
      ...(retryAfterSeconds === undefined ? {} : { 'retry-after': `${retryAfterSeconds}` }),
      // What stands between the two gives these answers: no contract has them.
      ...(status === 502 || status === 504 ? { 'x-southbound-fault': 'a gateway answers for the other side' } : {}),
    });
  }

  #sinceStart(): number {
    return this.#kernel.now() - this.#startedAt;
  }

  #chance({ from, to }: Link) {
    return this.#kernel.chance(`weather.${from}>${to}`);
  }
}

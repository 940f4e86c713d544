/** The weather of a run: what may happen to the messages between its parties, for how long, and what did. */

/** What the weather can do to a message. `late`: the request, or its answer. */
export const faults = [
  'request lost',
  'answer lost',
  'late',
  'twice',
  'overtaken',
  'busy',
  'reset before',
  'reset after',
] as const;

export type Fault = (typeof faults)[number];

/** Plain data: with the seed of the run, all that is needed to see the same storm again. */
export interface Weather {
  /** How long the storm lasts, from the start of the run. A calm follows, in which nothing happens to any message. */
  readonly stormMs: number;
  readonly links: readonly LinkWeather[];
}

/** The weather on the way of requests from one party to another, and of their answers back. */
export interface LinkWeather {
  readonly from: string;
  readonly to: string;
  /** How likely each is to hit a request, from 0 to 1; together 1 at most. */
  readonly chances: { readonly [fault in Exclude<Fault, 'busy'>]?: number };
  /** The most that a late, doubled or overtaken request is behind its time. */
  readonly longestDelayMs: number;
  /** When whoever is asked answers nothing but an error of 5xx. */
  readonly bursts: readonly Burst[];
}

/** Instants count from the start of the run. */
export interface Burst {
  readonly fromMs: number;
  readonly untilMs: number;
  readonly status: number;
  readonly retryAfterSeconds?: number;
}

/** One message that the weather hit. */
export interface WeatherRecord {
  readonly kind: 'weather';
  /** Its place among everything that happened in the run. */
  readonly order: number;
  readonly at: number;
  readonly from: string;
  readonly to: string;
  readonly fault: Fault;
  readonly method: string;
  /** Path and query, without scheme and host. */
  readonly path: string;
  /** The `externalId` that the message names, if it names one. */
  readonly externalId?: string;
}

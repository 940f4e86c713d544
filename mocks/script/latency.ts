/** How long something takes: a fixed time, or one drawn from a distribution by the chance of the seed (K4). */
import { durationMsOfText } from '../../contracts/schemas/text.ts';
import type { Kernel } from '../../kernel/kernel.ts';

/** A number is a fixed time in milliseconds. */
export type Latency = number | Uniform | Lognormal;

/** Every time between the two is equally likely. */
interface Uniform {
  readonly kind: 'uniform';
  readonly leastMs: number;
  readonly mostMs: number;
}

/** Half of the times are below the median; the few long ones are much longer, as waiting times are. */
interface Lognormal {
  readonly kind: 'lognormal';
  readonly medianMs: number;
  /** Of the logarithm: with 0.6, one time in twenty is beyond 2.7 medians. */
  readonly sigma: number;
  readonly mostMs: number;
}

export type LatencyInFile =
  | string
  | { readonly uniform: readonly [string, string] }
  | { readonly lognormal: { readonly median: string; readonly sigma: number; readonly most?: string } };

export function latencyOf(written: LatencyInFile): Latency {
  if (typeof written === 'string') return durationMsOfText(written);
  if ('uniform' in written) {
    const [one, other] = written.uniform.map(durationMsOfText) as [number, number]; // two, says the schema
    return { kind: 'uniform', leastMs: Math.min(one, other), mostMs: Math.max(one, other) };
  }
  const { median, sigma, most } = written.lognormal;
  const mostMs = most === undefined ? Number.POSITIVE_INFINITY : durationMsOfText(most);
  return { kind: 'lognormal', medianMs: durationMsOfText(median), sigma, mostMs };
}

/**
 * In whole milliseconds. A fixed time draws nothing, so that what a script says of one latency leaves the others alone.
 * @param stream the name of the stream of chance.
 */
export function drawnMs(latency: Latency, kernel: Pick<Kernel, 'chance'>, stream: string): number {
  if (typeof latency === 'number') return latency;
  const chance = kernel.chance(stream);
  if (latency.kind === 'uniform') return chance.between(latency.leastMs, latency.mostMs);
  const drawn = latency.medianMs * Math.exp(latency.sigma * normal(chance.fraction(), chance.fraction()));
  return Math.round(Math.min(drawn, latency.mostMs));
}

/** Box and Muller (1958): two even fractions give one number of the standard normal distribution. */
function normal(one: number, other: number): number {
  return Math.sqrt(-2 * Math.log(1 - one)) * Math.cos(2 * Math.PI * other);
}

/** Draws the weather of a run: which links it is over, what it does there and how often, and when the storm ends. */
import type { Burst, LinkWeather, Weather } from '../../contracts/records/weather.ts';
import { durationMsOfText } from '../../contracts/schemas/text.ts';
import type { Chance } from '../../kernel/chance.ts';

/** A way that requests take. */
export interface Link {
  readonly from: string;
  readonly to: string;
}

/** How bad it is on one link: chances from 0 to 1 for a message, and the part of the storm that is spent in bursts. */
export interface Severity {
  readonly drop: number;
  readonly reset: number;
  readonly delay: number;
  readonly duplicate: number;
  readonly reorder: number;
  readonly busy: number;
  readonly longestDelayMs: number;
}

/** The statuses of a burst: those after which the same request may succeed later. */
const burstStatuses = [500, 502, 503, 504];

/** What a late message is behind its time where a scenario does not say. */
const usualLongestDelayMs = 5 * 60_000;

/** Any weather at all: some links are spared, some faults are frequent, and each link has its own. */
export function drawWeather(
  chance: Chance,
  links: readonly Link[],
  stormMs = chance.between(2, 48) * 30 * 60_000,
): Weather {
  const stormy = links.map((link) => linkWeather(link, drawSeverity(chance), stormMs, chance));
  return { stormMs, links: stormy };
}

function drawSeverity(chance: Chance): Severity {
  const often = (most = 0.18) => (chance.fraction() < 0.4 ? 0 : chance.fraction() * most);
  return {
    drop: often(),
    reset: often(),
    delay: often(0.26),
    duplicate: often(),
    reorder: often(),
    busy: often(),
    longestDelayMs: 1_000 * chance.pick([2, 20, 120, 900, 7_200]),
  };
}

/** `weather` in a scenario file: what it does not name does not happen. */
export interface Forecast extends Partial<Omit<Severity, 'longestDelayMs'>> {
  readonly storm: string;
  readonly longestDelay?: string;
  /** `om -> som` and the like. */
  readonly links?: readonly string[];
}

/** @param links those that the weather is over where the file names none. */
export function weatherOf(written: Forecast, chance: Chance, links: readonly Link[]): Weather {
  const { storm, longestDelay, links: named, ...chances } = written;
  const stormMs = durationMsOfText(storm);
  const calm = { drop: 0, reset: 0, delay: 0, duplicate: 0, reorder: 0, busy: 0 };
  const longestDelayMs = longestDelay === undefined ? usualLongestDelayMs : durationMsOfText(longestDelay);
  const over = named === undefined ? links : named.map(linkNamed);
  return {
    stormMs,
    links: over.map((link) => linkWeather(link, { ...calm, ...chances, longestDelayMs }, stormMs, chance)),
  };
}

function linkNamed(text: string): Link {
  const [from = '', to = ''] = text.split('->').map((party) => party.trim());
  return { from, to };
}

/** Every way between the order management and the systems that service orders go to, there and back. */
export function southboundLinks(systems: readonly string[]): Link[] {
  return systems.flatMap((system) => [
    { from: 'om', to: system },
    { from: system, to: 'om' },
  ]);
}

function linkWeather({ from, to }: Link, severity: Severity, stormMs: number, chance: Chance): LinkWeather {
  const { drop, reset, delay, duplicate, reorder, busy, longestDelayMs } = severity;
  const chances = {
    'request lost': drop / 2,
    'answer lost': drop / 2,
    'reset before': reset / 2,
    'reset after': reset / 2,
    late: delay,
    twice: duplicate,
    overtaken: reorder,
  };
  return { from, to, chances, longestDelayMs, bursts: drawBursts(busy, stormMs, chance) };
}

/** Some bursts that together take about the part of the storm that is asked for. */
function drawBursts(busy: number, stormMs: number, chance: Chance): Burst[] {
  if (busy === 0) return [];
  const count = chance.between(1, 4);
  return Array.from({ length: count }, () => {
    const lengthMs = Math.round(((stormMs * busy) / count) * (0.5 + chance.fraction()));
    const fromMs = chance.between(0, Math.max(0, stormMs - lengthMs));
    const burst = { fromMs, untilMs: fromMs + lengthMs, status: chance.pick(burstStatuses) };
    return chance.fraction() < 0.5 ? burst : { ...burst, retryAfterSeconds: chance.between(1, 120) };
  });
}

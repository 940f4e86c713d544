/** Hostile requests by number, one after the other, each judged; every so many of them the engine is a new one. */

import { type Judge, judgeOf } from './judge.ts';
import { type HostileRequest, hostileRequest } from './request.ts';
import { type HostileWorld, openHostileWorld } from './world.ts';

/** Requests that one engine gets. More would let legal ones fill it; fewer would spend most of the time on opening engines. */
export const perEngine = 5_000;

export interface HostileRun {
  readonly asked: number;
  readonly byStatus: ReadonlyMap<number, number>;
  /** Routes of the engine that were asked, and those whose handler took something or refused it for what it is. */
  readonly routes: ReadonlySet<string>;
  readonly complaints: readonly string[];
  /** What it took of the processor: what else the machine does says nothing of the request. */
  readonly slowest: { readonly ms: number; readonly index: number };
}

interface Tally {
  asked: number;
  readonly byStatus: Map<number, number>;
  readonly routes: Set<string>;
  readonly complaints: string[];
  slowest: { ms: number; index: number };
}

/** @param range the numbers of the requests, from the first up to the last, which is not among them. */
export async function runHostile(options: {
  readonly seed: string;
  readonly range: readonly [from: number, to: number];
  /** Told after each engine how many requests have been answered. */
  readonly onEngine?: (asked: number) => void;
}): Promise<HostileRun> {
  const { seed, range, onEngine = () => {} } = options;
  const [from, to] = range;
  const tally: Tally = {
    asked: 0,
    byStatus: new Map(),
    routes: new Set(),
    complaints: [],
    slowest: { ms: 0, index: -1 },
  };
  let judge: Judge | undefined;
  for (let start = from; start < to; start = nextEngine(start)) {
    judge = await askEngine({ seed, tally, judge, range: [start, Math.min(nextEngine(start), to)] });
    onEngine(tally.asked);
  }
  return tally;
}

/** Asks one engine, of which nothing is left afterwards. The documents are the same; so is whoever holds answers against them. */
async function askEngine(options: {
  readonly seed: string;
  readonly tally: Tally;
  readonly judge: Judge | undefined;
  readonly range: readonly [from: number, to: number];
}): Promise<Judge> {
  const { seed, tally, range } = options;
  const world = await openHostileWorld(isGuarded(range[0]));
  const judge = options.judge ?? judgeOf(world.document);
  const untouched = builtIns();
  for (let index = range[0]; index < range[1]; index += 1)
    await askOne(world, hostileRequest(world.samples, seed, index), judge, { seed, tally });
  if (builtIns() !== untouched)
    tally.complaints.push(`before request ${range[1]} of seed ${seed}: what every object has was changed`);
  return judge;
}

function nextEngine(index: number): number {
  return (Math.floor(index / perEngine) + 1) * perEngine;
}

/** Every second engine asks for tokens. */
function isGuarded(index: number): boolean {
  return Math.floor(index / perEngine) % 2 === 1;
}

async function askOne(
  world: HostileWorld,
  request: HostileRequest,
  judge: Judge,
  { seed, tally }: { seed: string; tally: Tally },
): Promise<void> {
  const began = process.cpuUsage();
  const asked = await world.ask(request);
  const ms = process.cpuUsage(began).user / 1000;
  if (ms > tally.slowest.ms) tally.slowest = { ms, index: request.index };
  tally.asked += 1;
  tally.routes.add(request.route);
  const status = asked.response?.status ?? 0;
  tally.byStatus.set(status, (tally.byStatus.get(status) ?? 0) + 1);
  for (const wrong of judge(request, asked))
    tally.complaints.push(
      `request ${request.index} of seed ${seed} (${request.route}; ${request.how.join(', ')}): ${wrong}`,
    );
}

/** Everything that a request could put where every object finds it. */
export function builtIns(): string {
  const shared = [Object, Array, Function, String, Number, Boolean, RegExp, Map, Set, Promise, Error];
  return shared
    .flatMap((kind) => [kind, kind.prototype])
    .map((each) => Reflect.ownKeys(each).map(String).toSorted().join())
    .join('\n');
}

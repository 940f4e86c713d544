/**
 * A million hostile requests to every route of the engine, most of them in process and the rest as bytes over sockets: none
 * breaks it, none that is refused leaves anything behind, and nothing of them stays in memory.
 */
import { hostileRequest } from '../support/hostile/request.ts';
import { perEngine, runHostile } from '../support/hostile/run.ts';
import { runOverSockets } from '../support/hostile/sockets.ts';
import { openHostileWorld } from '../support/hostile/world.ts';
import { heapAfterCollection, shownBytes } from './heap.ts';
import type { VolumeCheck } from './main.ts';

const inProcess = 980_000;
const overSockets = 20_000;

/**
 * What may stay, in bytes: code the runtime compiled late, and its own tables. A leak of 10 bytes for each request would take
 * as much, or of 100 at a tenth of the requests.
 */
const mayStay = 10_000_000;

/** In milliseconds: a request that takes longer could be sent again and again, and bring everything to a halt. */
const slowest = 2_000;

/** After so many, everything is there that is compiled when it is first needed. */
const warmUp = 10 * perEngine;

/** Another seed is another million requests. */
const seed = process.env.SEED ?? 'hostile';

export async function hostileRequests(scale: number): Promise<VolumeCheck> {
  const began = performance.now();
  const memory = { base: Number.POSITIVE_INFINITY };
  const run = await runHostile({
    seed,
    range: [0, Math.round(inProcess * scale)],
    onEngine: (asked) => {
      if (asked === warmUp) memory.base = heapAfterCollection();
    },
  });
  const grown = heapAfterCollection() - memory.base;
  const seconds = (performance.now() - began) / 1000;
  const sockets = await runOverSockets({ seed, count: Math.round(overSockets * scale) });
  const complaints = [...run.complaints, ...sockets.complaints];
  const figures = [
    `seed ${seed}: ${run.asked} requests to ${run.routes.size} routes in process (${statuses(run.byStatus)}) in ${seconds.toFixed(0)} s`,
    `${sockets.asked} over sockets (${statuses(sockets.byStatus)})`,
    `the slowest took ${run.slowest.ms.toFixed(0)} ms (request ${run.slowest.index})`,
    `heap after collection grew by ${shownBytes(grown)}`,
    ...(complaints.length === 0
      ? []
      : [`${complaints.length} broken: ${complaints.slice(0, 5).join('; ')}`, replaying]),
  ];
  return { ok: complaints.length === 0 && grown < mayStay && run.slowest.ms < slowest, figures: figures.join('; ') };
}

const replaying = 'one of them again: SEED=... npm run volume -- --request NUMBER';

function statuses(byStatus: ReadonlyMap<number | string, number>): string {
  return [...byStatus]
    .toSorted(([one], [other]) => String(one).localeCompare(String(other)))
    .map(([status, count]) => `${count} x ${status}`)
    .join(', ');
}

/** One request again, with those that the same engine got before it. */
export async function replayHostile(index: number): Promise<string> {
  const first = Math.floor(index / perEngine) * perEngine;
  const { complaints } = await runHostile({ seed, range: [first, index + 1] });
  const { samples } = await openHostileWorld(Math.floor(index / perEngine) % 2 === 1);
  const request = hostileRequest(samples, seed, index);
  const here = complaints.filter((complaint) => complaint.startsWith(`request ${index} `));
  return [
    JSON.stringify(request, undefined, 2),
    ...(here.length === 0 ? ['nothing is wrong with the answer'] : here),
  ].join('\n');
}

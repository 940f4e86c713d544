/** Verifies every twin in virtual time, on as many threads as the machine has cores. */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { twins } from '../../contracts/twins/twins.ts';
import type { Pair } from './pairs.ts';
import type { TwinResult } from './results.ts';

export interface Asked {
  readonly name: string;
  readonly withBare: boolean;
  readonly withPairs: boolean;
}

export interface Told {
  readonly result: TwinResult;
  /** Those that the conformant vendor does not have, and of the conformant vendor all. */
  readonly pairs: readonly Pair[];
}

/** Each thread compiles every schema for itself, which takes about as long as twenty twins: more threads gain little. */
const mostThreads = 4;

/**
 * @param options.withBare also without a capability statement.
 * @returns in the order of the list of twins.
 */
export async function verifiedTwins(options: {
  withBare: boolean;
  withPairs: boolean;
  onProgress?: (done: number, all: number, about: string) => void;
}): Promise<readonly Told[]> {
  const { withBare, withPairs, onProgress = () => {} } = options;
  const told = new Map<string, Told>();
  const queue = twins.values();
  const threads = Math.min(mostThreads, availableParallelism());
  const serve = async (): Promise<void> => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url));
    try {
      for (const { name } of queue) {
        told.set(name, await answerTo(worker, { name, withBare, withPairs }));
        onProgress(told.size, twins.length, name);
      }
    } finally {
      await worker.terminate();
    }
  };
  await Promise.all(Array.from({ length: threads }, serve));
  return twins.flatMap(({ name }) => told.get(name) ?? []);
}

function answerTo(worker: Worker, asked: Asked): Promise<Told> {
  return new Promise((resolve, reject) => {
    const failed = (cause: unknown): void => reject(new Error(`twin ${asked.name}: ${cause}`, { cause }));
    worker.once('error', failed);
    worker.once('message', (told: Told) => {
      worker.off('error', failed);
      resolve(told);
    });
    worker.postMessage(asked);
  });
}

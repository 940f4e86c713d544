/** Records pacts: each interaction in a directory of its own, so that no recording can overwrite another. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MatchersV3, PactV4 } from '@pact-foundation/pact';
import { type MergedPact, mergePacts, type PactDocument } from '../../../contracts/pacts/merge.ts';

/** Pact's native library counts its users, unless it is told not to. */
process.env.PACT_DO_NOT_TRACK = 'true';

/** The two ends of a pact. */
export interface Parties {
  readonly consumer: string;
  readonly provider: string;
}

const withSom: Parties = { consumer: 'Southbound order management', provider: 'SOM' };

/** For all recordings of a file, which take a few hundred milliseconds: room for the slowest of machines. */
export const recordingLimitMs = 60_000;

export class Recorder {
  readonly #folder = mkdtempSync(join(tmpdir(), 'southbound-pacts-'));
  readonly #parties: Parties;

  constructor(parties: Parties = withSom) {
    this.#parties = parties;
  }

  /** A pact for one interaction and no more. */
  one(): PactV4 {
    const dir = mkdtempSync(join(this.#folder, 'interaction-'));
    return new PactV4({ ...this.#parties, dir, logLevel: 'error' });
  }

  /** @param expected the description of each interaction that should have been recorded. */
  merged(expected: readonly string[]): MergedPact {
    const files = readdirSync(this.#folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.json'),
    );
    const documents = files.map((file): PactDocument => JSON.parse(readFileSync(join(this.#folder, file), 'utf8')));
    return mergePacts(documents, expected);
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true });
  }
}

/** One of the words, and nothing around it; the first is the example. */
export function oneOf(...words: readonly [string, ...string[]]): MatchersV3.Matcher<string> {
  return MatchersV3.regex(`^(${words.join('|')})$`, words[0]);
}

/** One or more like the first; the others are further examples. Pact's own `eachLike` repeats one example, with its id. */
export function eachLike(...examples: readonly object[]): object {
  const [first, ...others] = examples;
  return { 'pact:matcher:type': 'type', min: 1, value: [first, ...others.map((each) => MatchersV3.reify(each))] };
}

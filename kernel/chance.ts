/**
 * Seeded chance (K4). A stream is an sfc32 generator whose state is the SHA-256 of seed and name, so that streams are
 * independent of each other and of the order in which they are first used.
 */
import { createHash, randomBytes } from 'node:crypto';

export interface Chance {
  /** A number in [0, 1). */
  fraction(): number;
  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number;
  /** One of the choices. An empty list is a bug and throws. */
  pick<T>(choices: readonly T[]): T;
  /** Lower-case hexadecimal digits; 32 of them make an id nobody meets twice. */
  hex(digits: number): string;
}

/** A seed nobody had before, for what runs in the real world. A run that is to be repeated names its seed. */
export function freshSeed(): string {
  return randomBytes(8).toString('hex');
}

export function chanceStream(seed: string, name: string): Chance {
  const digest = createHash('sha256').update(`${seed}\n${name}`).digest();
  const next = sfc32(digest.readUInt32LE(0), digest.readUInt32LE(4), digest.readUInt32LE(8), digest.readUInt32LE(12));
  const fraction = () => next() / 2 ** 32;
  const between = (low: number, high: number) => low + Math.floor(fraction() * (high - low + 1));
  return {
    fraction,
    between,
    pick: (choices) => {
      const choice = choices[between(0, choices.length - 1)];
      if (choice === undefined) throw new Error(`stream ${name}: nothing to pick from`);
      return choice;
    },
    hex: (digits) => {
      const words = Buffer.allocUnsafe(4 * Math.ceil(digits / 8));
      for (let offset = 0; offset < words.length; offset += 4) words.writeUInt32BE(next(), offset);
      return words.toString('hex').slice(0, digits);
    },
  };
}

/** Chris Doty-Humphrey's Small Fast Counter generator, 32-bit words. */
function sfc32(a0: number, b0: number, c0: number, counter0: number): () => number {
  let a = a0 | 0;
  let b = b0 | 0;
  let c = c0 | 0;
  let counter = counter0 | 0;
  return () => {
    const result = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + result) | 0;
    return result >>> 0;
  };
}

/** Which dialect each simulated party speaks. */
import type { Personality } from '../som-script.ts';
import type { Dialect } from './dialect.ts';
import { flowone } from './flowone.ts';
import { tmf641 } from './tmf641.ts';
import { tmf652 } from './tmf652.ts';
import { tmf697 } from './tmf697.ts';

const dialects: { readonly [personality in Personality]: Dialect } = {
  som: tmf641,
  tom: tmf641,
  flowone,
  rom: tmf652,
  wom: tmf697,
};

export function dialectOf(personality: Personality): Dialect {
  return dialects[personality];
}

/** True when a script that was written for one can be played by the other. */
export function speakAlike(one: Personality, other: Personality): boolean {
  return dialectOf(one) === dialectOf(other);
}

/** Where its API starts, below its public URL. */
export function basePathOf(personality: Personality): string {
  return dialectOf(personality).basePath;
}

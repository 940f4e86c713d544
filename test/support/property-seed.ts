/** Property tests are the same in every run; `SEED=n npm test` tries others. The seed is part of every failure's text. */
import fc from 'fast-check';

const seed = Number(process.env.SEED ?? 641);
fc.configureGlobal({ seed });

/** What a step may know besides order and input: plain data with versions, looked up by the shell. */
import type { Catalogue } from './catalogue.ts';
import type { NumberSeries } from './outcome.ts';
import type { Policies } from './policies.ts';

export interface Facts {
  readonly catalogue: Catalogue;
  readonly policies: Policies;
  /** Which edition of each; the journal keeps these, so that a replay reads the same. */
  readonly versions: FactVersions;
  /** The first free number of each series. */
  readonly numbers: NumberBlock;
}

export interface FactVersions {
  readonly catalogue: string;
  readonly policies: string;
}

export type NumberBlock = { readonly [series in NumberSeries]: number };

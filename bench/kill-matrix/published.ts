/** What is kept beside the page, as data: Prism's column, for machines where it cannot be installed, and which twins isolate which rule. */
import { readFileSync } from 'node:fs';

export const publishedFile = 'bench/kill-matrix/published.json';

export interface Published {
  readonly prism: PrismColumn;
  /** By rule, names of twins. */
  readonly isolatedBy: { readonly [rule: string]: readonly string[] };
}

export interface PrismColumn {
  readonly version: string;
  /** Twins with an answer that Prism finds fault with, as it does not with any of the conformant vendor. */
  readonly found: readonly string[];
  readonly passed: readonly string[];
}

export function readPublished(): Published {
  return JSON.parse(readFileSync(publishedFile, 'utf8'));
}

export function publishedText(published: Published): string {
  return `${JSON.stringify(published, undefined, 2)}\n`;
}

/** The fenced blocks of every document, with their place. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface FencedBlock {
  readonly document: string;
  /** Of its first line, counted from 1. */
  readonly line: number;
  readonly language: string;
  readonly text: string;
}

export const documents: readonly string[] = [
  'README.md',
  'bench/README.md',
  ...readdirSync('docs', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => join('docs', file))
    .toSorted(),
];

export function blocksOf(document: string): FencedBlock[] {
  const text = readFileSync(document, 'utf8');
  return [...text.matchAll(/^```(\w*)\n(.*?)^```$/gms)].map((match) => ({
    document,
    line: text.slice(0, match.index).split('\n').length + 1,
    language: match[1] ?? '',
    text: match[2] ?? '',
  }));
}

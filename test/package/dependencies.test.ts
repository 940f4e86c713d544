/** What the package needs at run time is what it declares: nothing is missing after an install, and nothing is idle. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { places, readSources } from '../architecture/sources.ts';

const published = places.filter((place) => place !== 'bench' && place !== 'build');

/** `fastify` of `fastify/plugins`, `@scope/name` of `@scope/name/part`. */
function packagesOf(text: string): string[] {
  const named = text.matchAll(/(?:from|import\(|import)\s*'((?:@[\w.-]+\/)?[a-z][\w.-]*)(?:\/[^']*)?'/g);
  return [...named].flatMap(([, name = '']) => name);
}

it('names exactly the packages that published sources import', () => {
  const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
  const imported = new Set(readSources(published).flatMap(({ text }) => packagesOf(text)));
  expect([...imported].sort()).toEqual(Object.keys(dependencies).sort());
});

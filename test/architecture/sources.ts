/** The source files of the house, and what each refers to. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

/** Every folder of sources, and the door of the package; `test` and `docs` are no part of the product. */
export const places = [
  'index.ts',
  'kernel',
  'exchange',
  'contracts',
  'engine',
  'mocks',
  'scenarios',
  'reports',
  'cli',
  'bench',
  'build',
] as const;

export interface Source {
  readonly file: string;
  readonly text: string;
  /** Files of the house that it imports, types included. */
  readonly imports: readonly string[];
}

export function readSources(where: readonly string[] = places): Source[] {
  return where.flatMap((place) => (place.endsWith('.ts') ? [place] : filesBelow(place)).map(sourceOf));
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((file) => file.endsWith('.ts') && !file.includes('node_modules'))
    .sort();
}

function sourceOf(file: string): Source {
  const text = readFileSync(file, 'utf8');
  const imports = [...text.matchAll(/(?:from|import\(|import)\s*'(\.[^']+)'/g)].map(([, path = '']) =>
    normalize(join(dirname(file), path)),
  );
  return { file, text, imports };
}

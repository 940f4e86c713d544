/** The version of the package, from its package.json: beside the sources, or one level above the compiled form. */
import { existsSync, readFileSync } from 'node:fs';

export const packageFolder = new URL(
  existsSync(new URL('../package.json', import.meta.url)) ? '../' : '../../',
  import.meta.url,
);

export const version: string = JSON.parse(readFileSync(new URL('package.json', packageFolder), 'utf8')).version;

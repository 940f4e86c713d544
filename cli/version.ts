/** The version of the package, and where it keeps the files that it ships. */
import { existsSync, readFileSync } from 'node:fs';

/** The checkout; in an installed package the compiled form, where suites and catalogues lie at the same places. */
export const shippedFolder = new URL('../', import.meta.url);

const beside = new URL('package.json', shippedFolder);
const packageFile = existsSync(beside) ? beside : new URL('../package.json', shippedFolder);

export const version: string = JSON.parse(readFileSync(packageFile, 'utf8')).version;

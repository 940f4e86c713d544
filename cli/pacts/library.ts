/** Where Pact is installed: it is 46 MB, so that whoever does not need it does not have it. */
import { createRequire } from 'node:module';
import { WrongUse } from '../terminal.ts';

/** Looked for in the project at hand, and beside this package. */
const places = [`${process.cwd()}/`, import.meta.url];

/** The file to import. Throws a `WrongUse` that says what to install. @param from folders, or files in them. */
export function pactLibrary(from: readonly string[] = places): string {
  for (const place of from) {
    try {
      return createRequire(place).resolve('@pact-foundation/pact');
    } catch {
      // It is not there; perhaps at the next place.
    }
  }
  throw new WrongUse(
    'Pact is not installed here. It is needed for this command only: npm install --save-dev @pact-foundation/pact@17',
  );
}

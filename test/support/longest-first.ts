/** The order of test files: those that wait for commands and simulate a lot begin first, so that none is left alone at the end. */
import { relative } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Where the long ones are. Nothing depends on it but the time that the whole takes. */
const longest = ['test/docs/commands', 'test/simulation', 'test/cli', 'test/scenarios', 'test/contracts'];

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((one, other) => placeOf(one) - placeOf(other));
  }
}

function placeOf({ moduleId }: TestSpecification): number {
  const file = relative('.', moduleId);
  const place = longest.findIndex((start) => file.startsWith(start));
  return place === -1 ? longest.length : place;
}

/** Pacts recorded one interaction at a time -> one pact, the same bytes whatever the order and the machine. */

/** What is known of every pact, of whatever version. */
export interface PactDocument {
  readonly consumer: { readonly name: string };
  readonly provider: { readonly name: string };
  readonly interactions: readonly PactInteraction[];
  readonly metadata: { readonly pactSpecification: { readonly version: string } };
}

export interface PactInteraction {
  readonly type: string;
  readonly description: string;
}

export type MergedPact =
  | { readonly ok: true; readonly text: string }
  /** What is wrong, and what to do about it, one line each. */
  | { readonly ok: false; readonly problems: readonly string[] };

/**
 * In bytes, as JSON without spaces. Larger lets a pact spell out whole orders, which nobody reads and every change
 * breaks; smaller leaves no room for an order with each action there is, of some 3 KB.
 */
export const largestInteraction = 8 * 1024;

/**
 * @param expected the description of each interaction, once. A recording can be lost without any test failing (several
 * workers that write one file overwrite each other), so what is there is counted.
 */
export function mergePacts(documents: readonly PactDocument[], expected: readonly string[]): MergedPact {
  const [first] = documents;
  const interactions = documents.flatMap((document) => document.interactions);
  const problems = [
    ...otherParties(documents),
    ...wronglyCounted(
      interactions.map(({ description }) => description),
      expected,
    ),
    ...interactions.flatMap(tooLarge),
  ];
  if (first === undefined || problems.length > 0) return { ok: false, problems };
  const { consumer, provider, metadata } = first;
  const pact = {
    consumer,
    provider,
    interactions: interactions.toSorted((one, other) => inOrder(one.description, other.description)),
    // Only the version of the format: those of the libraries change, and the pact does not.
    metadata: { pactSpecification: metadata.pactSpecification },
  };
  return { ok: true, text: `${JSON.stringify(sorted(pact), null, 2)}\n` };
}

/** Everything that is merged is between the same two, in the same version of the format. */
function otherParties(documents: readonly PactDocument[]): string[] {
  const headings = documents.map(
    ({ consumer, provider, metadata }) =>
      `${consumer.name} with ${provider.name}, Pact ${metadata.pactSpecification.version}`,
  );
  const different = [...new Set(headings)].toSorted(inOrder);
  if (different.length < 2) return [];
  return [`these are different pacts: ${different.join('; ')}. Merge those of each pair of parties on their own`];
}

function wronglyCounted(recorded: readonly string[], expected: readonly string[]): string[] {
  return [...new Set([...expected, ...recorded])].toSorted(inOrder).flatMap((description) => {
    const count = recorded.filter((each) => each === description).length;
    const wanted = expected.filter((each) => each === description).length;
    if (count === 1 && wanted === 1) return [];
    return [`"${description}": expected ${wanted}, recorded ${count}. ${remedyOf(count, wanted)}`];
  });
}

function remedyOf(count: number, wanted: number): string {
  if (wanted === 0) return 'Add it to the expected interactions, or remove its test';
  if (count === 0) return 'Look whether its test has failed, and whether it writes to a directory of its own';
  return 'Give every interaction a description of its own, and record it once';
}

function tooLarge(interaction: PactInteraction): string[] {
  const { length } = new TextEncoder().encode(JSON.stringify(interaction));
  if (length <= largestInteraction) return [];
  const limit = `an interaction has at most ${largestInteraction}`;
  return [
    `"${interaction.description}" has ${length} bytes; ${limit}. Leave out what is not read, and give lists by one example`,
  ];
}

/** With the properties of every object in order of their names. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).toSorted(([one], [other]) => inOrder(one, other));
  return Object.fromEntries(entries.map(([name, each]) => [name, sorted(each)]));
}

/** By code unit, which is the same everywhere; `localeCompare` is not. */
function inOrder(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

/** What became of a pact at an endpoint: interaction by interaction, as it is said and as it is written down. */
import { type Finding, shown } from '../../contracts/schemas/finding.ts';
import { colour, say } from '../terminal.ts';

export type Outcome = 'holds' | 'broken' | 'skipped' | 'not reached';

export interface InteractionResult {
  readonly description: string;
  readonly outcome: Outcome;
  /** What does not match, or why nothing is known. */
  readonly because: readonly string[];
}

export interface PactResult {
  readonly consumer: string;
  readonly provider: string;
  /** A file, or the address at a broker. */
  readonly source: string;
  /** Where a broker takes the result; absent for a pact that comes from no broker. */
  readonly publishAt?: string;
  readonly interactions: readonly InteractionResult[];
}

export interface Results {
  readonly tool: 'southbound';
  readonly version: string;
  readonly target: string;
  readonly pacts: readonly PactResult[];
}

const marks: { readonly [outcome in Outcome]: string } = {
  holds: 'holds      ',
  broken: 'BROKEN     ',
  skipped: 'skipped    ',
  'not reached': 'not reached',
};

export function sayResult({ consumer, provider, source, interactions }: PactResult): void {
  say();
  say(colour('bold', `What ${consumer} reads of ${provider} (${source})`));
  for (const { description, outcome, because } of interactions) {
    const line = `  ${marks[outcome]}  ${description}`;
    say(outcome === 'holds' ? colour('green', line) : outcome === 'broken' ? colour('red', line) : line);
    for (const reason of because) say(`               ${reason}`);
  }
}

export function countOf(pacts: readonly PactResult[], outcome: Outcome): number {
  return pacts.flatMap(({ interactions }) => interactions).filter((each) => each.outcome === outcome).length;
}

export type ReadResults =
  | { readonly ok: true; readonly content: Results }
  | { readonly ok: false; readonly findings: readonly Finding[] };

export function readResults(document: unknown): ReadResults {
  const isOurs =
    typeof document === 'object' &&
    document !== null &&
    'tool' in document &&
    document.tool === 'southbound' &&
    'pacts' in document &&
    Array.isArray(document.pacts);
  if (isOurs) return { ok: true, content: document as unknown as Results }; // written by `pact verify --out`
  const expected = 'what "southbound pact verify --out" writes';
  return { ok: false, findings: [{ pointer: '', rule: 'results', expected, got: shown(document) }] };
}

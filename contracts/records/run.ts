/** What is left of a run: all that reports may see, and all that is needed to run it again. */
import type { ExchangeRecord } from './exchange.ts';
import type { Weather, WeatherRecord } from './weather.ts';

export interface RunRecord {
  readonly tool: 'southbound';
  readonly scenario: string;
  readonly about?: string;
  /** The scenario file, as it was named on the command line. */
  readonly file: string;
  readonly seed: string;
  /** Absent: nothing happened to any message but what the parties did. */
  readonly weather?: Weather;
  /** How the parties reached each other. */
  readonly transport: 'direct' | 'msw' | 'sockets' | 'real';
  /** By its name, where each real system is that took part in real time: `transport` is `real` then. */
  readonly realSystems?: { readonly [name: string]: string };
  /** Instants on the kernel's clock. */
  readonly startedAt: string;
  readonly endedAt: string;
  /** `not applicable`: the systems that are real cannot do what the scenario needs, and nothing was run. */
  readonly verdict: 'passed' | 'failed' | 'not applicable';
  /** Why it is not applicable. */
  readonly reasons?: readonly string[];
  readonly findings: readonly RunFinding[];
  /** SHA-256 of the journal: same seed, same digest. */
  readonly digest: string;
  readonly parties: readonly string[];
  readonly journal: readonly JournalRecord[];
  /** The orders as they stand in the end. */
  readonly orders: readonly OrderRecord[];
}

export type JournalRecord = StepRecord | ({ readonly kind: 'exchange' } & ExchangeRecord) | WeatherRecord;

/** One step of the order management: what came in, what was known, and what came of it. */
export interface StepRecord {
  readonly kind: 'step';
  /** Its place among everything that happened in the run. */
  readonly order: number;
  readonly at: number;
  readonly orderId: string;
  readonly entry: number;
  readonly input: { readonly type: string };
  readonly versions: { readonly catalogue: string; readonly policies: string };
  readonly numbers: { readonly [series: string]: number };
  readonly story: { readonly moves: readonly MoveRecord[]; readonly evaluations: readonly EvaluationRecord[] };
}

/** How a decision table decided about a service order. */
export interface EvaluationRecord {
  readonly serviceOrder: string;
  readonly matched: string;
  readonly trace: readonly {
    readonly row: string;
    readonly matched: boolean;
    readonly failed?: { readonly column: string; readonly expected: readonly string[]; readonly got: string };
  }[];
}

export interface MoveRecord {
  readonly thing:
    | 'order'
    | 'line'
    | 'domainOrder'
    | 'outboundRequest'
    | 'fallout'
    | 'qualificationRequest'
    | 'cancellation'
    | 'revision'
    | 'qualification'
    | 'task'
    | 'jeopardy';
  readonly id: string;
  readonly number: string;
  readonly event: string;
  readonly from?: string;
  readonly to: string;
}

export interface RunFinding {
  /** What kind of check it comes from: `expectation`, `contract`, `unmatched-call`, `unfinished`, `law`, `system`, `bug`. */
  readonly check: 'expectation' | 'contract' | 'unmatched-call' | 'unfinished' | 'law' | 'system' | 'bug';
  readonly message: string;
  /** Where in the scenario or in the message. */
  readonly pointer?: string;
  /** The exchange it is about. */
  readonly exchange?: string;
}

/** An order in the words of the order management, as far as reports show it. */
export interface OrderRecord {
  /** The name the scenario gave it. */
  readonly name: string;
  readonly id: string;
  readonly number: string;
  readonly state: string;
  readonly lines: readonly {
    readonly id: string;
    readonly number: string;
    readonly state: string;
    readonly specification: string;
  }[];
  readonly domainOrders: readonly {
    readonly id: string;
    readonly number: string;
    readonly kind: string;
    readonly state: string;
    readonly specification: string;
    readonly parent?: string;
    readonly line: string;
  }[];
  readonly outboundRequests: readonly {
    readonly number: string;
    readonly state: string;
    readonly serviceOrder: string;
    readonly requestId: string;
    readonly attempts: number;
    readonly target: string;
  }[];
  readonly fallouts: readonly {
    readonly number: string;
    readonly type: string;
    readonly state: string;
    readonly description: string;
  }[];
  readonly workNotes: readonly { readonly at: string; readonly about?: string; readonly text: string }[];
}

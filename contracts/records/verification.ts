/** What is left of a verification: all that its reports may see, and all that is needed to judge it again. */
import type { CapabilityStatement } from './capabilities.ts';
import type { Trace } from './trace.ts';

export type Level = 'MUST' | 'SHOULD' | 'MAY';
export type RuleVerdict = 'pass' | 'fail' | 'inconclusive' | 'not applicable';

export interface VerificationRecord {
  readonly tool: 'southbound';
  readonly version: string;
  /** Where the endpoint is, without credentials. */
  readonly target: string;
  readonly seed: string;
  /** Instants, as text. */
  readonly startedAt: string;
  readonly endedAt: string;
  /**
   * `fail`: a MUST or SHOULD is broken and not waived. `inconclusive`: nothing is, and a MUST of something that the vendor
   * declares could not be decided.
   */
  readonly verdict: 'pass' | 'fail' | 'inconclusive';
  readonly statement: CapabilityStatement;
  readonly offers: readonly OfferRecord[];
  /** Of every rule, in the order of the catalogue. */
  readonly rules: readonly RuleRecord[];
  /** What is wrong, the likeliest root cause first. */
  readonly findings: readonly VerificationFinding[];
  readonly used: { readonly orders: number; readonly requests: number };
  /** Experiments that were not carried out, each with the reason. */
  readonly leftOut: readonly string[];
  readonly trace: Trace;
}

/** Whether the vendor offers what TMF641 leaves it free to offer, and how that is known. */
export interface OfferRecord {
  readonly capability: string;
  readonly offered: 'yes' | 'no' | 'unknown';
  readonly known: 'declared' | 'probed';
  readonly because: string;
}

export interface RuleRecord {
  readonly id: string;
  readonly level: Level;
  /** The law, in one sentence. */
  readonly title: string;
  readonly theme: string;
  readonly clause: string;
  readonly remedy: string;
  readonly verdict: RuleVerdict;
  /** Why it is inconclusive or not applicable. */
  readonly reason?: string;
  /** How often it was seen to be kept. */
  readonly kept: number;
  /** Ids of its findings. */
  readonly findings: readonly string[];
}

/** Every breach with one root cause: the same rule, at the same place, with the same kind of value. */
export interface VerificationFinding {
  /** The same for the same root cause in every run, such as `order-transitions-3f2a91c0`. */
  readonly id: string;
  readonly rule: string;
  readonly level: Level;
  /**
   * Where: what was asked or heard, or the resource, and behind a blank a JSON pointer or a word on what it is about. `{id}`
   * stands for an id and `*` for an index: `GET /serviceOrder/{id} /state`, `ServiceOrder /state`, `POST /hub (again)`.
   */
  readonly path: string;
  /** What kind of value is there, such as `missing` or `completed to inProgress`. */
  readonly valueClass: string;
  /** The first breach, for people. */
  readonly message: string;
  /** How many breaches there are, and how many orders they are about. */
  readonly count: number;
  readonly orders: number;
  /** The fewest exchanges that show the first breach, by id, in the order of the trace. */
  readonly evidence: readonly string[];
  /** Commands for a shell, one for each request of the evidence that the verifier sent. */
  readonly curl: readonly string[];
  /** The finding that is likely to be its cause. */
  readonly explainedBy?: string;
  readonly waiver?: { readonly reason: string; readonly until: string };
}

/** What a dialect of inventory systems is: how a question is put into its words, and how its words are read. */
import type { ApiName } from '../../../contracts/schemas/documents.ts';
import type { QualificationPayload } from '../../model/qualification/effects.ts';
import type { QualificationReport } from '../../model/qualification/result.ts';
import type { InventoryDialectName, ResultWords } from '../../model/target.ts';
import type { Hub } from '../south/dialect.ts';

export interface InventoryDialect {
  readonly name: InventoryDialectName;
  /** The contract that every message is held against. */
  readonly api: ApiName;
  /** Below the base URL of the target: where questions are asked, and each one lies under its id. */
  readonly collection: string;
  /** The type of a question. */
  readonly request: string;
  /** The type of an answer, whether it comes at once, to a poll, or in an event. */
  readonly answer: string;
  readonly hub: Hub;
  readonly results: ResultWords;
  render(payload: QualificationPayload): object;
  /** What the question as it is now says. @param check valid against `answer` under `official-lenient`. */
  read(check: unknown, results: ResultWords): ReadCheck;
}

export type ReadCheck =
  | { readonly ok: true; readonly content: CheckReport }
  /** It is valid, and says something that cannot be understood. */
  | { readonly ok: false; readonly pointer: string; readonly reason: string };

export interface CheckReport {
  /** The id that the inventory system gave the question. */
  readonly externalId?: string;
  /** What the question was sent under. */
  readonly requestId?: string;
  readonly reports: readonly QualificationReport[];
  /** False: more is to come. */
  readonly isFinal: boolean;
  /** Why there is no answer to some of it, or to all. */
  readonly failure?: string;
}

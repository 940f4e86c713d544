/** Has a pact verified against our own provider, in a process of its own. */
import { resolve } from 'node:path';
import { type Verification, verifiedBy } from '../../../cli/pacts/verifier.ts';
import type { Verdict } from './verdict.ts';
import type { Assignment } from './verifier-process.ts';

/** @param limitMs a verification takes about a second; the usual limit leaves room for the slowest of machines. */
export function verify(assignment: Assignment, limitMs = 120_000): Promise<Verification<Verdict>> {
  return verifiedBy<Verdict>(resolve(import.meta.dirname, 'verifier-process.ts'), assignment, limitMs);
}

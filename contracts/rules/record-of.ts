/** Puts together what is left of a verification. */
import type { VerificationRecord } from '../records/verification.ts';
import type { Judgement } from './judge.ts';

/** @param parts.startedAt epoch milliseconds, as is `endedAt`. */
export function verificationRecordOf(
  parts: Pick<VerificationRecord, 'version' | 'target' | 'seed' | 'statement' | 'used' | 'leftOut' | 'trace'> & {
    readonly startedAt: number;
    readonly endedAt: number;
    readonly judgement: Judgement;
  },
): VerificationRecord {
  const { version, target, seed, startedAt, endedAt, statement, used, leftOut, trace, judgement } = parts;
  const { verdict, offers, rules, findings } = judgement;
  return {
    tool: 'southbound',
    version,
    target,
    seed,
    startedAt: new Date(startedAt).toISOString(),
    endedAt: new Date(endedAt).toISOString(),
    verdict,
    statement,
    offers,
    rules,
    findings,
    used,
    leftOut,
    trace,
  };
}

/** A verification as JSON: the whole record, from which every other report can be made again. */
import type { VerificationRecord } from '../../contracts/records/verification.ts';

export function verificationJson(record: VerificationRecord): string {
  return `${JSON.stringify(record, undefined, 2)}\n`;
}

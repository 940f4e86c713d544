/** Writes every report of a verification into a folder, and the evidence beside them. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { VerificationRecord } from '../../contracts/records/verification.ts';
import { bundleText } from '../../contracts/rules/bundle.ts';
import { verificationHtml } from '../../reports/verification/html.ts';
import { verificationJson } from '../../reports/verification/json.ts';
import { verificationJunit } from '../../reports/verification/junit.ts';
import { verificationMarkdown } from '../../reports/verification/markdown.ts';
import { verificationSarif } from '../../reports/verification/sarif.ts';
import { say, WrongUse } from '../terminal.ts';

const files: readonly (readonly [name: string, text: (record: VerificationRecord) => string])[] = [
  ['verification.html', verificationHtml],
  ['verification.md', verificationMarkdown],
  ['verification.json', verificationJson],
  ['junit.xml', verificationJunit],
  ['verification.sarif', (record) => verificationSarif(record)],
  ['evidence.bundle', bundleText],
];

export function writeVerification(folder: string, record: VerificationRecord): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of files) writeFileSync(join(folder, name), text(record));
  say(`reports in ${folder}: ${files.map(([name]) => name).join(', ')}`);
}

/** What took minutes or hours should not be lost for want of a folder. */
export function assertFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (failure) {
    throw new WrongUse(
      `--out ${folder}: the folder cannot be made (${failure instanceof Error ? failure.message : failure}).`,
    );
  }
}

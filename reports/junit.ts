/** Runs as JUnit XML, for CI systems. Times are those of the story, and virtual unless a system in it is real. */
import type { RunRecord } from '../contracts/records/run.ts';
import { escaped } from './markup.ts';
import { countOf } from './verdicts.ts';

export function junitReport(runs: readonly RunRecord[]): string {
  const [failures, skipped] = [countOf(runs, 'failed'), countOf(runs, 'not applicable')];
  const counts = `tests="${runs.length}" failures="${failures}"${skipped === 0 ? '' : ` skipped="${skipped}"`}`;
  const cases = runs.map(testCase).join('\n');
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="southbound" ${counts}>
  <testsuite name="scenarios" ${counts}>
${cases}
  </testsuite>
</testsuites>
`;
}

function testCase({
  scenario,
  file,
  seed,
  digest,
  verdict,
  reasons = [],
  findings,
  startedAt,
  endedAt,
}: RunRecord): string {
  const seconds = (Date.parse(endedAt) - Date.parse(startedAt)) / 1000;
  const lines = [
    `    <testcase name="${escaped(scenario)}" classname="${escaped(file)}" time="${seconds}">`,
    `      <properties><property name="seed" value="${escaped(seed)}"/><property name="digest" value="${digest}"/></properties>`,
    ...(verdict === 'not applicable' ? [`      <skipped message="${escaped(reasons.join('; '))}"/>`] : []),
    ...findings.map(({ check, message, pointer }) => {
      const where = pointer === undefined ? '' : ` at ${pointer}`;
      return `      <failure type="${check}" message="${escaped(message)}">${escaped(`${message}${where}`)}</failure>`;
    }),
    '    </testcase>',
  ];
  return lines.join('\n');
}

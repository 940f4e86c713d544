/** Runs as JUnit XML, for CI systems. Times are virtual: how long the story took, not the machine. */
import type { RunRecord } from '../contracts/records/run.ts';
import { escaped } from './markup.ts';

export function junitReport(runs: readonly RunRecord[]): string {
  const failures = runs.filter(({ verdict }) => verdict === 'failed').length;
  const cases = runs.map(testCase).join('\n');
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="southbound" tests="${runs.length}" failures="${failures}">
  <testsuite name="scenarios" tests="${runs.length}" failures="${failures}">
${cases}
  </testsuite>
</testsuites>
`;
}

function testCase({ scenario, file, seed, digest, findings, startedAt, endedAt }: RunRecord): string {
  const seconds = (Date.parse(endedAt) - Date.parse(startedAt)) / 1000;
  const lines = [
    `    <testcase name="${escaped(scenario)}" classname="${escaped(file)}" time="${seconds}">`,
    `      <properties><property name="seed" value="${escaped(seed)}"/><property name="digest" value="${digest}"/></properties>`,
    ...findings.map(({ check, message, pointer }) => {
      const where = pointer === undefined ? '' : ` at ${pointer}`;
      return `      <failure type="${check}" message="${escaped(message)}">${escaped(`${message}${where}`)}</failure>`;
    }),
    '    </testcase>',
  ];
  return lines.join('\n');
}

/** The use cases of OSS/J order management: each row of docs/use-cases.md has its scenario, each scenario its row, and both say the same. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runScenario } from '../../scenarios/run.ts';
import { findScenarios, readScenario, shortName } from '../../scenarios/scenario.ts';

interface Row {
  readonly actor: string;
  readonly useCase: string;
  readonly scenario: string;
  readonly apis: readonly string[];
}

const rows = readFileSync('docs/use-cases.md', 'utf8')
  .split('\n')
  .filter((line) => /^\| [^|]+ \| [^|]+ \| \[`/.test(line))
  .map((line): Row => {
    const [actor = '', useCase = '', link = '', apis = ''] = line
      .split('|')
      .slice(1)
      .map((cell) => cell.trim());
    return { actor, useCase, scenario: /`([\w-]+)`/.exec(link)?.[1] ?? '', apis: apis.split(', ') };
  });

const files = findScenarios('scenarios/suites/use-cases');

/** What is sent to which API, by how its address goes on. Listeners are left out: every scenario has one. */
const apis = {
  TMF622: '/tmf-api/productOrderingManagement/',
  TMF638: '/tmf-api/serviceInventory/',
  TMF641: '/tmf-api/serviceOrdering/',
  TMF645: '/tmf-api/serviceQualificationManagement/',
  TMF652: '/tmf-api/resourceOrderingManagement/',
  TMF697: '/tmf-api/workOrderManagement/',
  Southbound: '/southbound/v1/',
} as const;

async function apisOf(file: string): Promise<string[]> {
  const { journal } = await runScenario(readScenario(file), { seed: '1', transport: 'direct' });
  const paths = journal.flatMap((record) => (record.kind === 'exchange' ? [record.request.path] : []));
  const asked = paths.filter((path) => !/\/(hub|listener)\b/.test(path));
  return Object.entries(apis).flatMap(([api, start]) => (asked.some((path) => path.startsWith(start)) ? [api] : []));
}

describe('the use cases', () => {
  it('are fifteen, each with a scenario of its own, and there is no scenario without one', () => {
    expect(rows.length).toBe(15);
    expect(rows.map(({ scenario }) => scenario).toSorted()).toEqual(files.map(shortName).toSorted());
  });

  it.each(rows)('$actor, $useCase: the scenario says so', ({ actor, useCase, scenario }) => {
    const about = readScenario(`scenarios/suites/use-cases/${scenario}.scenario.yaml`).about ?? '';
    const words = `${useCase.charAt(0).toLowerCase()}${useCase.slice(1)}`;
    expect(about.startsWith(`Use case: ${actor}, ${words}`), about).toBe(true);
  });

  it.each(rows)('$actor, $useCase: goes through the APIs that the table names', async ({ scenario, apis: named }) => {
    expect(await apisOf(`scenarios/suites/use-cases/${scenario}.scenario.yaml`)).toEqual(named);
  });
});

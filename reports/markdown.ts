/** Runs as Markdown: verdicts first, then the story of each, for pull requests and wikis. */
import type { OrderRecord, RunRecord } from '../contracts/records/run.ts';
import { sinceStart, storyOf, weatherText } from './story.ts';
import { realSystemsText, verdictsText } from './verdicts.ts';

export function markdownReport(runs: readonly RunRecord[]): string {
  const rows = runs.map(
    ({ scenario, verdict, seed, digest }) =>
      `| ${cell(scenario)} | ${verdict} | ${cell(seed)} | \`${digest.slice(0, 16)}\` |`,
  );
  return [
    '# Southbound report',
    '',
    `${verdictsText(runs)}.`,
    '',
    '| Scenario | Verdict | Seed | Digest |',
    '|---|---|---|---|',
    ...rows,
    '',
    ...runs.flatMap(runSection),
  ].join('\n');
}

function runSection(run: RunRecord): string[] {
  if (run.verdict === 'not applicable') return notApplicable(run);
  const start = Date.parse(run.startedAt);
  return [
    `## ${run.scenario}`,
    '',
    ...(run.about === undefined ? [] : [run.about, '']),
    `Verdict: **${run.verdict}**. File \`${run.file}\`, seed \`${run.seed}\`, ${run.transport}${run.realSystems === undefined ? '' : `, with ${realSystemsText(run)}`}.`,
    '',
    ...(run.weather === undefined ? [] : [`Weather: ${weatherText(run.weather)}.`, '']),
    ...run.findings.map(
      ({ check, message, pointer }) => `- ${check}${pointer === undefined ? '' : ` at \`${pointer}\``}: ${message}`,
    ),
    ...(run.findings.length === 0 ? [] : ['']),
    '```text',
    ...storyOf(run).map(({ at, text }) => `${sinceStart(at, start)}  ${text}`),
    '```',
    '',
    ...run.orders.flatMap(orderSection),
  ];
}

function notApplicable({ scenario, verdict, file, reasons = [] }: RunRecord): string[] {
  return [
    `## ${scenario}`,
    '',
    `Verdict: **${verdict}**. File \`${file}\`.`,
    '',
    ...reasons.map((each) => `- ${each}`),
    '',
  ];
}

function orderSection(order: OrderRecord): string[] {
  return [
    '```text',
    `${order.number} ${order.state}`,
    ...order.lines.flatMap((line) => [
      `  ${line.number} ${line.specification}: ${line.state}`,
      ...treeOf(order).flatMap(({ domainOrder, depth }) =>
        domainOrder.line === line.id
          ? [`    ${'  '.repeat(depth)}${domainOrder.number} ${domainOrder.specification}: ${domainOrder.state}`]
          : [],
      ),
    ]),
    ...order.fallouts.map(({ number, type, state, description }) => `  ${number} ${type} (${state}): ${description}`),
    '```',
    '',
  ];
}

/** The domain orders from the top down, each with its depth. */
export function treeOf(order: OrderRecord): { domainOrder: OrderRecord['domainOrders'][number]; depth: number }[] {
  const childrenOf = Map.groupBy(order.domainOrders, ({ parent }) => parent);
  const below = (parent: string | undefined, depth: number): ReturnType<typeof treeOf> =>
    (childrenOf.get(parent) ?? []).flatMap((domainOrder) => [
      { domainOrder, depth },
      ...below(domainOrder.id, depth + 1),
    ]);
  return below(undefined, 0);
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

/** How the policies file speaks of jeopardy, and what holds where it says nothing. */
import type { Finding } from '../../../contracts/schemas/finding.ts';
import { durationMsOfText, textOfDurationMs } from '../../../contracts/schemas/text.ts';
import type { EnablementColumn, TaskJeopardyColumn } from '../../model/jeopardy/level.ts';
import type { Band, BandLevel, JeopardyPolicy } from '../../model/jeopardy/policy.ts';
import { type Cells, cellsOf, renderTable, type TableInFile, tableOf } from './cells.ts';
import { renderWorkingHours, type WorkingHoursInFile, workingHoursFindings, workingHoursOf } from './working-hours.ts';

export interface JeopardyInFile {
  readonly enablement?: TableInFile<EnablementColumn, { readonly enabled: boolean }>;
  readonly durations?: TableInFile<TaskJeopardyColumn, { readonly takes: string }>;
  readonly taskLevels?: readonly BandInFile<TaskJeopardyColumn>[];
  readonly lineLevels?: readonly BandInFile<'specification'>[];
  readonly successors?: { readonly threshold?: number; readonly within?: BandLevel; readonly beyond?: BandLevel };
  readonly promiseMissed?: BandLevel;
  readonly workingHours?: WorkingHoursInFile;
}

interface BandInFile<Column extends string> {
  readonly name: string;
  readonly when?: Cells<Column>;
  readonly from: number;
  readonly below?: number;
  readonly then: { readonly level: BandLevel };
}

/** The moments at which tasks are looked at, and the first two steps of lines, are the usual ones; the rest continues them. */
const defaultTaskLevels: readonly Band<TaskJeopardyColumn>[] = [
  { name: 'half of the time', when: {}, from: 50, below: 75, level: 'low' },
  { name: 'three quarters', when: {}, from: 75, below: 100, level: 'medium' },
  { name: 'all of it', when: {}, from: 100, level: 'high' },
];

const defaultLineLevels: readonly Band<'specification'>[] = [
  { name: 'a little late', when: {}, from: 0, below: 10, level: 'low' },
  { name: 'late', when: {}, from: 10, below: 25, level: 'medium' },
  { name: 'very late', when: {}, from: 25, below: 50, level: 'high' },
  { name: 'much too late', when: {}, from: 50, level: 'critical' },
];

export function jeopardyPolicyOf(written: JeopardyInFile): JeopardyPolicy {
  const { enablement, durations, taskLevels, lineLevels, successors = {}, promiseMissed, workingHours } = written;
  return {
    enablement: tableOf(enablement ?? { rows: [], default: { enabled: true } }, (then) => then),
    durations: tableOf(durations, ({ takes }) => ({ durationMs: durationMsOfText(takes) })),
    taskLevels: taskLevels?.map(bandOf) ?? defaultTaskLevels,
    lineLevels: lineLevels?.map(bandOf) ?? defaultLineLevels,
    successors: {
      thresholdPercent: successors.threshold ?? 10,
      within: successors.within ?? 'low',
      beyond: successors.beyond ?? 'high',
    },
    promiseMissed: promiseMissed ?? 'critical',
    ...(workingHours === undefined ? {} : { workingHours: workingHoursOf(workingHours) }),
  };
}

function bandOf<Column extends string>({ when, then, ...band }: BandInFile<Column>): Band<Column> {
  return { ...band, when: cellsOf(when), level: then.level };
}

/** Bands that nothing can be in, and hours that are none. */
export function jeopardyFindings(written: JeopardyInFile = {}): Finding[] {
  return [...bandFindings(written), ...workingHoursFindings(written.workingHours, '/jeopardy/workingHours')];
}

function bandFindings({ taskLevels = [], lineLevels = [] }: JeopardyInFile): Finding[] {
  const lists = [
    ['taskLevels', taskLevels],
    ['lineLevels', lineLevels],
  ] as const;
  return lists.flatMap(([list, bands]) =>
    bands.flatMap(({ from, below }, index) =>
      below === undefined || below > from
        ? []
        : [
            {
              pointer: `/jeopardy/${list}/${index}/below`,
              rule: 'band',
              expected: `more than ${from}, where it begins`,
              got: String(below),
            },
          ],
    ),
  );
}

export function renderJeopardyPolicy(policy: JeopardyPolicy): JeopardyInFile {
  const { enablement, durations, taskLevels, lineLevels, successors, promiseMissed, workingHours } = policy;
  const { rows, default: otherwise } = durations;
  const written = ({ durationMs }: { readonly durationMs: number }) => ({ takes: textOfDurationMs(durationMs) });
  return {
    enablement: renderTable(enablement),
    durations: renderTable({
      rows: rows.map(({ decision, ...row }) => ({ ...row, decision: written(decision) })),
      ...(otherwise === undefined ? {} : { default: written(otherwise) }),
    }),
    taskLevels: taskLevels.map(renderBand),
    lineLevels: lineLevels.map(renderBand),
    successors: {
      threshold: successors.thresholdPercent,
      within: successors.within,
      beyond: successors.beyond,
    },
    promiseMissed,
    ...(workingHours === undefined ? {} : { workingHours: renderWorkingHours(workingHours) }),
  };
}

function renderBand<Column extends string>({ level, when, ...band }: Band<Column>): BandInFile<Column> {
  return { ...band, when: when as Cells<Column>, then: { level } }; // lists of values are cells
}

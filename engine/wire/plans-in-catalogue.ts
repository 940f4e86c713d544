/** Fulfillment plans and request definitions as a catalogue file writes them, and everything that is wrong with them. */
import { type Finding, shown } from '../../contracts/schemas/finding.ts';
import { durationMsOfText } from '../../contracts/schemas/text.ts';
import type { ChangeType } from '../model/revision/revision.ts';
import type {
  FulfillmentPlan,
  InflightConfiguration,
  PlannedTask,
  PlannedUndo,
  PointOfNoReturnKind,
  RequestDefinition,
} from '../model/tasks/plan.ts';
import type { Action, DomainOrderKind } from '../model/words.ts';

export interface PlansInFile {
  readonly plans?: readonly { readonly plan: string; readonly tasks: readonly TaskInFile[] }[];
  readonly requestDefinitions?: readonly {
    readonly id: string;
    readonly name?: string;
    readonly characteristics?: readonly {
      readonly name: string;
      readonly mandatory?: boolean;
      readonly readOnly?: boolean;
    }[];
  }[];
}

interface TaskInFile {
  readonly task: string;
  readonly by?: PlannedTask['by'];
  readonly takes?: string;
  readonly after?: readonly string[];
  readonly requests?: string;
  readonly inflight?: {
    readonly changes: readonly ChangeType[];
    readonly characteristics?: InflightConfiguration['characteristics'];
  };
  readonly pointOfNoReturn?: PointOfNoReturnKind;
  readonly milestone?: string;
  readonly undo?: {
    readonly task: string;
    readonly by?: PlannedUndo['by'];
    readonly takes?: string;
    readonly requests?: string;
  };
}

/** The plan of every action, or one for each. */
export type PlansOfSpecification = string | { readonly [action in Action]?: string };

const actions: readonly Action[] = ['add', 'change', 'delete', 'suspend', 'resume', 'no-change'];

export function plansIn({ plans = [], requestDefinitions = [] }: PlansInFile): {
  plans: { [name: string]: FulfillmentPlan };
  requestDefinitions: { [id: string]: RequestDefinition };
} {
  return {
    plans: Object.fromEntries(plans.map(({ plan: name, tasks }) => [name, { name, tasks: tasks.map(plannedTask) }])),
    requestDefinitions: Object.fromEntries(
      requestDefinitions.map(({ id, name, characteristics = [] }) => [
        id,
        {
          id,
          name: name ?? id,
          characteristics: characteristics.map(({ name: each, mandatory, readOnly }) => ({
            name: each,
            mandatory: mandatory ?? false,
            readOnly: readOnly ?? false,
          })),
        },
      ]),
    ),
  };
}

function plannedTask(task: TaskInFile): PlannedTask {
  const { task: name, by = 'manual', takes, after = [], requests, undo, inflight, pointOfNoReturn, milestone } = task;
  return {
    name,
    by,
    durationMs: takes === undefined ? 0 : durationMsOfText(takes),
    after,
    ...(requests === undefined ? {} : { requestDefinition: requests }),
    ...(undo === undefined ? {} : { undo: plannedUndo(undo) }),
    ...(inflight === undefined ? {} : { inflight: inflightOf(inflight) }),
    ...(pointOfNoReturn === undefined ? {} : { pointOfNoReturn }),
    ...(milestone === undefined ? {} : { milestone }),
  };
}

function inflightOf({ changes, characteristics }: NonNullable<TaskInFile['inflight']>): InflightConfiguration {
  return { types: changes, characteristics: characteristics ?? 'ofRequestDefinition' };
}

function plannedUndo({ task: name, by = 'manual', takes, requests }: NonNullable<TaskInFile['undo']>): PlannedUndo {
  return {
    name,
    by,
    durationMs: takes === undefined ? 0 : durationMsOfText(takes),
    ...(requests === undefined ? {} : { requestDefinition: requests }),
  };
}

export function plansOfSpecification(written: PlansOfSpecification = {}): { [action in Action]?: string } {
  return typeof written === 'string' ? Object.fromEntries(actions.map((action) => [action, written])) : written;
}

/** What is wrong with the plans themselves. */
export function planFindings(file: PlansInFile): Finding[] {
  const { plans = [], requestDefinitions = [] } = file;
  const known = requestDefinitions.map(({ id }) => id);
  return [
    ...repeated(plans.map(({ plan }, index) => [`/plans/${index}/plan`, plan])),
    ...repeated(requestDefinitions.map(({ id }, index) => [`/requestDefinitions/${index}/id`, id])),
    ...plans.flatMap(({ tasks }, plan) => {
      const earlier = new Set<string>();
      return tasks.flatMap((task, index) => {
        const at = `/plans/${plan}/tasks/${index}`;
        const findings = taskFindings(task, at, earlier, known);
        earlier.add(task.task);
        return findings;
      });
    }),
  ];
}

function taskFindings(
  { task, after = [], requests, undo, inflight }: TaskInFile,
  at: string,
  earlier: ReadonlySet<string>,
  known: readonly string[],
): Finding[] {
  const before = [...earlier].join(', ') || 'there is none';
  return [
    ...(earlier.has(task)
      ? [
          {
            pointer: `${at}/task`,
            rule: 'unique-name',
            expected: 'a name that no other task of the plan has',
            got: shown(task),
          },
        ]
      : []),
    ...after.flatMap((name, index) =>
      earlier.has(name)
        ? []
        : [
            {
              pointer: `${at}/after/${index}`,
              rule: 'earlier-task',
              expected: `a task before it: ${before}`,
              got: shown(name),
            },
          ],
    ),
    ...unknownRequest(requests, `${at}/requests`, known),
    ...unknownRequest(undo?.requests, `${at}/undo/requests`, known),
    ...unaskedCharacteristics(inflight, requests, at),
  ];
}

/** It would answer to no characteristic at all. */
function unaskedCharacteristics(inflight: TaskInFile['inflight'], requests: string | undefined, at: string): Finding[] {
  const isOwn = inflight?.characteristics !== 'any' && inflight?.changes.includes('characteristic') === true;
  if (!isOwn || requests !== undefined) return [];
  const expected = 'any, or a request definition of the task that names characteristics';
  const pointer = `${at}/inflight/characteristics`;
  return [
    { pointer, rule: 'known-characteristics', expected, got: inflight?.characteristics ?? 'ofRequestDefinition' },
  ];
}

function unknownRequest(requests: string | undefined, pointer: string, known: readonly string[]): Finding[] {
  if (requests === undefined || known.includes(requests)) return [];
  const expected = `the id of a request definition: ${known.join(', ') || 'there is none'}`;
  return [{ pointer, rule: 'known-request-definition', expected, got: shown(requests) }];
}

function repeated(names: readonly (readonly [string, string])[]): Finding[] {
  const seen = new Set<string>();
  return names.flatMap(([pointer, name]) => {
    const isNew = !seen.has(name);
    seen.add(name);
    return isNew ? [] : [{ pointer, rule: 'unique-name', expected: 'a name that is not taken', got: shown(name) }];
  });
}

/** What is wrong with the plans that a specification names: unknown ones, and those that send what is no service. */
export function namedPlanFindings(
  { plans = [] }: PlansInFile,
  specification: {
    readonly kind: DomainOrderKind;
    readonly pointer: string;
    readonly plan: PlansOfSpecification | undefined;
  },
): Finding[] {
  const { kind, pointer, plan } = specification;
  if (plan === undefined) return [];
  const named =
    typeof plan === 'string'
      ? [['', plan] as const]
      : Object.entries(plan).map(([action, name]) => [`/${action}`, name] as const);
  return named.flatMap(([below, name]) => {
    const found = plans.find((each) => each.plan === name);
    const at = `${pointer}/plan${below}`;
    if (found === undefined) {
      const known = plans.map((each) => each.plan).join(', ') || 'there is none';
      return [{ pointer: at, rule: 'known-plan', expected: `a plan of this catalogue: ${known}`, got: shown(name) }];
    }
    if (kind !== 'product' || !found.tasks.some(({ by }) => by === 'outbound')) return [];
    return [
      {
        pointer: at,
        rule: 'sends-what-goes-outside',
        expected: `a plan without outbound tasks, since products are not sent`,
        got: shown(name),
      },
    ];
  });
}

/** What happens in a scenario, one step after another, and what must be so: as a file says it, and as it is driven. */
import { durationMsOfText } from '../contracts/schemas/text.ts';
import { type Policies, readPolicies } from '../engine/index.ts';
import type { ListenerMood } from '../mocks/listener.ts';
import { FileProblem, referredContent } from './files.ts';
import type { Party } from './network.ts';

export interface Expected {
  readonly status?: number;
  readonly headers?: { readonly [name: string]: string };
  readonly body?: unknown;
}

/** The APIs through which orders come in. */
type OrderedThrough = 'TMF622' | 'TMF641' | 'TMF652';

export type ScenarioStep = {
  /** Where it stands in the file. */
  readonly pointer: string;
  readonly expect?: Expected;
} & (
  | {
      readonly kind: 'order';
      readonly name: string;
      readonly body: unknown;
      readonly through: OrderedThrough;
      readonly invalid?: string;
    }
  | {
      readonly kind: 'question';
      readonly name: string;
      readonly body: unknown;
      /** `native`: it becomes an order that asks. `TMF645`: no order comes of it. */
      readonly through: 'native' | 'TMF645';
      readonly roles?: readonly string[];
      readonly invalid?: string;
    }
  | { readonly kind: 'approve'; readonly order: string; readonly roles?: readonly string[] }
  | CommandStep
  | { readonly kind: 'now'; readonly expected: ExpectedOutcome }
  | { readonly kind: 'restart' }
  | { readonly kind: 'listener'; readonly mood: ListenerMood }
  | { readonly kind: 'wait'; readonly forMs: number }
  | { readonly kind: 'policies'; readonly policies: Policies }
  | {
      readonly kind: 'send';
      readonly from: Party;
      readonly to: Party;
      readonly method: string;
      readonly path: string;
      readonly body?: unknown;
      readonly text?: string;
      readonly contentType?: string;
      readonly roles?: readonly string[];
      readonly invalid?: string;
    }
);

/** An operator does something by hand: with a service order, with a fallout, or with an order that asks. */
export interface CommandStep {
  readonly kind: 'command';
  readonly command: CommandName;
  /** The name of the order. */
  readonly order: string;
  /**
   * What it is about: the specification of a service order, the item of a line, or the name of a task. Absent: every line at
   * the top, where a command is about lines; the order itself, where it is about that.
   */
  readonly about?: string;
  /** Which of the proposals of that service order, counted from 1. */
  readonly proposal?: number;
  readonly body?: object;
  /** The roles that the operator has; all, when absent. */
  readonly roles?: readonly string[];
}

export type CommandName =
  | ServiceOrderCommandName
  | QuestionCommandName
  | OrderCommandName
  | TaskCommandName
  | FalloutCommandName
  | ChangeCommandName;

export type ServiceOrderCommandName =
  | 'create'
  | 'revise'
  | 'update'
  | 'complete'
  | 'cancel'
  | 'resolve'
  | 'accept-proposal';

export type QuestionCommandName = 'qualify' | 'set-result' | 'decide';

export type OrderCommandName =
  | 'submit'
  | 'reject'
  | 'reopen'
  | 'hold'
  | 'release'
  | 'request-information'
  | 'take-information';

export type TaskCommandName =
  | 'start-task'
  | 'close-task'
  | 'hold-task'
  | 'release-task'
  | 'request-task-information'
  | 'take-task-information'
  | 'create-header-task'
  | 'reschedule-task';

/** Of an order that is under way: something else is wanted of it, or nothing any more. */
export type ChangeCommandName = 'revise-order' | 'decide-revision' | 'cancel-order' | 'decide-cancellation';

export type FalloutCommandName =
  | 'create-fallout'
  | 'retry-fallout'
  | 'mend-fallout'
  | 'verify-fallout'
  | 'reopen-fallout'
  | 'cancel-fallout';

/** What must be so, now or in the end. */
export interface ExpectedOutcome {
  readonly orders?: { readonly [name: string]: unknown };
  /** By the name of each inventory system: its stock, and its reservations. */
  readonly inventories?: { readonly [name: Party]: unknown };
  /** The product inventory, item by item. */
  readonly products?: unknown;
  readonly events?: readonly string[];
  readonly exchanges?: readonly ExpectedExchanges[];
  readonly within?: number;
}

export interface ExpectedExchanges {
  readonly from?: Party;
  readonly to?: Party;
  readonly method?: string;
  readonly path?: string;
  readonly outcome?: number | string;
  readonly count: number;
}

/** A file relative to the scenario, or the content itself. */
export type Reference = string | object;

export interface StepInFile {
  readonly order?: Reference;
  readonly question?: Reference;
  readonly as?: string;
  readonly through?: OrderedThrough | 'TMF645';
  readonly approve?: string;
  readonly command?: CommandName;
  readonly of?: string;
  readonly about?: string;
  readonly proposal?: number;
  readonly result?: string;
  readonly decision?: string;
  readonly roles?: readonly string[];
  readonly characteristics?: { readonly [name: string]: unknown };
  readonly note?: string;
  /** Of a task that is rescheduled. */
  readonly dates?: { readonly plannedStart?: string; readonly plannedEnd?: string; readonly expectedEnd?: string };
  readonly now?: Omit<ExpectedOutcome, 'within'>;
  readonly restart?: 'om';
  readonly listener?: ListenerMood;
  readonly wait?: string;
  readonly policies?: Reference;
  readonly send?: {
    from?: Party;
    to?: Party;
    method: string;
    path: string;
    body?: unknown;
    text?: string;
    contentType?: string;
  };
  readonly invalid?: string;
  readonly expect?: Expected;
}

const kinds = [
  'order',
  'question',
  'approve',
  'command',
  'now',
  'restart',
  'listener',
  'wait',
  'policies',
  'send',
] as const satisfies readonly (keyof StepInFile)[];

/**
 * @param step valid by the schema of scenarios.
 * @param pointer where it stands in the file. Throws a `FileProblem` when it is no step, or several in one.
 */
export function stepOf(file: string, step: StepInFile, pointer: string): ScenarioStep {
  const found = kinds.filter((kind) => step[kind] !== undefined);
  if (found.length !== 1) {
    throw new FileProblem(file, [`${pointer}: expected one of ${kinds.join(', ')}; got ${found.length}`]);
  }
  const common = { pointer, ...(step.expect === undefined ? {} : { expect: step.expect }) };
  return { ...common, ...kindOf(file, step, pointer) };
}

type Kind = ScenarioStep extends infer Step
  ? Step extends ScenarioStep
    ? Omit<Step, 'pointer' | 'expect'>
    : never
  : never;

function kindOf(file: string, step: StepInFile, pointer: string): Kind {
  const { order, question, approve, command, now, wait, policies, listener, send, as, through } = step;
  const invalid = step.invalid === undefined ? {} : { invalid: step.invalid };
  const roles = step.roles === undefined ? {} : { roles: step.roles };
  if (order !== undefined) {
    if (through === 'TMF645') throw otherApi(file, pointer, 'TMF622, TMF641 or TMF652', through);
    const body = bodyAt(file, `${pointer}/order`, order);
    return { ...invalid, kind: 'order', name: as ?? 'order', body, through: through ?? 'TMF622' };
  }
  if (question !== undefined) {
    if (through !== undefined && through !== 'TMF645') throw otherApi(file, pointer, 'TMF645, or nothing', through);
    const body = bodyAt(file, `${pointer}/question`, question);
    return { ...invalid, ...roles, kind: 'question', name: as ?? 'question', body, through: through ?? 'native' };
  }
  if (approve !== undefined) return { ...roles, kind: 'approve', order: approve };
  if (command !== undefined) return { ...roles, ...commandOf(file, step, command, pointer) };
  if (now !== undefined) return { kind: 'now', expected: now };
  if (wait !== undefined) return { kind: 'wait', forMs: durationMsOfText(wait) };
  if (policies !== undefined) {
    return { kind: 'policies', policies: referredContent(file, `${pointer}/policies`, policies, readPolicies) };
  }
  if (listener !== undefined) return { kind: 'listener', mood: listener };
  if (send === undefined) return { kind: 'restart' };
  return { ...invalid, ...roles, kind: 'send', from: 'crm', to: 'om', ...send };
}

function bodyAt(file: string, pointer: string, reference: Reference): unknown {
  return referredContent(file, pointer, reference, (content) => ({ ok: true, content }));
}

function otherApi(file: string, pointer: string, expected: string, got: string): FileProblem {
  return new FileProblem(file, [`${pointer}/through: expected ${expected}; got ${got}`]);
}

/** What a command cannot do without: what it is about, unless it can be about the order or all of its lines. */
function neededBy(command: CommandName): readonly ('about' | 'result' | 'decision')[] {
  switch (command) {
    case 'decide':
    case 'decide-revision':
    case 'decide-cancellation':
      return ['decision'];
    case 'set-result':
      return ['about', 'result'];
    case 'qualify':
    case 'cancel-order':
    case 'submit':
    case 'reject':
    case 'reopen':
    case 'hold':
    case 'release':
    case 'request-information':
    case 'take-information':
      return [];
    default:
      return ['about'];
  }
}

function commandOf(file: string, step: StepInFile, command: CommandName, pointer: string): Omit<CommandStep, 'roles'> {
  const missing = neededBy(command).filter((key) => step[key] === undefined);
  if (missing.length > 0) throw new FileProblem(file, [`${pointer}: ${command} needs ${missing.join(' and ')}`]);
  const { of = 'order', about, proposal, characteristics, result, decision, note, dates } = step;
  const values = Object.entries(characteristics ?? {}).map(([name, value]) => ({ name, value }));
  const body = {
    ...(characteristics === undefined ? {} : { characteristics: values }),
    ...(result === undefined ? {} : { result }),
    ...(decision === undefined ? {} : { decision }),
    ...(note === undefined ? {} : { note }),
    ...dates,
  };
  return {
    kind: 'command',
    command,
    order: of,
    ...(about === undefined ? {} : { about }),
    ...(proposal === undefined ? {} : { proposal }),
    ...(Object.keys(body).length === 0 ? {} : { body }),
  };
}

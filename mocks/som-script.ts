/** The script of a SOM: as people write it -> as the interpreter reads it, or everything that is wrong with it. */

import { isLegalMove } from '../contracts/profile/profile.ts';
import { tmf641Overlay } from '../contracts/profile/tmf641-v4.1.ts';
import somScriptSchema from '../contracts/records/som-script.schema.json' with { type: 'json' };
import { type Finding, shown } from '../contracts/schemas/finding.ts';
import { durationMsOfText } from '../contracts/schemas/text.ts';
import type { ServiceOrderItemStateType } from '../contracts/schemas/tmf641-v4.1.generated.ts';
import { checkOfSchema } from '../contracts/schemas/validator.ts';

export type State = ServiceOrderItemStateType;
export type Tell = 'event' | 'outboundresponse' | 'nothing';

export interface SomScript {
  readonly name: string;
  readonly duplicates: 'same' | 'conflict' | 'new';
  readonly behaviours: readonly Behaviour[];
}

export interface Behaviour {
  readonly name: string;
  readonly when: When;
  readonly latencyMs: number;
  readonly tell: Tell;
  readonly answer: ScriptedAnswer;
  readonly steps: readonly Step[];
}

/** Absent conditions match everything. */
export interface When {
  readonly specification?: readonly string[];
  readonly action?: readonly string[];
  readonly attempt?: { readonly first: number; readonly last: number };
}

export type ScriptedAnswer =
  | { readonly kind: 'accept'; readonly state: State; readonly set?: { readonly [attribute: string]: unknown } }
  | {
      readonly kind: 'refuse';
      readonly status: number;
      readonly code: string;
      readonly reason: string;
      readonly message?: string;
      readonly retryAfterMs?: number;
    }
  | { readonly kind: 'text'; readonly status: number; readonly text: string }
  | { readonly kind: 'silence' }
  | { readonly kind: 'reset' };

/** Something that happens to an order of its own accord. */
export interface Step {
  /** Since the step before, or since the answer. */
  readonly afterMs: number;
  readonly state: State;
  readonly items: ItemSelector;
  readonly message?: string;
  readonly tell: Tell;
}

export interface ItemSelector {
  readonly specification?: readonly string[];
  readonly action?: readonly string[];
}

interface ScriptFile {
  readonly som: string;
  readonly latency?: string;
  readonly tell?: Tell;
  readonly duplicates?: SomScript['duplicates'];
  readonly behaviours?: readonly BehaviourInFile[];
}

interface BehaviourInFile {
  readonly name?: string;
  readonly when?: { specification?: Cell; action?: Cell; attempt?: number | readonly [number, number] };
  readonly latency?: string;
  readonly tell?: Tell;
  readonly answer: 'accept' | 'silence' | 'reset' | AnswerInFile;
  readonly then?: readonly StepInFile[];
}

type Cell = string | readonly string[];

interface AnswerInFile {
  readonly accept?: State;
  readonly set?: { readonly [attribute: string]: unknown };
  readonly refuse?: number;
  readonly code?: string;
  readonly reason?: string;
  readonly message?: string;
  readonly retryAfter?: string;
  readonly text?: string;
  readonly status?: number;
}

interface StepInFile {
  readonly after: string;
  readonly state: State;
  readonly items?: { specification?: Cell; action?: Cell };
  readonly message?: string;
  readonly tell?: Tell;
}

/** Accepts every order, starts it after a minute and completes it half an hour later. */
export const usualScript: unknown = completingScript({ start: 'PT1M', end: 'PT30M' });

/** The same within seconds, for whoever waits in real time. */
export const promptScript: unknown = completingScript({ start: 'PT1S', end: 'PT5S' });

function completingScript({ start, end }: { start: string; end: string }): unknown {
  const then = [
    { after: start, state: 'inProgress' },
    { after: end, state: 'completed' },
  ];
  const som = 'Accepts every order, and reports by events';
  return { som, behaviours: [{ name: 'usual', answer: 'accept', then }] };
}

export type ReadScript =
  | { readonly ok: true; readonly script: SomScript }
  | { readonly ok: false; readonly findings: readonly Finding[] };

const checkFile = checkOfSchema(somScriptSchema);

/** @param file what the YAML or JSON says. */
export function readSomScript(file: unknown): ReadScript {
  const broken = checkFile(file);
  if (broken.length > 0) return { ok: false, findings: broken };
  const checked = file as ScriptFile; // by its schema, one line above
  const { behaviours } = checked.behaviours === undefined ? (usualScript as ScriptFile) : checked;
  const script: SomScript = {
    name: checked.som,
    duplicates: checked.duplicates ?? 'same',
    behaviours: (behaviours ?? []).map((behaviour, index) => behaviourOf(behaviour, index, checked)),
  };
  const findings = script.behaviours.flatMap(illegalMoves);
  return findings.length > 0 ? { ok: false, findings } : { ok: true, script };
}

function behaviourOf(written: BehaviourInFile, index: number, file: ScriptFile): Behaviour {
  const tell = written.tell ?? file.tell ?? 'event';
  return {
    name: written.name ?? `behaviour ${index + 1}`,
    when: whenOf(written.when ?? {}),
    latencyMs: durationMsOfText(written.latency ?? file.latency ?? 'PT0.1S'),
    tell,
    answer: answerOf(written.answer),
    steps: (written.then ?? []).map((step) => ({
      afterMs: durationMsOfText(step.after),
      state: step.state,
      items: selectorOf(step.items ?? {}),
      ...(step.message === undefined ? {} : { message: step.message }),
      tell: step.tell ?? tell,
    })),
  };
}

function whenOf({ attempt, ...when }: NonNullable<BehaviourInFile['when']>): When {
  const selector = selectorOf(when);
  if (attempt === undefined) return selector;
  const [first, last] = typeof attempt === 'number' ? [attempt, attempt] : attempt;
  return { ...selector, attempt: { first, last } };
}

function selectorOf({ specification, action }: { specification?: Cell; action?: Cell }): ItemSelector {
  return {
    ...(specification === undefined ? {} : { specification: [specification].flat() }),
    ...(action === undefined ? {} : { action: [action].flat() }),
  };
}

function answerOf(written: BehaviourInFile['answer']): ScriptedAnswer {
  if (written === 'accept') return { kind: 'accept', state: 'acknowledged' };
  if (typeof written === 'string') return { kind: written };
  const { accept, set, refuse, text } = written;
  if (accept !== undefined) return { kind: 'accept', state: accept, ...(set === undefined ? {} : { set }) };
  if (text !== undefined) return { kind: 'text', status: written.status ?? 201, text };
  const { code, reason, message, retryAfter } = written;
  return {
    kind: 'refuse',
    status: refuse ?? 500,
    code: code ?? '2',
    reason: reason ?? 'Refused by the script',
    ...(message === undefined ? {} : { message }),
    ...(retryAfter === undefined ? {} : { retryAfterMs: durationMsOfText(retryAfter) }),
  };
}

/**
 * Follows each set of items that the steps speak of through the lifecycle of TMF641. A move that the lifecycle does not
 * draw, and that does not lead through inProgress either, is a mistake in the script.
 */
function illegalMoves(behaviour: Behaviour, index: number): Finding[] {
  const start = behaviour.answer.kind === 'accept' ? behaviour.answer.state : 'acknowledged';
  const everything = JSON.stringify({});
  const stateOf = new Map<string, State>([[everything, start]]);
  return behaviour.steps.flatMap(({ items, state }, stepIndex) => {
    const key = JSON.stringify(items);
    const concerned = key === everything ? [...stateOf.keys()] : [key];
    const from = concerned.map((each) => [each, stateOf.get(each) ?? stateOf.get(everything) ?? start] as const);
    const movable = from.filter(([, before]) => pathTo(before, state) !== undefined);
    for (const [each] of movable) stateOf.set(each, state);
    const [[, before] = ['', start]] = from;
    if (movable.length > 0) return [];
    const possible = tmf641Overlay.transitions.ServiceOrderItem?.moves[before] ?? [];
    const expected = `a state that can follow ${before}: ${possible.join(', ') || 'none, it is terminal'}`;
    return [
      { pointer: `/behaviours/${index}/then/${stepIndex}/state`, rule: 'legal-move', expected, got: shown(state) },
    ];
  });
}

/** The states to go through, the last included; `undefined` when the lifecycle has no way there. */
export function pathTo(from: State, to: State): readonly State[] | undefined {
  const table = tmf641Overlay.transitions.ServiceOrderItem;
  if (table === undefined) throw new Error('the overlay of TMF641 has no lifecycle for items');
  if (from === to) return [];
  if (isLegalMove(table, from, to)) return [to];
  return isLegalMove(table, from, 'inProgress') && isLegalMove(table, 'inProgress', to)
    ? ['inProgress', to]
    : undefined;
}

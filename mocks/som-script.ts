/** The script of a simulated party: as people write it -> as the interpreter reads it, or all that is wrong with it. */
import somScriptSchema from '../contracts/records/som-script.schema.json' with { type: 'json' };
import type { Finding } from '../contracts/schemas/finding.ts';
import { checkOfSchema } from '../contracts/schemas/validator.ts';
import { answerOf, type ScriptedAnswer, type WrittenAnswer } from './script/answer.ts';
import { type Latency, type LatencyInFile, latencyOf } from './script/latency.ts';
import { illegalMoves } from './script/moves.ts';
import { type When, type WhenInFile, whenOf } from './script/selecting.ts';
import {
  ambiguities,
  type Deed,
  type Step,
  type StepInFile,
  stepOf,
  type Telling,
  type TellingInFile,
  tellingOf,
} from './script/step.ts';

/** The parties there are; `som` and `tom` are one, by two names. `rom`: a resource order manager. `wom`: a work order manager. */
export const personalities = ['som', 'tom', 'flowone', 'rom', 'wom'] as const;

export type Personality = (typeof personalities)[number];

export interface SomScript {
  readonly name: string;
  /** Whom it was written for. */
  readonly personality: Personality;
  readonly duplicates: 'same' | 'conflict' | 'new';
  readonly behaviours: readonly Behaviour[];
  /** What announces fallout in FlowOne's words. */
  readonly falloutPhrase: string;
  /** What requests about an order that there is are answered. */
  readonly inFlight: { readonly [request in InFlight]: ScriptedAnswer };
}

/** Requests about an order that there is. */
export type InFlight = 'amendments' | 'cancellations';

export interface Behaviour {
  readonly name: string;
  readonly when: When;
  /** One of them becomes of an order; which, is drawn by their weights. */
  readonly courses: readonly [Course, ...Course[]];
}

/** What becomes of an order: its answer, and its life after it. */
export interface Course {
  readonly weight: number;
  readonly latency: Latency;
  readonly answer: ScriptedAnswer;
  readonly steps: readonly Step[];
  /** How changes are told that are no step of the script. */
  readonly telling: Telling;
}

export interface ScriptFile extends Usual, Partial<Record<InFlight, WrittenAnswer>> {
  readonly som?: string;
  readonly tom?: string;
  readonly flowone?: string;
  readonly rom?: string;
  readonly wom?: string;
  readonly duplicates?: SomScript['duplicates'];
  readonly falloutPhrase?: string;
  readonly behaviours?: readonly BehaviourInFile[];
}

/** What holds for everything below, unless that says otherwise. */
interface Usual extends Pick<TellingInFile, 'tell' | 'delay'> {
  readonly latency?: LatencyInFile;
}

export interface BehaviourInFile extends Usual, Partial<CourseInFile> {
  readonly name?: string;
  readonly when?: WhenInFile;
  readonly outcomes?: readonly (CourseInFile & { readonly weight: number })[];
}

export interface CourseInFile extends Usual {
  readonly answer: WrittenAnswer;
  readonly then?: readonly StepInFile[];
}

/** Accepts every order, starts it after a minute and completes it half an hour later. */
export const usualScript: unknown = usualScriptOf('som');

/** The same within seconds, for whoever waits in real time. */
export const promptScript: unknown = promptScriptOf('som');

/** What a party does when nobody says otherwise. A TOM works on the network itself, and takes longer. */
export function usualScriptOf(personality: Personality): unknown {
  const [start, end] = personality === 'tom' ? ['PT5M', 'PT2H'] : ['PT1M', 'PT30M'];
  return completingScript(personality, start, end);
}

export function promptScriptOf(personality: Personality): unknown {
  return completingScript(personality, 'PT1S', 'PT5S');
}

function completingScript(personality: Personality, start: string, end: string): unknown {
  const then = [
    { after: start, state: 'inProgress' },
    { after: end, state: 'completed' },
  ];
  const behaviours = [{ name: 'usual', answer: 'accept', then }];
  return { [personality]: 'Accepts every order, and reports by events', behaviours };
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
  const unclear = (checked.behaviours ?? []).flatMap(unclearSteps);
  if (unclear.length > 0) return { ok: false, findings: unclear };
  const personality = personalities.find((each) => checked[each] !== undefined) ?? 'som';
  const usual = usualScriptOf(personality) as ScriptFile; // written below, and held to the schema by a test
  const { behaviours = [] } = checked.behaviours === undefined ? usual : checked;
  const script: SomScript = {
    name: checked[personality] ?? '',
    personality,
    duplicates: checked.duplicates ?? 'same',
    behaviours: behaviours.map((behaviour, index) => behaviourOf(behaviour, index, checked)),
    falloutPhrase: checked.falloutPhrase ?? 'has entered in fallout',
    inFlight: {
      amendments: answerOf(checked.amendments ?? 'accept'),
      cancellations: answerOf(checked.cancellations ?? 'accept'),
    },
  };
  const findings = script.behaviours.flatMap((behaviour, index) => findingsOn(behaviour, index, script));
  return findings.length > 0 ? { ok: false, findings } : { ok: true, script };
}

/** Steps that say two things at once. */
function unclearSteps({ then = [], outcomes = [] }: BehaviourInFile, index: number): Finding[] {
  const at = `/behaviours/${index}`;
  return [
    ...then.flatMap((step, place) => ambiguities(step, `${at}/then/${place}`)),
    ...outcomes.flatMap((outcome, which) =>
      (outcome.then ?? []).flatMap((step, place) => ambiguities(step, `${at}/outcomes/${which}/then/${place}`)),
    ),
  ];
}

function behaviourOf(written: BehaviourInFile, index: number, file: ScriptFile): Behaviour {
  const { name, when, outcomes, answer = 'accept', then } = written;
  const usual = { ...usualOf(file), ...usualOf(written) };
  const single = { ...usual, answer, ...(then === undefined ? {} : { then }) };
  const [first, ...others] = (outcomes ?? []).map((outcome) => courseOf(outcome, outcome.weight, usual));
  return {
    name: name ?? `behaviour ${index + 1}`,
    when: whenOf(when ?? {}),
    courses: first === undefined ? [courseOf(single, 1, usual)] : [first, ...others],
  };
}

function usualOf({ latency, tell, delay }: Usual): Usual {
  return {
    ...(latency === undefined ? {} : { latency }),
    ...(tell === undefined ? {} : { tell }),
    ...(delay === undefined ? {} : { delay }),
  };
}

function courseOf(written: CourseInFile, weight: number, outer: Usual): Course {
  const usual = { ...outer, ...usualOf(written) };
  return {
    weight,
    latency: latencyOf(usual.latency ?? 'PT0.1S'),
    answer: answerOf(written.answer),
    steps: (written.then ?? []).map((step) => stepOf(step, usual)),
    telling: tellingOf(usual),
  };
}

/** What the schema cannot see. */
function findingsOn({ courses }: Behaviour, index: number, { personality }: SomScript): Finding[] {
  return courses.flatMap(({ answer, steps }, place) => {
    const at = `/behaviours/${index}${courses.length > 1 ? `/outcomes/${place}` : ''}/then`;
    const start = answer.kind === 'accept' ? answer.state : 'acknowledged';
    return [...illegalMoves(start, steps, at), ...foreignSteps(steps, personality, at)];
  });
}

function foreignSteps(steps: readonly Step[], personality: Personality, at: string): Finding[] {
  return steps.flatMap(({ deed }, index) => foreignDeed(deed, personality, `${at}/${index}`));
}

/** What a party has no words for: fallout is FlowOne's, milestones and jeopardy are TMF641's. */
export function foreignDeed({ kind }: Deed, personality: Personality, at: string): Finding[] {
  const isFlowone = personality === 'flowone';
  const hasNotices = personality === 'som' || personality === 'tom';
  const foreign = kind === 'fallout' ? !isFlowone : !hasNotices && (kind === 'milestone' || kind === 'jeopardy');
  if (!foreign) return [];
  const expected = hasNotices
    ? 'a state, a jeopardy or a milestone: fallout is a word of FlowOne'
    : `something that ${isFlowone ? 'FlowOne' : 'its API'} has an event for`;
  return [{ pointer: `${at}/${kind}`, rule: 'known-to-the-party', expected, got: 'one' }];
}

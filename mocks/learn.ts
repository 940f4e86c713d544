/** A trace of somebody's traffic with a vendor -> the script of a mock that behaves as the vendor did. */
import { stringify } from 'yaml';
import type { Trace } from '../contracts/records/trace.ts';
import { textOfDurationMs } from '../contracts/schemas/text.ts';
import { type Kind, type KnownKind, knownKinds } from './learning/kinds.ts';
import { type Life, livesOf } from './learning/lives.ts';
import { readingOf } from './learning/reading.ts';
import type { LatencyInFile } from './script/latency.ts';
import type { StepInFile } from './script/step.ts';
import { type BehaviourInFile, type CourseInFile, readSomScript, type ScriptFile } from './som-script.ts';

export interface Learned {
  /** Absent: no order was placed, so there is nothing to behave like. */
  readonly script?: ScriptFile;
  /** What was seen and is not in the script, because the language has no words for it. */
  readonly unlearned: readonly string[];
}

/** What times may differ by and still be one: what the machines between the two add. */
const jitter = { ms: 20, share: 0.02 } as const;

export function scriptOf(trace: Trace): Learned {
  const reading = readingOf(trace);
  const counts = new Map<string, number>();
  const unlearned = (what: string) => void counts.set(what, (counts.get(what) ?? 0) + 1);
  const { lives, duplicates } = livesOf(reading, unlearned);
  if (reading.unreadable > 0) counts.set('callbacks that are no events about a service order', reading.unreadable);
  const notes = [...counts].map(([what, count]) => `${what} (${count})`);
  if (lives.length === 0) return { unlearned: notes };
  const isMute = reading.listening !== undefined && reading.told.length === 0;
  const script: ScriptFile = {
    som: `Learned from ${lives.length === 1 ? 'one order' : `${lives.length} orders`}`,
    ...(duplicates === 'same' ? {} : { duplicates }),
    ...(isMute ? { tell: 'nothing' as const } : {}),
    behaviours: knownKinds(lives, (some) => coursesOf(some).length).map(behaviourOf),
  };
  return { script: legal(script), unlearned: notes };
}

/** As YAML, with what could not be learned on top. */
export function scriptText({ script, unlearned }: Learned): string {
  const head = [
    '# Written by southbound record: how the vendor behaved while it was watched. Yours to change.',
    ...(unlearned.length === 0 ? [] : ['# Seen, but not in here:', ...unlearned.map((what) => `#   ${what}`)]),
  ];
  return `${head.join('\n')}\n${stringify(script, { lineWidth: 120, aliasDuplicateObjects: false })}`;
}

function behaviourOf(kind: KnownKind): BehaviourInFile {
  const { when, lives } = kind;
  const courses = coursesOf(lives);
  const [only] = courses;
  const about = { name: nameOf(kind), when };
  if (courses.length === 1 && only !== undefined) return { ...about, ...written(only) };
  return { ...about, outcomes: courses.map((course) => ({ weight: course.length, ...written(course) })) };
}

function nameOf({ makes, attempts }: Kind): string {
  const each = makes.map(({ specifications, actions }) => {
    const what = specifications.length === 0 ? 'anything' : specifications.join(' and ');
    return `${actions.join(' or ')} ${what}`.trim();
  });
  return `${each.join('; ')}${attempts === undefined ? '' : `, attempt ${attempts[0]}`}`;
}

/** Lives that went the same way. One that was not seen to its end went the way of the first that begins like it. */
function coursesOf(lives: readonly Life[]): Life[][] {
  const courses: Life[][] = [];
  const byLength = lives.toSorted(
    (one, other) => Number(other.isWhole) - Number(one.isWhole) || other.steps.length - one.steps.length,
  );
  for (const life of byLength) {
    const course = courses.find(([first]) => first !== undefined && wentLike(life, first));
    if (course === undefined) courses.push([life]);
    else course.push(life);
  }
  return courses;
}

function wentLike(life: Life, other: Life): boolean {
  if (JSON.stringify(life.answer) !== JSON.stringify(other.answer)) return false;
  if (life.isAnnounced !== other.isAnnounced) return false;
  const isBeginning = !life.isWhole && life.steps.length <= other.steps.length;
  if (!isBeginning && life.steps.length !== other.steps.length) return false;
  return life.steps.every(
    (step, place) => JSON.stringify(step.written) === JSON.stringify(other.steps[place]?.written),
  );
}

function written(course: readonly Life[]): CourseInFile {
  const [first] = course;
  // A mock announces each new order that it tells of at all.
  const isSecret = first?.isAnnounced === false;
  const steps = first?.steps.map((step, place): StepInFile => {
    const same = course.flatMap((life) => life.steps[place] ?? []);
    const delays = same.map(({ delayMs }) => delayMs);
    const delay = delays.every((ms) => ms === 0) ? {} : { delay: latencyText(delays) };
    return {
      after: latencyText(same.map(({ afterMs }) => afterMs)),
      ...(isSecret ? { tell: 'event' } : {}),
      ...step.written,
      ...delay,
    };
  });
  return {
    // How long nobody answered says when whoever asked gave up.
    ...(first?.answer === 'silence' ? {} : { latency: latencyText(course.map(({ latencyMs }) => latencyMs)) }),
    ...(isSecret ? { tell: 'nothing' } : {}),
    answer: first?.answer ?? 'accept',
    ...(steps === undefined || steps.length === 0 ? {} : { then: steps }),
  };
}

/** One time where they hardly differ, otherwise any time from the shortest to the longest. */
function latencyText(times: readonly number[]): LatencyInFile {
  const sorted = times.toSorted((one, other) => one - other);
  const [least = 0, middle = 0, most = 0] = [sorted[0], sorted[sorted.length >> 1], sorted.at(-1)];
  if (most - least <= Math.max(jitter.ms, jitter.share * middle)) return textOfDurationMs(middle);
  return { uniform: [textOfDurationMs(least), textOfDurationMs(most)] };
}

/** Moves that the lifecycle does not draw are made regardless of it: the vendor made them. */
function legal(script: ScriptFile): ScriptFile {
  const read = readSomScript(script);
  if (read.ok) return script;
  const copy = structuredClone(script);
  for (const { pointer, rule } of read.findings) {
    const places = pointer.split('/').slice(1, -1);
    const step = places.reduce<unknown>((holder, place) => Reflect.get(Object(holder), place), copy);
    if (rule === 'legal-move') Object.assign(Object(step), { regardless: true });
  }
  return copy;
}

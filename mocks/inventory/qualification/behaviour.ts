/** How an inventory system answers checks: as its file says it, and as the mock reads it. */
import { type AnswerInFile, answerOf, type ScriptedAnswer } from '../../script/answer.ts';
import { type Latency, type LatencyInFile, latencyOf } from '../../script/latency.ts';
import type { Cell } from '../../script/selecting.ts';
import { instantOf, type Moment, momentOf } from '../moment.ts';
import type { Asked, Proposal, Qualified, Reason, Result } from './qualify.ts';

export interface Behaviour {
  readonly name: string;
  readonly when: When;
  /** How many checks it is for. */
  readonly times: number;
  readonly latency: Latency;
  readonly answer: ScriptedAnswer;
  /** What the answer to the request says. */
  readonly verdict: Verdict;
  /** What is said afterwards, one after another. */
  readonly steps: readonly Step[];
}

/** Absent conditions match everything. */
export interface When extends ItemSelector {
  readonly items?: Range;
  readonly attempt?: Range;
  readonly check?: Range;
}

export interface Range {
  readonly first: number;
  readonly last: number;
}

export interface ItemSelector {
  readonly id?: readonly string[];
  readonly specification?: readonly string[];
  readonly site?: readonly string[];
}

export interface Step {
  readonly after: Latency;
  /** `again`: what was said before, or what the stock says where nothing was. */
  readonly verdict: Verdict | { readonly kind: 'again' };
  readonly telling: CheckTelling;
}

export type Verdict =
  | { readonly kind: 'stock' }
  | { readonly kind: 'pending' }
  | {
      readonly kind: 'forced';
      readonly result: Result;
      /** Which items; the stock decides on the others. */
      readonly items: ItemSelector;
      readonly reasons: readonly Reason[];
      readonly proposals: readonly ForcedProposal[];
    };

export interface ForcedProposal extends Omit<Proposal, 'at'> {
  readonly at?: Moment;
}

export type Report = 'event' | 'processResult' | 'none';

/** How a result is told that is not in the answer to the request. */
export interface CheckTelling {
  readonly report: Report;
  /** How often each message is sent. */
  readonly sent: number;
  /** How long after the change; absent: at once. */
  readonly delay?: Latency;
  readonly wrong?: Wrong;
}

/** What is put into a message in place of the truth. */
export interface Wrong {
  readonly item?: string;
  readonly result?: string;
  readonly check?: string;
  readonly alsoEarlier?: true;
  /** The whole body. */
  readonly text?: string;
}

interface SelectorInFile {
  readonly id?: Cell;
  readonly specification?: Cell;
  readonly site?: Cell;
}

type RangeInFile = number | readonly [number, number];

interface SayingInFile {
  readonly after?: LatencyInFile;
  readonly result?: Result | 'stock' | 'pending' | 'again';
  readonly items?: SelectorInFile;
  readonly reasons?: readonly Reason[];
  readonly proposals?: readonly (Omit<Proposal, 'at'> & { readonly at?: string })[];
  readonly report?: Report;
  readonly delay?: LatencyInFile;
  readonly sent?: number;
  readonly wrong?: Wrong;
}

export interface BehaviourInFile extends SayingInFile {
  readonly name?: string;
  readonly when?: Omit<SelectorInFile, 'id'> & {
    readonly items?: RangeInFile;
    readonly attempt?: RangeInFile;
    readonly check?: RangeInFile;
  };
  readonly times?: number;
  readonly latency?: LatencyInFile;
  readonly answer?: 'accept' | 'silence' | 'reset' | AnswerInFile;
  readonly then?: readonly (SayingInFile & { readonly after: LatencyInFile })[];
}

const usualLatency = 'PT0.1S';

/** From the stock, in the answer. */
export const usualBehaviour: Behaviour = behaviourOf({}, 0);

/** A result that is to follow is a first step after an answer that says nothing yet. */
export function behaviourOf(written: BehaviourInFile, index: number): Behaviour {
  const { after, result = 'stock', then = [] } = written;
  const first = after === undefined ? [] : [stepOf({ ...written, result, after }, written.report)];
  return {
    name: written.name ?? `answer ${index + 1}`,
    when: whenOf(written.when ?? {}),
    times: written.times ?? Number.POSITIVE_INFINITY,
    latency: latencyOf(written.latency ?? usualLatency),
    answer: scriptedAnswerOf(written.answer ?? 'accept'),
    verdict: after === undefined ? answeredVerdict(written) : { kind: 'pending' },
    steps: [...first, ...then.map((step) => stepOf(step, written.report))],
  };
}

/** Every condition that the check does not meet; none when it matches. */
export function missed(
  when: When,
  check: { readonly items: readonly Asked[]; readonly attempt: number; readonly check: number },
): string[] {
  const cells = (['specification', 'site'] as const).filter((column) => {
    const wanted = when[column];
    return wanted !== undefined && !check.items.some((item) => selects({ [column]: wanted }, item));
  });
  const numbers = { items: check.items.length, attempt: check.attempt, check: check.check };
  const ranges = (['items', 'attempt', 'check'] as const).filter((name) => {
    const range = when[name];
    return range !== undefined && (numbers[name] < range.first || numbers[name] > range.last);
  });
  return [...cells, ...ranges];
}

/** What is said of each item, where a verdict is forced. */
export function forcedOn(
  answers: readonly Qualified[],
  items: readonly Asked[],
  verdict: Verdict,
  now: number,
): readonly Qualified[] {
  if (verdict.kind !== 'forced') return answers;
  const { result, reasons } = verdict;
  const proposals = verdict.proposals.map(({ at, ...proposal }) =>
    at === undefined ? proposal : { ...proposal, at: instantOf(at, now) },
  );
  return answers.map((answer, index) => {
    const item = items[index];
    if (item === undefined || !selects(verdict.items, item)) return answer;
    return { id: answer.id, result, reasons, proposals };
  });
}

function selects({ id, specification, site }: ItemSelector, item: Asked): boolean {
  if (id !== undefined && !id.includes(item.id)) return false;
  if (site !== undefined && !site.includes(item.site ?? '')) return false;
  return specification === undefined || specification.includes(item.specification ?? '');
}

function stepOf(written: SayingInFile & { readonly after: LatencyInFile }, report: Report | undefined): Step {
  const { after, result, delay, sent, wrong } = written;
  return {
    after: latencyOf(after),
    verdict: result === undefined || result === 'again' ? { kind: 'again' } : verdictOf(result, written),
    telling: {
      report: written.report ?? report ?? 'event',
      sent: sent ?? 1,
      ...(delay === undefined ? {} : { delay: latencyOf(delay) }),
      ...(wrong === undefined ? {} : { wrong }),
    },
  };
}

/** Nothing was said before, which could be said again. */
function answeredVerdict(written: BehaviourInFile): Verdict {
  const { result = 'stock' } = written;
  return verdictOf(result === 'again' ? 'stock' : result, written);
}

function verdictOf(result: Exclude<SayingInFile['result'], 'again' | undefined>, written: SayingInFile): Verdict {
  if (result === 'stock' || result === 'pending') return { kind: result };
  const { items = {}, reasons = [], proposals = [] } = written;
  return {
    kind: 'forced',
    result,
    items: selectorOf(items),
    reasons,
    proposals: proposals.map(({ at, ...proposal }) =>
      at === undefined ? proposal : { ...proposal, at: momentOf(at) },
    ),
  };
}

function whenOf({ items, attempt, check, ...selector }: NonNullable<BehaviourInFile['when']>): When {
  return {
    ...selectorOf(selector),
    ...(items === undefined ? {} : { items: rangeOf(items) }),
    ...(attempt === undefined ? {} : { attempt: rangeOf(attempt) }),
    ...(check === undefined ? {} : { check: rangeOf(check) }),
  };
}

function selectorOf({ id, specification, site }: SelectorInFile): ItemSelector {
  return {
    ...(id === undefined ? {} : { id: [id].flat() }),
    ...(specification === undefined ? {} : { specification: [specification].flat() }),
    ...(site === undefined ? {} : { site: [site].flat() }),
  };
}

function rangeOf(written: RangeInFile): Range {
  const [first, last] = typeof written === 'number' ? [written, written] : written;
  return { first, last };
}

/** A check that is taken in some odd way says so by how, and not by the state of an order. */
function scriptedAnswerOf(written: NonNullable<BehaviourInFile['answer']>): ScriptedAnswer {
  if (typeof written === 'string') return answerOf(written);
  const { refuse, text } = written;
  return answerOf(refuse === undefined && text === undefined ? { accept: 'acknowledged', ...written } : written);
}

/** What an invariant is: a law of order management that has a number, a name, and a check that finds where it is broken. */
import type { CustomerOrder, ReplayedStep } from '../../../engine/index.ts';
import type { Check, Evidence } from '../evidence.ts';

export interface Invariant {
  /** From 1 to 20, and never another's. */
  readonly number: number;
  /** One sentence that says what holds; reports name the law by it. */
  readonly name: string;
  /** What exactly is looked at, and what is left out, for those who wonder whether it fired rightly. */
  readonly what: string;
  /** What it is held against. */
  readonly on: keyof typeof heldAgainst;
  readonly check: Check;
}

/** Where invariants are checked, for the page about them. */
export const heldAgainst = {
  states: 'every order, after each of its steps',
  steps: 'each step of every order, with what was before it',
  run: 'all that is left of a run',
} as const;

/** A law about one step: what is wrong with it, in words that go on after "ORD0000001, entry 3". */
export type StepCheck = (step: ReplayedStep) => readonly string[];

/** Holds each step of every order against it. */
export function inEveryStep(check: StepCheck): Check {
  return ({ orders }: Evidence) =>
    orders.flatMap(({ history }) =>
      history.flatMap((step) =>
        check(step).map(
          (what) => `${step.order.number}, entry ${step.entry.entry}: ${what} (${step.entry.input.type})`,
        ),
      ),
    );
}

/** The parts of an order that are lists of things. */
type Part = {
  readonly [Name in keyof CustomerOrder]-?: CustomerOrder[Name] extends readonly unknown[] ? Name : never;
}[keyof CustomerOrder];

/** True when one of these is another than before the step: what a step leaves alone stays the very same list. */
export function hasChanged({ before, order }: ReplayedStep, parts: readonly Part[]): boolean {
  return before === undefined || parts.some((part) => before[part] !== order[part]);
}

/** The work notes that a step wrote. */
export function notesOf({ before, order }: ReplayedStep): CustomerOrder['workNotes'] {
  return order.workNotes.slice(before?.workNotes.length ?? 0);
}

/** Texts that stand there more than once, once each. */
export function repeatedIn(texts: readonly string[]): string[] {
  if (new Set(texts).size === texts.length) return [];
  return [...new Set(texts.filter((text, place) => texts.indexOf(text) !== place))];
}

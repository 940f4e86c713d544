/** A question as a task of TMF645: how far it is, and what has been found for each of its items. */
import type { CustomerOrder, DomainOrder, OrderLine } from '../../model/order.ts';
import type { AlternateProposal, QualificationResult, UnavailabilityReason } from '../../model/qualification/result.ts';
import type { Instant } from '../../model/words.ts';

/** In the order in which a task goes through them; it ends in one of the last two. */
export const taskStates = ['acknowledged', 'inProgress', 'done', 'terminatedWithError'] as const;

export type TaskState = (typeof taskStates)[number];

export type Answer = 'qualified' | 'alternate' | 'unqualified';

/** Written on a line that ends without an answer; it does not say why there is none. */
export const closingNote = 'the question is over';

const ended: readonly string[] = ['completed', 'canceled'];

/** An order that asks is over when each line at its top is: then nothing that is found later is taken any more. */
export function taskStateOf({ state, lines }: Pick<CustomerOrder, 'state' | 'lines'>): TaskState {
  if (state === 'new' || state === 'acknowledged') return 'acknowledged';
  if (!ended.includes(state)) return 'inProgress';
  return lines.every((line) => line.parent !== undefined || answerOf(line) !== undefined)
    ? 'done'
    : 'terminatedWithError';
}

/** Lines at the top for which nothing more is to come, and which are still open. */
export function settledLines({ state, lines }: CustomerOrder): OrderLine[] {
  if (state !== 'in_progress') return [];
  return lines.filter(
    ({ parent, state: own, qualificationResult }) =>
      parent === undefined && own === 'in_progress' && qualificationResult !== 'pending',
  );
}

/** Nothing as long as it is not known, and where it will not be. */
export function answerOf({ qualificationResult: result }: Pick<OrderLine, 'qualificationResult'>): Answer | undefined {
  return isAnswer(result) ? result : undefined;
}

function isAnswer(result: QualificationResult | undefined): result is Answer {
  return result === 'qualified' || result === 'alternate' || result === 'unqualified';
}

/** What is known of one line, whether it is over or not. */
export interface Known {
  readonly reasons: readonly UnavailabilityReason[];
  readonly proposals: readonly AlternateProposal[];
  readonly availableAt?: Instant;
  readonly expiresAt?: Instant;
}

/** What was found about one line. */
export interface Finding extends Known {
  readonly answer: Answer;
}

/** What an order that asks says of its lines. A line becomes service orders, and there are lines below it. */
export class Findings {
  readonly #order: CustomerOrder;
  readonly #linesBelow: Map<string | undefined, OrderLine[]>;
  readonly #serviceOrdersOf: Map<string, DomainOrder[]>;
  readonly #lineOf: Map<string, string>;

  constructor(order: CustomerOrder) {
    this.#order = order;
    this.#linesBelow = Map.groupBy(order.lines, ({ parent }) => parent);
    this.#serviceOrdersOf = Map.groupBy(order.domainOrders, ({ line }) => line);
    this.#lineOf = new Map(order.domainOrders.map(({ id, line }) => [id, line]));
  }

  stateOf(line: OrderLine): TaskState {
    if (!ended.includes(line.state)) return taskStateOf(this.#order) === 'acknowledged' ? 'acknowledged' : 'inProgress';
    return answerOf(line) === undefined ? 'terminatedWithError' : 'done';
  }

  /** Nothing as long as the line is open, and where it ended without an answer. */
  of(line: OrderLine): Finding | undefined {
    const answer = answerOf(line);
    return answer === undefined || !ended.includes(line.state) ? undefined : { answer, ...this.about(line) };
  }

  about(line: OrderLine): Known {
    const all = this.#from(line);
    const own = all.filter((each) => this.#isTopOf(each, line));
    const known = (serviceOrders: readonly DomainOrder[]) =>
      serviceOrders.flatMap(({ qualification }) => qualification ?? []);
    const proposals = known(own).flatMap((each) => each.proposals);
    const availableAt = known(own).flatMap((each) => each.availableAt ?? []);
    const expiresAt = known(all).flatMap((each) => each.expiresAt ?? []);
    return {
      reasons: withoutRepetitions(known(all).flatMap(({ reasons }) => reasons)),
      // What is proposed for something that it rests on is better than nothing.
      proposals: proposals.length > 0 ? proposals : known(all).flatMap((each) => each.proposals),
      ...(availableAt.length === 0 ? {} : { availableAt: Math.max(...availableAt) }),
      ...(expiresAt.length === 0 ? {} : { expiresAt: Math.min(...expiresAt) }),
    };
  }

  /** Why a line has no answer: what the inventory system said, or what was last noted about the line. */
  whyNone(line: OrderLine): string {
    const lines = new Set(this.#linesFrom(line));
    const about = new Set([...lines, ...this.#from(line).map(({ id }) => id)]);
    const { qualificationRequests, workNotes } = this.#order;
    const request = qualificationRequests.findLast((each) => lines.has(each.line) && each.lastError !== undefined);
    const note = workNotes.findLast((each) => about.has(each.about ?? '') && !each.text.endsWith(closingNote));
    return request?.lastError ?? note?.text ?? 'nobody has answered';
  }

  /** The service orders of the line and of those below it. */
  #from(line: OrderLine): DomainOrder[] {
    return this.#linesFrom(line).flatMap((id) => this.#serviceOrdersOf.get(id) ?? []);
  }

  #linesFrom({ id }: OrderLine): string[] {
    const found = [id];
    for (const each of found) found.push(...(this.#linesBelow.get(each) ?? []).map((below) => below.id));
    return found;
  }

  #isTopOf({ line: own, parent }: DomainOrder, line: OrderLine): boolean {
    return own === line.id && (parent === undefined || this.#lineOf.get(parent) !== line.id);
  }
}

function withoutRepetitions(reasons: readonly UnavailabilityReason[]): UnavailabilityReason[] {
  const known = new Map(reasons.map((reason) => [`${reason.code ?? ''}/${reason.label}`, reason]));
  return [...known.values()];
}

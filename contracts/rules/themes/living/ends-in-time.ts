/** Orders and cancel tasks end within the time that the vendor declares. */
import { durationMsOfText } from '../../../schemas/text.ts';
import { breach, inapplicable, kept, type Observation, type Rule, undecided } from '../../rule.ts';
import { type History, lookBefore } from '../../view/histories.ts';
import { cancelDiagram, type Diagram, orderDiagram } from '../../view/moves.ts';
import type { View } from '../../view/view.ts';

/** What is done to orders in these keeps them from going their way. */
const disturbing = /^(?:cancel|patch-state|patch-owned|owned|methods|deletion|restart|auth)/;

export const endsInTime: Rule = {
  id: 'ends-in-time',
  level: 'MUST',
  title: 'An order, and a cancel task, ends within the time that the vendor declares.',
  clause: 'the capability statement, completesWithin and cancelsWithin',
  remedy: 'Be done sooner, or declare what can be kept.',
  after: ['cancel-task-life', 'cancel-outcome', 'survives-restart'],
  *check(view) {
    const { completesWithin, cancelsWithin } = view.statement;
    if (completesWithin === undefined && cancelsWithin === undefined) {
      yield inapplicable('neither completesWithin nor cancelsWithin is declared');
    }
    const left = view.orders.filter(({ created }) => !disturbing.test(created?.exchange.aim?.experiment ?? ''));
    yield* within(view, left, completesWithin, { diagram: orderDiagram, resource: 'ServiceOrder', what: 'an order' });
    const tasks = { diagram: cancelDiagram, resource: 'CancelServiceOrder', what: 'a cancel task' };
    yield* within(view, view.cancels, cancelsWithin, tasks);
  },
};

function* within(
  { all }: View,
  histories: readonly History[],
  declared: string | undefined,
  { diagram, resource, what }: { diagram: Diagram; resource: string; what: string },
): Iterable<Observation> {
  if (declared === undefined) return;
  const limitMs = durationMsOfText(declared);
  const lastSeenAt = all.at(-1)?.exchange.endedAt ?? 0;
  for (const { id, created, sightings } of histories) {
    if (created === undefined) continue;
    const end = sightings.find(({ state }) => diagram.isTerminal(state));
    const before = end === undefined ? sightings.at(-1) : lookBefore(sightings, end);
    // It ended at some moment between the last look at which it had not, and the first at which it had.
    const atLeastMs = (before?.seen.exchange.sentAt ?? created.exchange.sentAt) - created.exchange.endedAt;
    if (atLeastMs > limitMs) {
      yield breach({
        path: `${resource} /state`,
        valueClass: 'too late',
        message: `${what} was ${before?.state} after ${atLeastMs} ms, and ${declared} is declared`,
        evidence: [created, ...(before === undefined ? [] : [before.seen])],
        order: id,
      });
    } else if (end !== undefined) yield kept;
    else if (lastSeenAt - created.exchange.endedAt < limitMs) {
      yield undecided(`the verification was over before ${what} was`);
    }
  }
}

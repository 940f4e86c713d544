/** Invariants of how an order comes in: what is questionable about it is not approved silently, and it comes once. */
import type { ReplayedStep } from '../../../engine/index.ts';
import type { Evidence } from '../evidence.ts';
import { type Invariant, notesOf } from './invariant.ts';

/** Invariant 18. */
export const noSilentApproval: Invariant = {
  number: 18,
  name: 'an order with values that its specification does not know is approved with a warning, or not at all',
  what: 'Where a line carries a note that one of its characteristics is unknown or has an invalid value, which it still has, and the policies say `invalidCharacteristics: refuse`, the order is not approved; where they say `warn`, its approval writes a work note about each such line. The approval of a revision is one of all lines that go on.',
  on: 'steps',
  check: approvedSilently,
};

/** Invariant 20. */
export const capturedOnce: Invariant = {
  number: 20,
  name: 'the same order with the same external id comes in once, where the policies say so',
  what: 'No two orders have the same API, the same external id and the same content, when the later one was captured under policies that say `repeatedOrders: recognized`. By default each is an order of its own.',
  on: 'run',
  check: capturedTwice,
};

/** As the notes of the capture say it: which characteristic is unknown, or which value of it is invalid. */
const unknown = /^The following Order Item characteristics does not exist: (.+?)\. Review/;
const invalid = /^Order Item characteristic: (.+?) with characteristic value: (.+) is invalid\./;

function approvedSilently({ orders, policies }: Evidence): string[] {
  return orders.flatMap(({ history }) =>
    history.flatMap((step) => {
      const { before, order, entry, story } = step;
      const isApproved = story.moves.some(({ thing, event }) => thing === 'order' && event === 'approve');
      if (!isApproved || before === undefined) return [];
      const wanted = policies.get(entry.versions.policies)?.invalidCharacteristics ?? 'warn';
      const lines = questionedLines(before, order);
      // What a revision brings is noted at its approval: that alone is no warning.
      const isWarning = (text: string) => !unknown.test(text) && !invalid.test(text);
      const warned = new Set(notesOf(step).flatMap(({ about, text }) => (isWarning(text) ? [about] : [])));
      return [...lines]
        .filter((line) => wanted === 'refuse' || !warned.has(line))
        .map((line) => {
          const number = order.lines.find(({ id }) => id === line)?.number ?? line;
          const how = wanted === 'refuse' ? 'its policies refuse that' : 'no work note says so';
          return `${order.number}, entry ${entry.entry}: approved with invalid characteristics of ${number}, and ${how}`;
        });
    }),
  );
}

/** Those that still have what was noted, and go on: an order may have been put right since, by a revision as well. */
function questionedLines(
  { lines: were }: NonNullable<ReplayedStep['before']>,
  { workNotes, lines }: ReplayedStep['order'],
): ReadonlySet<string> {
  const over = ['completed', 'canceled', 'cancellation_in_progress'];
  const ended = new Set(were.flatMap(({ id, state }) => (over.includes(state) ? [id] : [])));
  const isLeaving = (state: string) => state === 'cancellation_in_progress' || state === 'canceled';
  const leaving = new Set(lines.flatMap(({ id, state }) => (isLeaving(state) ? [id] : [])));
  const given = new Map(lines.map(({ id, characteristics }) => [id, characteristics]));
  return new Set(
    workNotes.flatMap(({ about = '', text }) => {
      const [, name, value] = unknown.exec(text) ?? invalid.exec(text) ?? [];
      const isThere = given
        .get(about)
        ?.some((each) => each.name === name && (value === undefined || JSON.stringify(each.value) === value));
      return isThere === true && !ended.has(about) && !leaving.has(about) ? [about] : [];
    }),
  );
}

function capturedTwice({ orders, policies }: Evidence): string[] {
  const known = new Map<string, string>();
  const captures = orders
    .flatMap(({ order, history }) => history.slice(0, 1).map(({ entry }) => ({ number: order.number, entry })))
    .toSorted((one, other) => one.entry.at - other.entry.at);
  return captures.flatMap(({ number, entry: { input, versions } }) => {
    if (input.type !== 'CaptureOrder' || input.externalId === undefined) return [];
    const { at: _at, orderId: _id, ...content } = input;
    const key = JSON.stringify(content);
    const first = known.get(key);
    if (first === undefined) known.set(key, number);
    const isOnce = policies.get(versions.policies)?.repeatedOrders === 'recognized';
    return first !== undefined && isOnce ? [`${number} is ${first} again`] : [];
  });
}

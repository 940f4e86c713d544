/** The invariant of suspensions and resumptions: each happens on its day, once, and one that comes before the other takes it back. */
import type { InventoryItem } from '../../../engine/index.ts';
import type { Evidence, TreeEvidence } from '../evidence.ts';
import type { Invariant } from './invariant.ts';

/** Invariant 19. */
export const onTheirDayOnce: Invariant = {
  number: 19,
  name: 'a suspension is done on its day, once, and not at all when what it suspends is resumed before',
  what: 'Of suspensions and resumptions alike: none is done before its day, or before its order is completed; none that is done or canceled changes again; none is left that is due, unless its item is being changed. Nothing is suspended or resumed otherwise. When an order is completed that resumes what is not suspended, before the day of the next suspension, both are canceled.',
  on: 'run',
  check: ({ trees }: Evidence) => trees.flatMap(otherwiseDone),
};

type Tree = TreeEvidence['states'][number]['tree'];
type Operation = NonNullable<Tree['operations']>[number];

function otherwiseDone({ states }: TreeEvidence): string[] {
  return states.flatMap(({ tree, at, completed }, place) => {
    const before = states[place - 1]?.tree;
    const was = before?.operations ?? [];
    const now = tree.operations ?? [];
    const items = new Map(tree.items.map((item) => [item.id, item]));
    const complaints = [
      ...now.flatMap((operation, index) => otherwise(operation, was[index], at, items.get(operation.item))),
      ...unasked(before, tree),
      ...(completed === undefined ? [] : notMet(completed, was, now, items)),
    ];
    return complaints.map((what) => `inventory tree ${tree.id}, entry ${tree.entries}: ${what}`);
  });
}

function otherwise(now: Operation, was: Operation | undefined, at: number, item: InventoryItem | undefined): string[] {
  const told = `${now.event} of ${item?.number ?? now.item}`;
  if (was !== undefined && was.state !== 'scheduled')
    return JSON.stringify(was) === JSON.stringify(now) ? [] : [`${told} was ${was.state}, and is changed again`];
  if (now.state === 'completed') {
    if (now.released !== true) return [`${told} is done before its order is completed`];
    return now.due !== undefined && now.due > at ? [`${told} is done before its day`] : [];
  }
  const isWaiting = now.state === 'scheduled' && now.released === true && now.due !== undefined && now.due <= at;
  const isPending = item?.status.endsWith('_pending') === true;
  return isWaiting && !isPending ? [`${told} is due, and not done`] : [];
}

/** Only an operation suspends, and only an operation resumes. */
function unasked(before: Tree | undefined, { items, operations = [] }: Tree): string[] {
  const was = new Map(before?.items.map(({ id, status }) => [id, status]));
  const known = before?.operations ?? [];
  const done = new Set(
    operations.flatMap(({ item, event, state }, index) =>
      state === 'completed' && known[index]?.state !== 'completed' ? [`${event} ${item}`] : [],
    ),
  );
  return items.flatMap(({ id, number, status }) => {
    const earlier = was.get(id);
    const event =
      earlier === 'active' && status === 'suspended'
        ? 'suspend'
        : earlier === 'suspended' && status === 'active'
          ? 'resume'
          : undefined;
    return event === undefined || done.has(`${event} ${id}`) ? [] : [`${number} is ${status}, and nothing was due`];
  });
}

/** The order is completed: what it resumes before it would have been suspended, is not suspended. */
function notMet(
  order: string,
  was: readonly Operation[],
  now: readonly Operation[],
  items: ReadonlyMap<string, InventoryItem>,
): string[] {
  return now.flatMap((resumption, index) => {
    const { item, event, due = 0 } = resumption;
    const isReleased = event === 'resume' && resumption.order === order && was[index]?.released !== true;
    const earlier = items.get(item);
    if (!isReleased || resumption.state !== 'scheduled' || earlier?.status === 'suspended') return [];
    const later = now.filter((each) => each.item === item && each.event === 'suspend' && each.state === 'scheduled');
    const [next] = later.toSorted((one, other) => (one.due ?? 0) - (other.due ?? 0));
    if (next?.due === undefined || next.due <= due) return [];
    return [`${earlier?.number ?? item} is resumed before it is suspended, and both are still to be done`];
  });
}

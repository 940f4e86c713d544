/** One sorted list of many: the first ones of all cost little, however long the lists are. */

interface Run<Entry> {
  readonly entries: readonly Entry[];
  place: number;
  next: Entry;
}

/** @param lists each sorted by `compare`. */
export function* merged<Entry>(
  lists: readonly (readonly Entry[])[],
  compare: (one: Entry, other: Entry) => number,
): Generator<Entry> {
  const heap = runsOf(lists);
  for (let at = (heap.length >> 1) - 1; at >= 0; at -= 1) sink(heap, at, compare);
  for (let run = heap[0]; run !== undefined; run = heap[0]) {
    yield run.next;
    run.place += 1;
    const next = run.entries[run.place];
    if (next === undefined) takeFirst(heap);
    else run.next = next;
    sink(heap, 0, compare);
  }
}

function runsOf<Entry>(lists: readonly (readonly Entry[])[]): Run<Entry>[] {
  const runs: Run<Entry>[] = [];
  for (const entries of lists) {
    const next = entries[0];
    if (next !== undefined) runs.push({ entries, place: 0, next });
  }
  return runs;
}

function takeFirst<Item>(heap: Item[]): void {
  const last = heap.pop();
  if (last !== undefined && heap.length > 0) heap[0] = last;
}

/** Puts it where it belongs: each run comes before those at twice its place, and one and two more. */
function sink<Entry>(heap: Run<Entry>[], from: number, compare: (one: Entry, other: Entry) => number): void {
  const run = heap[from];
  if (run === undefined) return;
  let at = from;
  for (;;) {
    let below = 2 * at + 1;
    let least = heap[below];
    const other = heap[below + 1];
    if (least !== undefined && other !== undefined && compare(other.next, least.next) < 0) {
      least = other;
      below += 1;
    }
    if (least === undefined || compare(run.next, least.next) <= 0) break;
    heap[at] = least;
    at = below;
  }
  heap[at] = run;
}

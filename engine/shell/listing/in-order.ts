/** Goes through a sorted list of orders in the order that is wanted: upwards, downwards, and by further attributes. */
import {
  compareListed,
  compareValues,
  type Listed,
  type ListedValue,
  type ListOrder,
} from '../../model/listing/listed.ts';
import type { SortedEntries } from './sorted-entries.ts';

export interface Entry {
  readonly id: string;
  /** Larger for what was captured later. */
  readonly sequence: number;
  readonly listed: Listed;
}

/** Places in a sorted list, the last not among them. */
export type Places = readonly [start: number, end: number];

export interface Part<Each extends Entry> {
  /** Sorted upwards by the first attribute of the order that is wanted; those of one value by capture. */
  readonly sorted: SortedEntries<Each>;
  readonly places: Places;
}

type ListedIn = (entry: Entry) => ListedValue | undefined;

/** The entries of a part in the order that is wanted, less the first ones. */
export function* inOrder<Each extends Entry>(
  { sorted, places }: Part<Each>,
  sort: readonly ListOrder[],
  skipped: number,
): Generator<Each> {
  const [first, ...further] = sort;
  const [start, end] = places;
  if (first === undefined || (!first.isDown && further.length === 0)) {
    yield* sorted.between(start + skipped, end);
    return;
  }
  if (skipped >= end - start) return;
  const listedIn = ({ listed }: Entry) => listed[first.attribute];
  // What has no value stands last, up and down.
  const valued = Math.min(
    end,
    Math.max(
      start,
      sorted.countWhile((entry) => listedIn(entry) !== undefined),
    ),
  );
  const isDown = first.isDown && skipped < valued - start;
  // Whole groups of one value are passed over by their places.
  const group = groupAt(sorted, isDown ? valued - 1 - skipped : start + skipped, listedIn);
  const [groupStart, groupEnd] = [Math.max(start, group[0]), Math.min(end, group[1])];
  const rest = isDown
    ? [downwards(sorted, [start, groupEnd], listedIn, further), upwards(sorted, [valued, end], listedIn, further)]
    : [upwards(sorted, [groupStart, end], listedIn, further)];
  let left = skipped - (isDown ? valued - groupEnd : groupStart - start);
  for (const entries of rest) {
    for (const entry of entries) {
      if (left > 0) left -= 1;
      else yield entry;
    }
  }
}

function groupAt<Each extends Entry>(sorted: SortedEntries<Each>, place: number, listedIn: ListedIn): Places {
  const entry = sorted.at(place);
  return placesOfValue(sorted, entry === undefined ? undefined : listedIn(entry), listedIn);
}

export function placesOfValue<Each extends Entry>(
  sorted: SortedEntries<Each>,
  value: ListedValue | undefined,
  listedIn: ListedIn,
): Places {
  return [
    sorted.countWhile((entry) => compareValues(listedIn(entry), value) < 0),
    sorted.countWhile((entry) => compareValues(listedIn(entry), value) <= 0),
  ];
}

function upwards<Each extends Entry>(
  sorted: SortedEntries<Each>,
  [start, end]: Places,
  listedIn: ListedIn,
  further: readonly ListOrder[],
): Iterable<Each> {
  const entries = sorted.between(start, end);
  return further.length === 0 ? entries : inGroups(entries, listedIn, further);
}

/** From the largest value to the smallest, and those of one value as they were captured. */
function* downwards<Each extends Entry>(
  sorted: SortedEntries<Each>,
  [start, end]: Places,
  listedIn: ListedIn,
  further: readonly ListOrder[],
): Generator<Each> {
  if (further.length > 0) {
    yield* inGroups(sorted.backwards(start, end), listedIn, further);
    return;
  }
  let place = end;
  while (place > start) {
    const last = sorted.at(place - 1);
    if (last === undefined) return;
    const group = placesOfValue(sorted, listedIn(last), listedIn);
    const first = Math.max(start, group[0]);
    yield* sorted.between(first, place);
    place = yield* alone(sorted, [start, first], listedIn);
  }
}

/** Values that one entry alone has, which most dates are: gone through without looking for their places. */
function* alone<Each extends Entry>(
  sorted: SortedEntries<Each>,
  [start, end]: Places,
  listedIn: ListedIn,
): Generator<Each, number> {
  let place = end;
  let before: Each | undefined;
  for (const entry of sorted.backwards(start, end)) {
    if (before !== undefined) {
      if (listedIn(before) === listedIn(entry)) return place;
      yield before;
      place -= 1;
    }
    before = entry;
  }
  return place;
}

/** @param entries those of one value beside each other. */
function* inGroups<Each extends Entry>(
  entries: Iterable<Each>,
  listedIn: ListedIn,
  further: readonly ListOrder[],
): Generator<Each> {
  let group: Each[] = [];
  const sorted = () => group.sort(comparing(further));
  for (const entry of entries) {
    const [first] = group;
    if (first !== undefined && listedIn(first) !== listedIn(entry)) {
      yield* sorted();
      group = [];
    }
    group.push(entry);
  }
  yield* sorted();
}

/** Never equal, unless they are the same. */
export function comparing(sort: readonly ListOrder[]): (one: Entry, other: Entry) => number {
  const [first, ...further] = sort;
  if (first === undefined) return (one, other) => one.sequence - other.sequence;
  const { attribute, isDown } = first;
  return (one, other) => {
    const value = one.listed[attribute];
    const another = other.listed[attribute];
    // Most are instants, and differ: nothing else is looked at then.
    if (typeof value === 'number' && typeof another === 'number' && value !== another)
      return isDown ? another - value : value - another;
    if (value === another && further.length === 0) return one.sequence - other.sequence;
    return compareListed(one.listed, other.listed, sort) || one.sequence - other.sequence;
  };
}

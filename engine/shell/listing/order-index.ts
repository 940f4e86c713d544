/**
 * Finds a page of orders by what lists ask of them, without looking at every order: for each attribute there is a list of all
 * orders sorted by it.
 */
import {
  compareValues,
  type ListCriterion,
  type Listed,
  type ListedValue,
  type ListOrder,
  meets,
} from '../../model/listing/listed.ts';
import { comparing, type Entry, inOrder, type Places, placesOfValue } from './in-order.ts';
import { merged } from './merged.ts';
import { SortedEntries } from './sorted-entries.ts';

export interface IndexQuery {
  readonly where: readonly ListCriterion[];
  readonly sort: readonly ListOrder[];
  readonly offset: number;
  readonly limit: number;
}

export interface IndexPage {
  readonly entries: readonly Entry[];
  readonly total: number;
}

/** As it is kept here: what is listed of an order changes. */
interface Kept extends Entry {
  listed: Listed;
}

/** What a criterion leaves, and where it is found. */
interface Found {
  readonly sorted: SortedEntries<Kept>;
  readonly criterion: ListCriterion;
  readonly places: readonly Places[];
  readonly count: number;
}

/**
 * Orders change much more often than anybody lists them. So many changes wait for that: putting them in their places takes
 * milliseconds, and of an order that has changed many times only the last counts.
 */
const mostWaiting = 1_000;

export class OrderIndex {
  /** By id, what is not yet in its place. */
  readonly #waiting = new Map<string, { readonly sequence: number; readonly listed: Listed }>();
  readonly #entries = new Map<string, Kept>();
  readonly #captured = new SortedEntries<Kept>((one, other) => one.sequence - other.sequence);
  readonly #byAttribute = new Map<string, SortedEntries<Kept>>();

  /** @param sequence larger for what is captured later; that of an order which is there does not change. */
  put(id: string, sequence: number, listed: Listed): void {
    this.#waiting.set(id, { sequence, listed });
    if (this.#waiting.size >= mostWaiting) this.#settle();
  }

  remove(id: string): void {
    this.#waiting.delete(id);
    const entry = this.#entries.get(id);
    if (entry === undefined) return;
    this.#entries.delete(id);
    this.#captured.remove(entry);
    for (const sorted of this.#byAttribute.values()) sorted.remove(entry);
  }

  page(query: IndexQuery): IndexPage {
    this.#settle();
    const { where, sort, offset, limit } = query;
    const [few, ...others] = where
      .map((criterion) => this.#found(criterion))
      .toSorted((one, other) => one.count - other.count);
    if (few === undefined) {
      const everything = { sorted: this.#sortedBy(sort), places: [0, this.#entries.size] } as const;
      return { entries: taken(inOrder(everything, sort, offset), limit), total: this.#entries.size };
    }
    if (others.length > 0) {
      const matching = entriesOf(few).filter(({ listed }) => where.every((criterion) => meets(listed, criterion)));
      return { entries: best(matching, query), total: matching.length };
    }
    return { entries: this.#pageOf(few, query), total: few.count };
  }

  /** One criterion: where the list that it is found in is in the right order, the page is cut out of it. */
  #pageOf({ sorted, criterion, places }: Found, { sort, offset, limit }: IndexQuery): readonly Entry[] {
    const [only] = places;
    const isSorted = sort.length === 0 ? 'oneOf' in criterion : sort[0]?.attribute === criterion.attribute;
    if (places.length === 1 && only !== undefined && isSorted)
      return taken(inOrder({ sorted, places: only }, sort, offset), limit);
    const compare = comparing(sort);
    const name = JSON.stringify(sort);
    const lists = places.flatMap(([start, end]) => sorted.inPieces(start, end, name, compare));
    return taken(merged(lists, compare), offset + limit).slice(offset);
  }

  #found(criterion: ListCriterion): Found {
    const { attribute } = criterion;
    const sorted = this.#sortedBy([{ attribute, isDown: false }]);
    const listedIn = (entry: Entry) => entry.listed[attribute];
    const places: readonly Places[] =
      'oneOf' in criterion
        ? [...new Set(criterion.oneOf)].map((value) => placesOfValue(sorted, value, listedIn))
        : [
            [
              sorted.countWhile((entry) => isBelow(listedIn(entry), criterion.from)),
              sorted.countWhile((entry) => isNotAbove(listedIn(entry), criterion.to)),
            ],
          ];
    const filled = places.filter(([start, end]) => end > start);
    return { sorted, criterion, places: filled, count: filled.reduce((sum, [start, end]) => sum + end - start, 0) };
  }

  #sortedBy([first]: readonly ListOrder[]): SortedEntries<Kept> {
    if (first === undefined) return this.#captured;
    const known = this.#byAttribute.get(first.attribute);
    if (known !== undefined) return known;
    const { attribute } = first;
    const sorted = new SortedEntries<Kept>(
      (one, other) => compareValues(one.listed[attribute], other.listed[attribute]) || one.sequence - other.sequence,
    );
    for (const entry of this.#entries.values()) sorted.add(entry);
    this.#byAttribute.set(attribute, sorted);
    return sorted;
  }

  #settle(): void {
    for (const [id, { sequence, listed }] of this.#waiting) {
      const known = this.#entries.get(id);
      if (known === undefined) this.#add({ id, sequence, listed });
      else this.#change(known, listed);
    }
    this.#waiting.clear();
  }

  #add(entry: Kept): void {
    for (const attribute of Object.keys(entry.listed)) this.#sortedBy([{ attribute, isDown: false }]);
    this.#entries.set(entry.id, entry);
    this.#captured.add(entry);
    for (const sorted of this.#byAttribute.values()) sorted.add(entry);
  }

  #change(entry: Kept, listed: Listed): void {
    for (const attribute of Object.keys(listed)) this.#sortedBy([{ attribute, isDown: false }]);
    const changed = [...this.#byAttribute].filter(([attribute]) => entry.listed[attribute] !== listed[attribute]);
    if (changed.length === 0) return;
    for (const sorted of [this.#captured, ...this.#byAttribute.values()]) sorted.touch(entry);
    for (const [, sorted] of changed) sorted.remove(entry);
    entry.listed = listed;
    for (const [, sorted] of changed) sorted.add(entry);
  }
}

type Limit = { readonly at: number; readonly isIncluded: boolean } | undefined;

function isBelow(value: ListedValue | undefined, from: Limit): boolean {
  if (from === undefined || typeof value !== 'number') return false;
  return from.isIncluded ? value < from.at : value <= from.at;
}

function isNotAbove(value: ListedValue | undefined, to: Limit): boolean {
  if (typeof value !== 'number') return false;
  return to === undefined || (to.isIncluded ? value <= to.at : value < to.at);
}

function entriesOf({ sorted, places }: Found): Entry[] {
  return places.flatMap(([start, end]) => [...sorted.between(start, end)]);
}

/** The page of what matches, in whatever order it comes. */
function best(matching: readonly Entry[], { sort, offset, limit }: IndexQuery): readonly Entry[] {
  const compare = comparing(sort);
  const wanted = offset + limit;
  if (wanted > longestBest) return matching.toSorted(compare).slice(offset, wanted);
  const first: Entry[] = [];
  for (const entry of matching) {
    const last = first.at(-1);
    if (first.length >= wanted && (last === undefined || compare(last, entry) <= 0)) continue;
    first.splice(placeOf(first, entry, compare), 0, entry);
    if (first.length > wanted) first.pop();
  }
  return first.slice(offset);
}

/** Of so many, those that come first are found by keeping them; of more, by sorting everything, which moves less. */
const longestBest = 1_000;

function placeOf(sorted: readonly Entry[], entry: Entry, compare: (one: Entry, other: Entry) => number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = sorted[middle];
    if (other !== undefined && compare(other, entry) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

function taken(entries: Iterable<Entry>, limit: number): readonly Entry[] {
  const some: Entry[] = [];
  if (limit <= 0) return some;
  for (const entry of entries) {
    some.push(entry);
    if (some.length >= limit) break;
  }
  return some;
}

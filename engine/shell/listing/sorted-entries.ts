/** A sorted list in pieces: what is put in or taken out moves the rest of one piece only, whatever the length of the list. */

/** Entries of a piece. With more, each change moves more; with fewer, there are more pieces to count through. */
const longestPiece = 1_024;

/** Other orders that a piece is remembered in. More take more memory, and there are as many as there are ways to sort. */
const mostRemembered = 4;

type Compare<Entry> = (one: Entry, other: Entry) => number;

interface Piece<Entry> {
  readonly entries: Entry[];
  /** By name, the same entries in another order, until one of them changes. */
  readonly otherwise: Map<string, readonly Entry[]>;
}

export class SortedEntries<Entry> {
  readonly #compare: Compare<Entry>;
  readonly #pieces: Piece<Entry>[] = [];
  #size = 0;

  /** @param compare no two entries are equal by it, unless they are the same. */
  constructor(compare: Compare<Entry>) {
    this.#compare = compare;
  }

  get size(): number {
    return this.#size;
  }

  add(entry: Entry): void {
    const before = (other: Entry) => this.#compare(other, entry) < 0;
    const index = Math.min(this.#pieceOf(before), Math.max(0, this.#pieces.length - 1));
    const piece = this.#pieces[index];
    this.#size += 1;
    if (piece === undefined) {
      this.#pieces.push(pieceOf([entry]));
      return;
    }
    const { entries, otherwise } = piece;
    otherwise.clear();
    entries.splice(placeIn(entries, before), 0, entry);
    if (entries.length > longestPiece) this.#pieces.splice(index + 1, 0, pieceOf(entries.splice(longestPiece / 2)));
  }

  /** The entry has to be as it was when it was put in, as far as it is compared. */
  remove(entry: Entry): void {
    const [{ entries, otherwise }, index, place] = this.#placeOf(entry);
    otherwise.clear();
    entries.splice(place, 1);
    if (entries.length === 0) this.#pieces.splice(index, 1);
    this.#size -= 1;
  }

  /** Something of it changes by which it is not compared here, and which may be compared in another order. */
  touch(entry: Entry): void {
    const [{ otherwise }] = this.#placeOf(entry);
    otherwise.clear();
  }

  /** @param isBefore true for some entries from the first on, and for none after them. */
  countWhile(isBefore: (entry: Entry) => boolean): number {
    const index = this.#pieceOf(isBefore);
    let count = 0;
    for (const { entries } of this.#pieces.slice(0, index)) count += entries.length;
    const piece = this.#pieces[index];
    return piece === undefined ? count : count + placeIn(piece.entries, isBefore);
  }

  /** Those from one place up to another, which is not among them. */
  *between(start: number, end: number): Generator<Entry> {
    let first = 0;
    for (const { entries } of this.#pieces) {
      const next = first + entries.length;
      for (let at = Math.max(start, first); at < Math.min(end, next); at += 1) {
        const entry = entries[at - first];
        if (entry !== undefined) yield entry;
      }
      first = next;
      if (first >= end) return;
    }
  }

  /** The same places from the last to the first. */
  *backwards(start: number, end: number): Generator<Entry> {
    let next = this.#size;
    for (let index = this.#pieces.length - 1; index >= 0 && next > start; index -= 1) {
      const piece = this.#pieces[index]?.entries ?? [];
      const first = next - piece.length;
      for (let at = Math.min(end, next) - 1; at >= Math.max(start, first); at -= 1) {
        const entry = piece[at - first];
        if (entry !== undefined) yield entry;
      }
      next = first;
    }
  }

  at(place: number): Entry | undefined {
    const [entry] = this.between(place, place + 1);
    return entry;
  }

  /**
   * The same places in another order, as lists that are sorted by it each.
   * @param name of that order.
   */
  inPieces(start: number, end: number, name: string, compare: Compare<Entry>): (readonly Entry[])[] {
    const lists: (readonly Entry[])[] = [];
    let first = 0;
    for (const piece of this.#pieces) {
      const { length } = piece.entries;
      const [from, to] = [Math.max(0, start - first), Math.min(length, end - first)];
      if (from < to) lists.push(this.#within(piece, from, to, otherwise(piece, name, compare)));
      first += length;
      if (first >= end) break;
    }
    return lists;
  }

  /** Of a piece in another order, those that are in these places in this one. */
  #within({ entries }: Piece<Entry>, from: number, to: number, inOther: readonly Entry[]): readonly Entry[] {
    const first = from === 0 ? undefined : entries[from];
    const end = entries[to];
    if (first === undefined && end === undefined) return inOther;
    return inOther.filter(
      (entry) =>
        (first === undefined || this.#compare(entry, first) >= 0) &&
        (end === undefined || this.#compare(entry, end) < 0),
    );
  }

  #placeOf(entry: Entry): readonly [piece: Piece<Entry>, index: number, place: number] {
    const before = (other: Entry) => this.#compare(other, entry) < 0;
    const index = this.#pieceOf(before);
    const piece = this.#pieces[index];
    const place = piece === undefined ? -1 : placeIn(piece.entries, before);
    if (piece?.entries[place] !== entry)
      throw new Error('an entry is looked for in a sorted list that does not have it');
    return [piece, index, place];
  }

  /** The first piece whose last entry is not before. */
  #pieceOf(isBefore: (entry: Entry) => boolean): number {
    let [low, high] = [0, this.#pieces.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const last = this.#pieces[middle]?.entries.at(-1);
      if (last !== undefined && isBefore(last)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function pieceOf<Entry>(entries: Entry[]): Piece<Entry> {
  return { entries, otherwise: new Map() };
}

/** Sorted when it is first asked for, and then kept. */
function otherwise<Entry>(piece: Piece<Entry>, name: string, compare: Compare<Entry>): readonly Entry[] {
  const known = piece.otherwise.get(name);
  if (known !== undefined) return known;
  const sorted = piece.entries.toSorted(compare);
  piece.otherwise.set(name, sorted);
  const [oldest = name] = piece.otherwise.keys();
  if (piece.otherwise.size > mostRemembered) piece.otherwise.delete(oldest);
  return sorted;
}

function placeIn<Entry>(piece: readonly Entry[], isBefore: (entry: Entry) => boolean): number {
  let [low, high] = [0, piece.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const entry = piece[middle];
    if (entry !== undefined && isBefore(entry)) low = middle + 1;
    else high = middle;
  }
  return low;
}

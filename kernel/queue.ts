/** The items that wait, ordered by due instant and then by sequence (K2): a binary heap with cancellation by id. */
import type { Instant, WorkItem } from './kernel.ts';

/** Cancelled entries stay in the heap until they reach the top; past this many times the live ones it is rebuilt. */
const deadWeight = 4;

interface Entry {
  readonly item: WorkItem;
  readonly due: Instant;
  readonly sequence: number;
  cancelled: boolean;
}

export class WorkQueue {
  #heap: Entry[] = [];
  readonly #waiting = new Map<string, Entry>();
  #sequence = 0;

  /** How many items wait. */
  get size(): number {
    return this.#waiting.size;
  }

  /** Adds an item. One of the same id that still waits is replaced and loses its place. */
  add(item: WorkItem): void {
    this.remove(item.id);
    this.#sequence += 1;
    const entry: Entry = { item, due: item.due, sequence: this.#sequence, cancelled: false };
    this.#waiting.set(item.id, entry);
    this.#heap.push(entry);
    this.#rise(this.#heap.length - 1);
  }

  remove(id: string): boolean {
    const entry = this.#waiting.get(id);
    if (entry === undefined) return false;
    entry.cancelled = true;
    this.#waiting.delete(id);
    if (this.#heap.length > 64 && this.#heap.length > deadWeight * this.#waiting.size) this.#rebuild();
    return true;
  }

  removeAllTo(to: string): void {
    for (const { item } of [...this.#waiting.values()]) if (item.to === to) this.remove(item.id);
  }

  /** The next item to run, left in place. */
  first(): WorkItem | undefined {
    for (;;) {
      const top = this.#heap[0];
      if (top === undefined || !top.cancelled) return top?.item;
      this.#dropTop();
    }
  }

  /** Takes the next item out. */
  take(): WorkItem | undefined {
    const item = this.first();
    if (item === undefined) return undefined;
    this.#dropTop();
    this.#waiting.delete(item.id);
    return item;
  }

  #rebuild(): void {
    const live = this.#heap.filter((entry) => !entry.cancelled);
    this.#heap = live.sort((a, b) => a.due - b.due || a.sequence - b.sequence); // a sorted array is a heap
  }

  #dropTop(): void {
    const last = this.#heap.pop();
    if (last === undefined || this.#heap.length === 0) return;
    this.#heap[0] = last;
    this.#sink();
  }

  #rise(from: number): void {
    let index = from;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!this.#swapIfEarlier(index, parent)) return;
      index = parent;
    }
  }

  #sink(): void {
    let index = 0;
    for (;;) {
      const left = 2 * index + 1;
      const right = left + 1;
      const child = this.#earlier(right, left) ? right : left;
      if (!this.#swapIfEarlier(child, index)) return;
      index = child;
    }
  }

  #earlier(one: number, other: number): boolean {
    const a = this.#heap[one];
    const b = this.#heap[other];
    if (a === undefined || b === undefined) return false;
    return a.due < b.due || (a.due === b.due && a.sequence < b.sequence);
  }

  #swapIfEarlier(child: number, parent: number): boolean {
    if (!this.#earlier(child, parent)) return false;
    const a = this.#heap[child];
    const b = this.#heap[parent];
    if (a === undefined || b === undefined) return false;
    this.#heap[child] = b;
    this.#heap[parent] = a;
    return true;
  }
}

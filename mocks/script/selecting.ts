/** Which orders a behaviour is for, and which items a step concerns. */

/** Of an item, what a script can ask about. */
export interface SomItem {
  readonly id: string;
  readonly action: string;
  readonly specification: string | undefined;
}

export interface ItemSelector {
  readonly id?: readonly string[];
  readonly specification?: readonly string[];
  readonly action?: readonly string[];
}

/** Absent conditions match everything. */
export interface When {
  readonly specification?: readonly string[];
  readonly action?: readonly string[];
  readonly attempt?: { readonly first: number; readonly last: number };
}

export type Cell = string | readonly string[];

export interface SelectorInFile {
  readonly id?: Cell;
  readonly specification?: Cell;
  readonly action?: Cell;
}

export interface WhenInFile {
  readonly specification?: Cell;
  readonly action?: Cell;
  readonly attempt?: number | readonly [number, number];
}

export function selectorOf({ id, specification, action }: SelectorInFile): ItemSelector {
  return {
    ...(id === undefined ? {} : { id: [id].flat() }),
    ...(specification === undefined ? {} : { specification: [specification].flat() }),
    ...(action === undefined ? {} : { action: [action].flat() }),
  };
}

export function whenOf({ attempt, ...when }: WhenInFile): When {
  const selector = selectorOf(when);
  if (attempt === undefined) return selector;
  const [first, last] = typeof attempt === 'number' ? [attempt, attempt] : attempt;
  return { ...selector, attempt: { first, last } };
}

export function matchesItem({ id, specification, action }: ItemSelector, item: SomItem): boolean {
  if (id !== undefined && !id.includes(item.id)) return false;
  if (action !== undefined && !action.includes(item.action)) return false;
  return specification === undefined || specification.includes(item.specification ?? '');
}

/** Every condition that the order does not meet; none when it matches. */
export function differences(when: When, items: readonly SomItem[], attempt: number): string[] {
  const missed = (['specification', 'action'] as const).flatMap((column) => {
    const wanted = when[column];
    if (wanted === undefined || items.some((item) => matchesItem({ [column]: wanted }, item))) return [];
    const got = items.map((item) => item[column] ?? 'none');
    return [`${column}: wanted ${wanted.join(' or ')}, got ${[...new Set(got)].join(', ')}`];
  });
  const { first, last } = when.attempt ?? { first: 1, last: Number.POSITIVE_INFINITY };
  const inTime = attempt >= first && attempt <= last;
  return inTime
    ? missed
    : [...missed, `attempt: wanted ${first === last ? first : `${first} to ${last}`}, got ${attempt}`];
}

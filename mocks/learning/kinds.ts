/** Lives -> kinds of orders that a script can tell apart, each with what it is known by. */
import type { WhenInFile } from '../script/selecting.ts';
import type { Life } from './lives.ts';

export interface Kind {
  /** What orders of it are made of; several where they cannot be told apart. */
  readonly makes: readonly Make[];
  /** The first and the last attempt that it is about; absent: every one. */
  readonly attempts?: readonly [number, number];
  readonly lives: readonly Life[];
}

export interface Make {
  readonly specifications: readonly string[];
  readonly actions: readonly string[];
}

export interface KnownKind extends Kind {
  readonly when: WhenInFile;
}

/** Later attempts go like the last that was seen. */
const lastAttempt = 1_000;

/**
 * In the order in which a script has to ask: the first that matches decides, and it matches when *some* item does. Kinds
 * that cannot be told apart by that become one.
 * @param waysOf how many different ways these lives went.
 */
export function knownKinds(lives: readonly Life[], waysOf: (lives: readonly Life[]) => number): KnownKind[] {
  let rest = kindsOf(lives, waysOf);
  const known: KnownKind[] = [];
  while (rest.length > 0) {
    const found = rest.flatMap((kind) => {
      const others = rest.filter((other) => other !== kind);
      const when = separating(kind, others);
      return when === undefined ? [] : [{ ...kind, when }];
    })[0];
    if (found === undefined) rest = withTwoMerged(rest, waysOf);
    else {
      known.push(found);
      rest = rest.filter(({ lives: own }) => own !== found.lives);
    }
  }
  return known;
}

function kindsOf(lives: readonly Life[], waysOf: (lives: readonly Life[]) => number): Kind[] {
  const groups = Map.groupBy(lives, ({ items }) =>
    JSON.stringify([distinct(items, 'specification'), distinct(items, 'action')]),
  );
  return [...groups.values()].flatMap((group) => {
    const items = group.flatMap((life) => life.items);
    const makes = [{ specifications: distinct(items, 'specification'), actions: distinct(items, 'action') }];
    const byAttempt = [...Map.groupBy(group, ({ attempt }) => attempt)];
    const most = Math.max(...byAttempt.map(([attempt]) => attempt));
    // One attempt is not like another only where they went differently.
    if (waysOf(group) <= Math.max(...byAttempt.map(([, own]) => waysOf(own)))) return [{ makes, lives: group }];
    return byAttempt.map(([attempt, own]) => {
      const attempts = [attempt, attempt === most ? lastAttempt : attempt] as const;
      return { makes, attempts, lives: own };
    });
  });
}

function distinct(items: Life['items'], column: 'specification' | 'action'): string[] {
  return [...new Set(items.flatMap((item) => item[column] ?? []))].toSorted();
}

/** Conditions that every order of the kind meets and no other does; as few as possible. */
function separating(kind: Kind, others: readonly Kind[]): WhenInFile | undefined {
  const { makes, attempts } = kind;
  const [{ specifications, actions } = { specifications: [], actions: [] }] = makes;
  const attempt = attempts === undefined ? {} : { attempt: attempts[0] === attempts[1] ? attempts[0] : attempts };
  const candidates: readonly WhenInFile[] = [
    ...specifications.map((specification) => ({ specification })),
    ...actions.map((action) => ({ action })),
    ...specifications.flatMap((specification) => actions.map((action) => ({ specification, action }))),
    ...(specifications.length + actions.length === 0 ? [{}] : []),
  ].map((when) => ({ ...when, ...attempt }));
  const own = candidates.filter(
    (when) => makes.every((make) => isMet(when, make)) && !others.some((other) => concerns(when, other)),
  );
  const [first] = own;
  if (first === undefined || Object.keys(first).includes('action')) return first;
  // Any of its specifications will do where each of them is its own.
  const each = own.flatMap((when) => (when.action === undefined ? (when.specification ?? []) : []));
  return each.length < 2 ? first : { ...first, specification: each };
}

function concerns(when: WhenInFile, { makes, attempts }: Kind): boolean {
  const [first, last] = [when.attempt ?? [1, lastAttempt]].flat();
  const [from, to] = attempts ?? [1, lastAttempt];
  const inTime = (first ?? 1) <= to && from <= (last ?? first ?? lastAttempt);
  return inTime && makes.some((make) => isMet(when, make));
}

function isMet({ specification, action }: WhenInFile, { specifications, actions }: Make): boolean {
  if (typeof specification === 'string' && !specifications.includes(specification)) return false;
  return typeof action !== 'string' || actions.includes(action);
}

/** The two that differ least in how they went, and then those that have most in common. */
function withTwoMerged(kinds: readonly Kind[], waysOf: (lives: readonly Life[]) => number): Kind[] {
  const pairs = kinds.flatMap((one, place) =>
    kinds.slice(place + 1).map((other) => {
      const lives = [...one.lives, ...other.lives];
      return { one, other, lives, more: waysOf(lives) - Math.max(waysOf(one.lives), waysOf(other.lives)) };
    }),
  );
  const [pair] = pairs.toSorted((a, b) => a.more - b.more || inCommon(b) - inCommon(a));
  if (pair === undefined) return [...kinds];
  const { one, other, lives } = pair;
  const merged: Kind = { makes: [...one.makes, ...other.makes], lives };
  return kinds.flatMap((kind) => (kind === one ? [merged] : kind === other ? [] : [kind]));
}

function inCommon({ one, other }: { readonly one: Kind; readonly other: Kind }): number {
  const words = ({ makes }: Kind) =>
    new Set(makes.flatMap(({ specifications, actions }) => [...specifications, ...actions]));
  return [...words(one)].filter((word) => words(other).has(word)).length;
}

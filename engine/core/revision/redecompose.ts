/** The domain orders of a revised order: those that stay, changed or not; those that are new; those that are not wanted. */
import { sameJson } from '../../model/json.ts';
import type { Characteristic, DomainOrder, OrderLine } from '../../model/order.ts';
import type { ChangeType } from '../../model/revision/revision.ts';
import { isTerminal } from '../../model/state-table.ts';
import { orderLineTable } from '../../model/state-tables.ts';
import type { DomainOrderKind } from '../../model/words.ts';
import { isUnwanted } from '../cancellation/standing.ts';
import type { Draft } from '../draft.ts';
import type { Unfinished } from '../unfinished.ts';
import { changesOfCharacteristics } from './changes.ts';
import { counterparts, decomposedAnew } from './decompose-anew.ts';

export interface Redecomposed {
  /** By domain order that stays, what has changed about it; one that is as it was is not in it. */
  readonly changed: ReadonlyMap<string, DomainOrderChange>;
  readonly added: readonly string[];
  /** Parents before children. */
  readonly unwanted: readonly string[];
}

export interface DomainOrderChange {
  readonly types: ReadonlySet<ChangeType>;
  /** Names of characteristics. */
  readonly characteristics: readonly string[];
}

/**
 * Held against what the lines came to before, not against what the domain orders say by now: what tasks and people have put
 * into these since stays.
 * @param before the lines as they were. @returns undefined when there would be too many.
 */
export function redecompose(draft: Draft, before: readonly OrderLine[]): Redecomposed | undefined {
  const wantedLines = draft.lines.all.filter(
    ({ state }) => state !== 'canceled' && state !== 'cancellation_in_progress',
  );
  const wanted = decomposedAnew(draft, wantedLines);
  const was = decomposedAnew(draft, before);
  if (wanted === undefined || was === undefined) return undefined;
  const everything = draft.domainOrders.all.filter((each) => each.state !== 'canceled' && !isUnwanted(each));
  // Work orders come of no specification: they stay, or go, with what they are for.
  const there = everything.filter(({ kind }) => kind !== 'work');
  const stays = counterparts(wanted, there);
  const isLeftOut = leftOut(draft, { wanted, was, there });
  const baseOf = new Map([...counterparts(there, was)].map(([id, base]) => [id, base]));
  const bases = new Map(was.map((each) => [each.id, each]));
  const changed = new Map<string, DomainOrderChange>();
  const added: string[] = [];
  /** Ids of what is wanted, as they are in the order. */
  const realIds = new Map(stays);
  for (const each of wanted) {
    const id = realIds.get(each.id);
    if (id === undefined) {
      if (!isLeftOut(each, realIds)) added.push(add(draft, each, realIds));
      continue;
    }
    if (isEnded(draft, each)) continue;
    const change = changeTo(draft, id, { wanted: each, base: bases.get(baseOf.get(id) ?? ''), realIds });
    if (change !== undefined) changed.set(id, change);
  }
  const staying = withStaggered(there, wanted, stays);
  const isKept = ({ id, kind, parent }: DomainOrder) => staying.has(kind === 'work' ? (parent ?? id) : id);
  const unwanted = everything.filter((each) => !isKept(each) && !isEnded(draft, each));
  return { changed, added, unwanted: unwanted.map(({ id }) => id) };
}

/**
 * What stays, and with it what came of values that were set on the way, where the revision leaves it to such values still.
 * @param there parents before children.
 */
function withStaggered(
  there: readonly DomainOrder[],
  wanted: readonly DomainOrder[],
  stays: ReadonlyMap<string, string>,
): ReadonlySet<string> {
  const staying = new Set(stays.values());
  const parkedAt = new Map(wanted.flatMap(({ id, parked = [] }) => [[stays.get(id) ?? '', parked]]));
  const late = new Set<string>();
  for (const { id, parent = '', specification, staggered } of there) {
    if (staying.has(id) || !staying.has(parent)) continue;
    const isParked = staggered === true && parkedAt.get(parent)?.some(({ target }) => target === specification);
    if (!isParked && !late.has(parent)) continue;
    late.add(id);
    staying.add(id);
  }
  return staying;
}

/**
 * What does not come back: what somebody has canceled by hand, since no revision took it away, and all below it; and what a
 * line that has ended would come to now.
 */
function leftOut(
  draft: Draft,
  { wanted, was, there }: { readonly [set in 'wanted' | 'was' | 'there']: readonly DomainOrder[] },
): (each: DomainOrder, realIds: ReadonlyMap<string, string>) => boolean {
  const canceled = draft.domainOrders.all.filter(({ state }) => state === 'canceled');
  const bases = counterparts(wanted, was);
  const known = counterparts(was, [...there, ...canceled]);
  const given = new Set(canceled.map(({ id }) => id));
  return (each, realIds) =>
    isEnded(draft, each) ||
    given.has(known.get(bases.get(each.id) ?? '') ?? '') ||
    (each.parent !== undefined && !realIds.has(each.parent));
}

/** Its line has ended, and stays as it is. */
function isEnded(draft: Draft, { line }: DomainOrder): boolean {
  return isTerminal(orderLineTable, draft.lines.get(line).state);
}

function add(draft: Draft, wanted: DomainOrder, realIds: Map<string, string>): string {
  const { parent, after, ...rest } = wanted;
  const id = draft.id();
  realIds.set(wanted.id, id);
  const above = parent === undefined ? undefined : realIds.get(parent);
  const domainOrder: DomainOrder = {
    ...rest,
    id,
    number: draft.number(seriesOf[wanted.kind as DomainOrderKind]), // decomposition makes no work orders
    ...(above === undefined ? {} : { parent: above }),
    after: after.flatMap((before) => realIds.get(before) ?? []),
  };
  draft.domainOrders.put(domainOrder);
  draft.born('domainOrder', id, domainOrder.number, domainOrder.state);
  return id;
}

const seriesOf = { product: 'PO', service: 'SO', resource: 'RO' } as const;

function changeTo(
  draft: Draft,
  id: string,
  {
    wanted,
    base,
    realIds,
  }: { wanted: DomainOrder; base: DomainOrder | undefined; realIds: ReadonlyMap<string, string> },
): DomainOrderChange | undefined {
  const current = draft.domainOrders.get(id);
  const from = base ?? current;
  const differences = changesOfCharacteristics(from.characteristics, wanted.characteristics);
  const isElsewhere = !sameJson({ ...from.place }, { ...wanted.place });
  const next: Unfinished<DomainOrder> = { ...current };
  if (differences.length > 0)
    next.characteristics = applied(current.characteristics, wanted.characteristics, differences);
  if (isElsewhere && wanted.place !== undefined) next.place = wanted.place;
  if (from.action !== wanted.action) next.action = wanted.action;
  next.composedOf = wanted.composedOf;
  const parked = current.parked?.filter((each) => wanted.parked?.some((other) => sameJson({ ...each }, { ...other })));
  if (parked === undefined || parked.length === 0) delete next.parked;
  else next.parked = parked;
  next.after = wanted.after.flatMap((before) => realIds.get(before) ?? []);
  draft.domainOrders.put(next);
  const types = new Set<ChangeType>();
  if (differences.length > 0) types.add('characteristic');
  if (isElsewhere) types.add('place');
  if (from.action !== wanted.action) types.add('product');
  return types.size === 0 ? undefined : { types, characteristics: differences.map(({ name }) => name) };
}

/** What differs is set, or taken away; what came in by the way stays. */
function applied(
  current: readonly Characteristic[],
  wanted: readonly Characteristic[],
  differences: readonly { readonly name: string }[],
): Characteristic[] {
  const given = new Map(wanted.map((each) => [each.name, each]));
  const names = new Set(differences.map(({ name }) => name));
  const kept = current.flatMap((each) => (names.has(each.name) ? (given.get(each.name) ?? []) : [each]));
  const known = new Set(kept.map(({ name }) => name));
  return [...kept, ...wanted.filter(({ name }) => names.has(name) && !known.has(name))];
}

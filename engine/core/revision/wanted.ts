/** What is wanted of an order after a revision: its lines as they were captured, and what the revision says of them. */
import type { Catalogue } from '../../model/catalogue.ts';
import type { CapturedLine } from '../../model/inputs.ts';
import type { JsonObject } from '../../model/json.ts';
import type { Characteristic, OrderLine } from '../../model/order.ts';
import { type Refusal, refusal } from '../../model/refusals.ts';
import type { ChangedLine, HeaderRevision, LineRevision } from '../../model/revision/inputs.ts';
import type { WantedOrder } from '../../model/revision/revision.ts';
import { isTerminal } from '../../model/state-table.ts';
import { orderLineTable } from '../../model/state-tables.ts';
import type { Draft } from '../draft.ts';

/** What is wanted so far: by the revision that waits to be decided about, or else by the order as it is. */
export function wantedSoFar(draft: Draft): WantedOrder {
  const pending = draft.header.revisions?.at(-1);
  if (pending?.state === 'pending' && pending.wanted !== undefined) return pending.wanted;
  return { lines: linesInForce(draft), header: {} };
}

/** The lines of the order as if they were captured now. What is out of it stands above nothing, and holds nobody back. */
export function linesInForce(draft: Draft): CapturedLine[] {
  const lines = revisableLines(draft);
  const externalIds = new Map(lines.map(({ id, externalId }) => [id, externalId]));
  return lines.map((line) => capturedAs(line, externalIds));
}

/** Canceled lines, and those that are going to be, are out of it. */
export function revisableLines(draft: Draft): OrderLine[] {
  return draft.lines.all.filter(({ state }) => state !== 'canceled' && state !== 'cancellation_in_progress');
}

function capturedAs(line: OrderLine, externalIds: ReadonlyMap<string, string>): CapturedLine {
  const {
    id: _id,
    number: _number,
    state: _state,
    previousState: _previous,
    revisionOperation: _operation,
    pointOfNoReturn: _point,
    softPointOfNoReturn: _softPoint,
    qualificationResult: _result,
    parent,
    after,
    ...captured
  } = line;
  const above = parent === undefined ? undefined : externalIds.get(parent);
  return {
    ...captured,
    ...(above === undefined ? {} : { parent: above }),
    after: after.flatMap((other) => externalIds.get(other) ?? []),
    pointer: '',
  };
}

export type Revised =
  | { readonly ok: true; readonly wanted: WantedOrder }
  | { readonly ok: false; readonly refusal: Refusal };

/** The revision, applied line by line. */
export function revised(
  draft: Draft,
  { lines: revisions, header }: { lines: readonly LineRevision[]; header: HeaderRevision },
): Revised {
  const before = wantedSoFar(draft);
  const wanted = new Map(before.lines.map((line) => [line.externalId, line]));
  for (const revision of revisions) {
    const refused = applied(draft, wanted, revision);
    if (refused !== undefined) return { ok: false, refusal: refused };
  }
  const kept = mergedKept(before.header.kept ?? draft.header.kept, header.kept);
  const merged = { ...before.header, ...header, ...(kept === undefined ? {} : { kept }) };
  return { ok: true, wanted: { lines: [...wanted.values()], header: merged } };
}

function applied(draft: Draft, wanted: Map<string, CapturedLine>, revision: LineRevision): Refusal | undefined {
  if (revision.kind === 'add') {
    const { externalId: item, pointer } = revision.line;
    const isKnown = wanted.has(item) || draft.lines.all.some(({ externalId }) => externalId === item);
    if (isKnown) return refusal('lineIdRepeated', { item }, `${pointer}/id`);
    wanted.set(item, revision.line);
    return undefined;
  }
  const { item, pointer } = revision;
  const line = wanted.get(item);
  const { number: order } = draft.header;
  if (line === undefined) {
    const known = [...wanted.keys()].join(', ') || 'none is left';
    return refusal('lineNotOrdered', { order, item, known }, `${pointer}/id`);
  }
  if (revision.kind === 'change') {
    const changed = withChange(line, revision, draft.facts.catalogue);
    wanted.set(item, changed);
    return unchangeable(draft, item, pointer);
  }
  for (const each of withThoseBelow(item, [...wanted.values()])) {
    const refused = unchangeable(draft, each, pointer);
    if (refused !== undefined) return refused;
    wanted.delete(each);
  }
  for (const other of wanted.values()) {
    if (other.after.some((each) => !wanted.has(each)))
      wanted.set(other.externalId, { ...other, after: other.after.filter((each) => wanted.has(each)) });
  }
  return undefined;
}

/** What has ended stays as it is; what is suspended or resumed can only be canceled. */
function unchangeable(draft: Draft, item: string, pointer: string): Refusal | undefined {
  const line = draft.lines.all.find(({ externalId }) => externalId === item);
  if (line === undefined) return undefined;
  const { number, state, action } = line;
  if (isTerminal(orderLineTable, state)) {
    return refusal('lineNotInThisState', { line: number, state, event: 'revise', possible: 'nothing' }, pointer);
  }
  if (action === 'suspend' || action === 'resume')
    return refusal('lineNotRevisable', { line: number, action }, pointer);
  return undefined;
}

function withThoseBelow(item: string, lines: readonly CapturedLine[]): string[] {
  const found = [item];
  // Grows while it is gone through: those below come once more.
  for (const above of found)
    found.push(...lines.filter(({ parent }) => parent === above).map(({ externalId }) => externalId));
  return found;
}

function withChange(line: CapturedLine, change: ChangedLine, catalogue: Catalogue): CapturedLine {
  const { kind: _kind, item: _item, characteristics = [], kept, offering, specification, ...said } = change;
  // Another offering, or another specification, takes the place of both; who names it as it is wants nothing else.
  const { offering: _offering, specification: _specification, ...rest } = line;
  const known = line.specification ?? catalogue.offerings[line.offering ?? '']?.specification;
  const isOther =
    (offering !== undefined && offering !== line.offering) || (specification !== undefined && specification !== known);
  const meant = specification ?? catalogue.offerings[offering ?? '']?.specification;
  const product = {
    ...(offering === undefined ? {} : { offering }),
    ...(meant === undefined ? {} : { specification: meant }),
  };
  return {
    ...(isOther ? { ...rest, ...product } : line),
    ...said,
    characteristics: merged(line.characteristics, characteristics),
    kept: mergedKept(line.kept, kept) ?? line.kept,
  };
}

/** By name: set, added, or taken away by a null. */
function merged(known: readonly Characteristic[], said: readonly Characteristic[]): Characteristic[] {
  const given = new Map(said.map((each) => [each.name, each]));
  const names = new Set(known.map(({ name }) => name));
  const all = [
    ...known.map((each) => ({ ...each, ...given.get(each.name) })),
    ...said.filter(({ name }) => !names.has(name)),
  ];
  return all.filter(({ value }) => value !== null);
}

function mergedKept(known: JsonObject, said: JsonObject | undefined): JsonObject | undefined {
  if (said === undefined) return undefined;
  return Object.fromEntries(Object.entries({ ...known, ...said }).filter(([, value]) => value !== null));
}

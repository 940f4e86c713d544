/** Order lines + catalogue -> domain orders: what has to be done, as a tree, before anything is done. */
import type { Catalogue, Relationship, Specification } from '../model/catalogue.ts';
import type { Json } from '../model/json.ts';
import type { Characteristic, DomainOrder, OrderLine } from '../model/order.ts';
import type { Draft } from './draft.ts';
import type { Unfinished } from './unfinished.ts';

const seriesOf = { product: 'PO', service: 'SO', resource: 'RO' } as const;

/** What the decomposition of one order carries along. */
interface Decomposition {
  readonly draft: Draft;
  readonly childLines: ReadonlyMap<string, readonly OrderLine[]>;
  /** Lines that became part of what their parent line was expanded to. */
  readonly placed: Set<string>;
  /** By line: the domain orders it became at its top. */
  readonly rootsOf: Map<string, string[]>;
}

/**
 * The most domain orders of one order. Larger lets one request take the memory of thousands; smaller refuses the largest
 * multi-site orders seen, of some hundred sites with some ten domain orders each.
 */
export const mostDomainOrders = 10_000;

/**
 * Adds the domain orders of every line, parents before children. Lines that change nothing get none.
 * @returns false when there would be more than `mostDomainOrders`; then the draft is of no use.
 */
export function decompose(draft: Draft): boolean {
  const childLines = Map.groupBy(draft.lines.all, (line) => line.parent ?? '');
  const decomposition = { draft, childLines, placed: new Set<string>(), rootsOf: new Map<string, string[]>() };
  for (const line of childLines.get('') ?? []) decomposeLine(decomposition, line);
  for (const line of draft.lines.all) waitForOtherLines(decomposition, line);
  return !isFull(draft);
}

function isFull(draft: Draft): boolean {
  return draft.domainOrders.all.length > mostDomainOrders;
}

/** What must be done before a line starts, must be done before what the line became starts. */
function waitForOtherLines({ draft, rootsOf }: Decomposition, line: OrderLine): void {
  const before = line.after.flatMap((other) => rootsOf.get(other) ?? []);
  if (before.length === 0) return;
  for (const id of rootsOf.get(line.id) ?? []) {
    const root = draft.domainOrders.get(id);
    draft.domainOrders.put({ ...root, after: [...root.after, ...before] });
  }
}

function decomposeLine(decomposition: Decomposition, line: OrderLine): void {
  const { draft, childLines, placed } = decomposition;
  if (line.action !== 'no-change') {
    const specification = specificationOf(draft.facts.catalogue, line.specification);
    const units = line.action === 'add' ? line.quantity : 1;
    for (let unit = 0; unit < units && !isFull(draft); unit += 1) {
      const root = addDomainOrder(decomposition, specification, { line, given: line.characteristics, after: [] });
      expand(decomposition, root, line);
    }
  }
  for (const child of childLines.get(line.id) ?? []) {
    if (!placed.has(child.id)) decomposeLine(decomposition, child);
  }
}

/** Expands a domain order anew after its specification has changed: what was below it is gone. */
export function expandAgain(draft: Draft, id: string): void {
  const gone = new Set([id]);
  for (const { id: below, parent } of draft.domainOrders.all) {
    if (parent === undefined || !gone.has(parent)) continue;
    gone.add(below);
    draft.domainOrders.remove(below);
  }
  const source = { ...draft.domainOrders.get(id), composedOf: [] };
  draft.domainOrders.put(source);
  const childLines = Map.groupBy(draft.lines.all, (line) => line.parent ?? '');
  const decomposition = { draft, childLines, placed: new Set<string>(), rootsOf: new Map<string, string[]>() };
  expand(decomposition, source, draft.lines.get(source.line));
}

/** What exists is found in the inventory, not in the catalogue: only what is added is expanded here. */
function expand(decomposition: Decomposition, source: DomainOrder, line: OrderLine): void {
  if (source.action !== 'add') return;
  const { draft, placed } = decomposition;
  const born = new Map<string, string[]>();
  for (const relationship of specificationOf(draft.facts.catalogue, source.specification).relationships) {
    const target = specificationOf(draft.facts.catalogue, relationship.target);
    // Whether a service can be had is asked of services; the inventory system knows the resources behind them.
    if (target.kind === 'resource' && draft.header.fulfillmentType === 'Qualify') continue;
    if (relationship.type === 'Composed of') {
      const current = draft.domainOrders.get(source.id);
      draft.domainOrders.put({ ...current, composedOf: [...current.composedOf, target.id] });
      continue;
    }
    const after = relationship.after.flatMap((sibling) => born.get(sibling) ?? []);
    const ids: string[] = [];
    for (const part of partsOf(decomposition, relationship, source, line)) {
      if (isFull(draft)) return;
      placed.add(part.id);
      const given = [
        ...(part === line ? [] : part.characteristics),
        ...source.characteristics,
        ...line.characteristics,
      ];
      const child = addDomainOrder(decomposition, target, { line: part, given, after, parent: source });
      ids.push(child.id);
      expand(decomposition, child, part);
    }
    born.set(target.id, [...(born.get(target.id) ?? []), ...ids]);
  }
}

/** One line for each unit of the target: the requester's own lines for it, or else the source's line, as often as wanted. */
function partsOf(
  { childLines }: Decomposition,
  relationship: Relationship,
  source: DomainOrder,
  line: OrderLine,
): OrderLine[] {
  const own = (childLines.get(line.id) ?? []).filter(({ specification }) => specification === relationship.target);
  if (own.length > 0) {
    return own.filter(({ action }) => action !== 'no-change').flatMap((part) => Array(part.quantity).fill(part));
  }
  return isWanted(relationship, source) ? Array(quantityOf(relationship, source)).fill(line) : [];
}

/** Rules exclude. Without rules, an optional part is wanted only where it has a line of its own. */
function isWanted(relationship: Relationship, source: DomainOrder): boolean {
  const satisfied = relationship.rules.every(({ characteristic, value }) => {
    const given = source.characteristics.find(({ name }) => name === characteristic);
    return given !== undefined && (value === undefined || sameJson(given.value, value));
  });
  return satisfied && (relationship.mandatory || relationship.rules.length > 0);
}

function quantityOf({ quantity }: Relationship, source: DomainOrder): number {
  const given = source.characteristics.find(({ name }) => name === quantity.characteristic)?.value;
  const wanted = given === undefined ? quantity.default : Number(given);
  if (!Number.isInteger(wanted)) return quantity.default;
  return Math.min(Math.max(wanted, quantity.minimum), quantity.maximum);
}

function addDomainOrder(
  { draft, rootsOf }: Decomposition,
  specification: Specification,
  origin: {
    readonly line: OrderLine;
    readonly given: readonly Characteristic[];
    readonly after: readonly string[];
    readonly parent?: DomainOrder;
  },
): DomainOrder {
  const { line, given, after, parent } = origin;
  const domainOrder: Unfinished<DomainOrder> = {
    id: draft.id(),
    number: draft.number(seriesOf[specification.kind]),
    kind: specification.kind,
    line: line.id,
    specification: specification.id,
    action: line.action,
    state: 'draft',
    after,
    characteristics: characteristicsOf(specification, given),
    composedOf: [],
  };
  if (parent !== undefined) domainOrder.parent = parent.id;
  else if (line.inventory !== undefined) domainOrder.inventory = line.inventory;
  if (line.place !== undefined) domainOrder.place = line.place;
  draft.domainOrders.put(domainOrder);
  draft.born('domainOrder', domainOrder.id, domainOrder.number, domainOrder.state);
  if (line.id !== parent?.line) rootsOf.set(line.id, [...(rootsOf.get(line.id) ?? []), domainOrder.id]);
  return domainOrder;
}

/** A domain order carries what its specification declares: as given, or else by default. */
export function characteristicsOf(specification: Specification, given: readonly Characteristic[]): Characteristic[] {
  return specification.characteristics.flatMap(({ name, valueType, default: fallback }) => {
    const value = given.find((characteristic) => characteristic.name === name)?.value ?? fallback;
    return value === undefined ? [] : [{ name, valueType, value }];
  });
}

/** The specification of that id. Lines and relationships were checked before, so none missing is expected. */
export function specificationOf(catalogue: Catalogue, id: string): Specification {
  const specification = catalogue.specifications[id];
  if (specification === undefined) throw new Error(`catalogue ${catalogue.name} has no specification ${id}`);
  return specification;
}

function sameJson(one: Json, other: Json): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}

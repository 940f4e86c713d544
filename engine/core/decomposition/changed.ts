/**
 * What becomes of an item that is changed, and of all below it, before any of it is a domain order: the rules are applied
 * to what it is going to be, and held against what is there.
 */
import type { Relationship, Specification } from '../../model/catalogue.ts';
import type { InventoryItem } from '../../model/inventory/item.ts';
import { sameJson } from '../../model/json.ts';
import type { Characteristic, OrderLine } from '../../model/order.ts';
import { isMove } from '../inventory/move.ts';
import { type Decomposition, itemOf } from './decomposition.ts';
import { specificationOf } from './domain-order.ts';
import { isAllowed, isWanted, ownLines, quantityOf, quantitySaid } from './relationships.ts';

/** It stays. `isDifferent`: it is not what it was. */
export interface Kept {
  readonly kind: 'kept';
  readonly item: InventoryItem;
  readonly line: OrderLine;
  readonly isDifferent: boolean;
  readonly characteristics: readonly Characteristic[];
  readonly composedOf: readonly string[];
  readonly parts: readonly Part[];
}

/** It is disconnected, or what its own line says. */
export interface Walked {
  readonly kind: 'walked';
  readonly item: InventoryItem;
  readonly line: OrderLine;
  readonly action: 'delete' | 'suspend' | 'resume';
}

/** It is not there, and is to be. */
export interface Missing {
  readonly kind: 'missing';
  readonly target: string;
  /** Its own line, or else `source`. */
  readonly part: OrderLine;
  /** The line of what it stands under, as if that said all that is known of it. */
  readonly source: OrderLine;
}

export interface Part {
  readonly what: Kept | Walked | Missing;
  readonly specification: string;
  /** Sibling specifications that come before it. */
  readonly after: readonly string[];
}

/** What those above have to say about an item: what was said, and what has changed in what stands above. */
interface FromAbove {
  readonly said: readonly Characteristic[];
  readonly changed: readonly Characteristic[];
  /** What is known of those above, as it is going to be, nearest first. */
  readonly known: readonly Characteristic[];
  /** Lines for something new that have found their place: each has one. */
  readonly used: Set<string>;
}

export function changedItem(
  decomposition: Decomposition,
  item: InventoryItem,
  line: OrderLine,
  above: FromAbove = { said: [], changed: [], known: [], used: new Set() },
): Kept {
  const specification = specificationOf(decomposition.draft.facts.catalogue, item.specification);
  const isNamed = line.inventory === item.id;
  const said = isNamed ? [...line.characteristics, ...above.said] : above.said;
  const characteristics = valuesOf(specification, item, [...said, ...above.changed]);
  const changed = characteristics.filter((each) => !isKnown(each, item.characteristics));
  const known = [...characteristics, ...above.known];
  const parts = new PartsOfItem(decomposition, {
    item,
    line,
    characteristics,
    below: { said, changed, known, used: above.used },
  });
  return {
    kind: 'kept',
    item,
    line,
    isDifferent: changed.length > 0 || characteristics.length < item.characteristics.length,
    characteristics,
    composedOf: specification.relationships.flatMap(({ type, target }) => (type === 'Composed of' ? [target] : [])),
    parts: specification.relationships.flatMap((each) => (each.type === 'Composed of' ? [] : parts.of(each))),
  };
}

/** Something is to be done about it, or about what is below it. */
export function isConcerned(what: Kept | Walked | Missing): boolean {
  return (
    what.kind !== 'kept' || what.isDifferent || isOwnChange(what) || what.parts.some((part) => isConcerned(part.what))
  );
}

/** Its own line says so, whether or not it says anything new. */
export function isOwnChange({ item, line }: Kept): boolean {
  return line.inventory === item.id && line.action === 'change';
}

/** Given over known. Null takes a characteristic away; what the item never had is added if its specification declares it. */
function valuesOf(
  { characteristics: declared }: Specification,
  { characteristics: known }: InventoryItem,
  given: readonly Characteristic[],
): Characteristic[] {
  const values = known.map((each) => {
    const value = given.find(({ name }) => name === each.name)?.value;
    return value === undefined || sameJson(value, each.value) ? each : { ...each, value };
  });
  for (const { name, valueType } of declared) {
    const value = given.find((each) => each.name === name)?.value;
    if (value !== undefined && !known.some((each) => each.name === name)) values.push({ name, valueType, value });
  }
  return values.filter(({ value }) => value !== null);
}

function isKnown({ name, value }: Characteristic, known: readonly Characteristic[]): boolean {
  return known.some((each) => each.name === name && sameJson(each.value, value));
}

interface Above {
  readonly item: InventoryItem;
  readonly line: OrderLine;
  /** As they are going to be. */
  readonly characteristics: readonly Characteristic[];
  readonly below: FromAbove;
}

/** The parts of one item, relationship by relationship; what one has taken, no other takes. */
class PartsOfItem {
  readonly #decomposition: Decomposition;
  readonly #above: Above;
  readonly #seen = new Set<string>();

  constructor(decomposition: Decomposition, above: Above) {
    this.#decomposition = decomposition;
    this.#above = above;
  }

  of(relationship: Relationship): Part[] {
    const { target: specification, after } = relationship;
    const { line, characteristics, below } = this.#above;
    const source = { ...line, characteristics: [...line.characteristics, ...below.known] };
    const there = this.#thereOf(specification);
    const named = there.filter(({ id }) => this.#decomposition.lineOf.has(id));
    const others = there.filter((item) => !named.includes(item));
    const own = ownLines(this.#decomposition, relationship, line).filter(
      ({ id, action }) => action === 'add' && !below.used.has(id),
    );
    for (const { id } of own) below.used.add(id);
    const isSaid = named.length > 0 || own.length > 0;
    const wanted = isSaid ? others.length : wantedOf(relationship, characteristics, others.length);
    const kept = isAllowed(relationship, characteristics) ? Math.min(wanted, others.length) : 0;
    const missing = own.flatMap((part): OrderLine[] => Array(part.quantity).fill(part));
    if (!isSaid) missing.push(...Array(Math.max(0, wanted - others.length)).fill(source));
    const all = [
      ...named.flatMap((item) => this.#named(item)),
      ...others.slice(0, kept).map((item) => this.#kept(item, line)),
      ...others.slice(kept).map((item): Walked => ({ kind: 'walked', item, line, action: 'delete' })),
      ...missing.map((part): Missing => ({ kind: 'missing', target: specification, part, source })),
    ];
    return all.map((what) => ({ what, specification, after }));
  }

  #thereOf(specification: string): InventoryItem[] {
    const below = this.#decomposition.itemsBelow.get(this.#above.item.id) ?? [];
    const there = below.filter((item) => item.specification === specification && !this.#seen.has(item.id));
    for (const { id } of there) this.#seen.add(id);
    return there;
  }

  /** What a line of its own says of it; nothing where that was seen to already, or moves it elsewhere by itself. */
  #named(item: InventoryItem): (Kept | Walked)[] {
    const { lineOf, placed, draft } = this.#decomposition;
    const line = lineOf.get(item.id);
    const isMoving = isMove(this.#above.line, itemOf(draft, this.#above.line));
    if (line === undefined || placed.has(line.id) || (isMove(line, item) && !isMoving)) return [];
    const { action } = line;
    if (action === 'delete' || action === 'suspend' || action === 'resume') {
      return [{ kind: 'walked', item, line, action }];
    }
    return [this.#kept(item, line)];
  }

  #kept(item: InventoryItem, line: OrderLine): Kept {
    return changedItem(this.#decomposition, item, line, this.#above.below);
  }
}

/** As many as a characteristic says; as many as there are, where none does; otherwise what the rules ask for. */
function wantedOf(relationship: Relationship, characteristics: readonly Characteristic[], there: number): number {
  if (!isAllowed(relationship, characteristics)) return 0;
  const said = quantitySaid(relationship, characteristics);
  if (there > 0) return said ?? there;
  return isWanted(relationship, characteristics) ? quantityOf(relationship, characteristics) : 0;
}

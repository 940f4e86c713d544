/** Which services can be had, of those that a check asks for: computed from the stock, all items of a check together. */
import { freeIn, keyOf, type Place, type Pool } from '../stock/pool.ts';

/** Of an item, what decides. */
export interface Asked {
  readonly id: string;
  readonly site: string | undefined;
  readonly specification: string | undefined;
  /** The service it is about, by the id that this inventory may know it by. */
  readonly service: string | undefined;
  readonly asksToReserve: boolean;
}

export interface Wanted {
  readonly alternatives: boolean;
  readonly reasons: boolean;
}

/** What is there. */
export interface Facts {
  knowsSite(site: string): boolean;
  specification(id: string): { readonly limited: boolean; readonly alternatives: readonly string[] } | undefined;
  poolAt(place: Place): Pool;
  /** What capacity is still to come, the earliest first; instants in epoch milliseconds. */
  comingAt(place: Place): readonly { readonly at: number; readonly quantity: number }[];
  /** Where a service holds capacity; `undefined` when it does not, or is not known. */
  heldBy(service: string): Place | undefined;
}

export type Result = 'qualified' | 'unqualified' | 'alternate';

export interface Reason {
  readonly code?: string;
  readonly label: string;
}

export interface Proposal {
  readonly specification: string;
  /** Epoch milliseconds; absent: at once. */
  readonly at?: number;
  /** Absent: those that were asked for. */
  readonly characteristics?: { readonly [name: string]: unknown };
}

export interface Qualified {
  readonly id: string;
  readonly result: Result;
  readonly reasons: readonly Reason[];
  readonly proposals: readonly Proposal[];
  /** The unit that a reservation has to hold. Absent: none, since the service that is asked about holds it already. */
  readonly place?: Place;
}

/** In the order of the items. What is asked for counts before what is only proposed, so that nothing is offered twice. */
export function qualify(items: readonly Asked[], facts: Facts, wanted: Wanted): Qualified[] {
  const counted = new Count(facts);
  const found = items.map((item) => asAsked(item, facts, counted));
  const answers = found.map((each): Qualified => {
    if (each.kind === 'answer') return each.answer;
    const { id, place } = each;
    const proposals = wanted.alternatives ? proposalsFor(place, facts, counted) : [];
    const label = `No free capacity for ${place.specification} at ${place.site}`;
    const reasons = [{ code: 'CAPACITY', label }];
    return { id, result: proposals.length > 0 ? 'alternate' : 'unqualified', reasons, proposals };
  });
  return wanted.reasons ? answers : answers.map((answer) => ({ ...answer, reasons: [] }));
}

/** Qualified when all are; unqualified when one is; alternate otherwise (TMF645 v4, qualificationResult). */
export function rolledUp(results: readonly Result[]): Result {
  if (results.includes('unqualified')) return 'unqualified';
  return results.includes('alternate') ? 'alternate' : 'qualified';
}

type Found =
  | { readonly kind: 'answer'; readonly answer: Qualified }
  | { readonly kind: 'short'; readonly id: string; readonly place: Place };

function asAsked({ id, site, specification, service }: Asked, facts: Facts, counted: Count): Found {
  const own = service === undefined ? undefined : facts.heldBy(service);
  if (site === undefined || !facts.knowsSite(site)) {
    return answered(
      refused(id, [
        { code: 'SITE_UNKNOWN', label: site === undefined ? 'No site is named' : `Site ${site} is not known` },
      ]),
    );
  }
  const known = specification === undefined ? undefined : facts.specification(specification);
  if (specification === undefined || known === undefined) {
    const label =
      specification === undefined ? 'No specification is named' : `Specification ${specification} is not known`;
    return answered(refused(id, [{ code: 'SPECIFICATION_UNKNOWN', label }]));
  }
  const place = { site, specification };
  const qualified = { id, result: 'qualified', reasons: [], proposals: [] } as const;
  if (service !== undefined && own !== undefined && keyOf(own) === keyOf(place) && counted.takeOver(service)) {
    return answered(qualified);
  }
  if (known.limited && !counted.take(place)) return { kind: 'short', id, place };
  return answered({ ...qualified, place });
}

function answered(answer: Qualified): Found {
  return { kind: 'answer', answer };
}

function refused(id: string, reasons: readonly Reason[]): Qualified {
  return { id, result: 'unqualified', reasons, proposals: [] };
}

/** Another specification that there is now, and the one asked for at a later date. */
function proposalsFor(place: Place, facts: Facts, counted: Count): Proposal[] {
  const { site } = place;
  const other = facts.specification(place.specification)?.alternatives.find((specification) => {
    const known = facts.specification(specification);
    return known !== undefined && (!known.limited || counted.take({ site, specification }));
  });
  const at = counted.takeComing(place);
  return [
    ...(other === undefined ? [] : [{ specification: other }]),
    ...(at === undefined ? [] : [{ specification: place.specification, at }]),
  ];
}

/** What the items of one check have taken, in thought. */
class Count {
  readonly #facts: Facts;
  readonly #taken = new Map<string, number>();
  readonly #coming = new Map<string, number>();
  readonly #services = new Set<string>();

  constructor(facts: Facts) {
    this.#facts = facts;
  }

  take(place: Place): boolean {
    const key = keyOf(place);
    const taken = this.#taken.get(key) ?? 0;
    if (freeIn(this.#facts.poolAt(place)) <= taken) return false;
    this.#taken.set(key, taken + 1);
    return true;
  }

  /** The unit that a service holds already counts for one item. */
  takeOver(service: string): boolean {
    if (this.#services.has(service)) return false;
    this.#services.add(service);
    return true;
  }

  /** When the next unit comes that no other item counts on. */
  takeComing(place: Place): number | undefined {
    const key = keyOf(place);
    const taken = this.#coming.get(key) ?? 0;
    let sum = 0;
    for (const { at, quantity } of this.#facts.comingAt(place)) {
      sum += quantity;
      if (sum > taken) {
        this.#coming.set(key, taken + 1);
        return at;
      }
    }
    return undefined;
  }
}

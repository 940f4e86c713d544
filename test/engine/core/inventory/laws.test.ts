/** Whatever orders come about one product: in the end nothing waits for anybody, and the inventory is what a customer would draw. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CapturedLine } from '../../../../engine/model/inputs.ts';
import type { House } from '../../../support/house.ts';
import { expectLawful } from '../../../support/lawful.ts';
import { lineOf, policiesOf } from '../../../support/orders.ts';
import '../../../support/property-seed.ts';
import { elsewhere, houseWithFibre, lineAbout, place, said } from '../../../support/shop.ts';

const day = 86_400_000;

type Wish =
  | { readonly kind: 'change'; readonly values: { readonly [name: string]: string | number } }
  | { readonly kind: 'operate'; readonly action: 'suspend' | 'resume'; readonly what: string; readonly inDays: number }
  | { readonly kind: 'delete'; readonly what: string }
  | { readonly kind: 'addPhone' }
  | { readonly kind: 'move'; readonly there: boolean }
  | { readonly kind: 'wait'; readonly days: number };

const values = fc.oneof(
  fc.record({ speed: fc.constantFrom('slow', 'fast') }),
  fc.record({ backup: fc.constantFrom('yes', 'no') }),
  fc.record({ boxes: fc.integer({ min: 1, max: 3 }) }),
);

const wish: fc.Arbitrary<Wish> = fc.oneof(
  { arbitrary: fc.record({ kind: fc.constant('change' as const), values }), weight: 4 },
  {
    arbitrary: fc.record({
      kind: fc.constant('operate' as const),
      action: fc.constantFrom('suspend' as const, 'resume' as const),
      what: fc.constantFrom('fibre', 'phone', 'access', 'voice'),
      inDays: fc.constantFrom(0, 0, 1, 3),
    }),
    weight: 5,
  },
  {
    arbitrary: fc.record({ kind: fc.constant('delete' as const), what: fc.constantFrom('phone', 'phone', 'fibre') }),
    weight: 1,
  },
  { arbitrary: fc.constant({ kind: 'addPhone' as const }), weight: 1 },
  { arbitrary: fc.record({ kind: fc.constant('move' as const), there: fc.boolean() }), weight: 1 },
  { arbitrary: fc.record({ kind: fc.constant('wait' as const), days: fc.integer({ min: 1, max: 4 }) }), weight: 2 },
);

const services = ['access', 'line', 'voice', 'box', 'backup-link'];

/** The lines of a wish, and the API they come through; nothing when there is nothing that it could be about. */
function linesOf(house: House, about: Wish): { lines: CapturedLine[]; category: 'Product' | 'Service' } | undefined {
  const isThere = (specification: string) =>
    house.items.some((each) => each.specification === specification && each.status !== 'inactive');
  if (about.kind === 'wait' || !isThere('fibre')) return undefined;
  const product = (...lines: CapturedLine[]) => ({ lines, category: 'Product' as const });
  switch (about.kind) {
    case 'change':
      return product(lineAbout(house, 'fibre', { characteristics: said(about.values) }));
    case 'move':
      return product(lineAbout(house, 'fibre', { place: about.there ? elsewhere : place }));
    case 'addPhone':
      return product(
        lineAbout(house, 'fibre', { action: 'no-change' }),
        lineOf({ externalId: 'phone', offering: 'phone', parent: 'fibre' }),
      );
    case 'delete':
      return isThere(about.what) ? product(lineAbout(house, about.what, { action: 'delete' })) : undefined;
    case 'operate': {
      if (!isThere(about.what)) return undefined;
      const due = about.inDays === 0 ? {} : { committedDueAt: house.at + about.inDays * day };
      const line = lineAbout(house, about.what, { action: about.action, ...due });
      return { lines: [line], category: services.includes(about.what) ? 'Service' : 'Product' };
    }
  }
}

describe('orders one after another', () => {
  it('leave in the inventory what the customer would say is there', () => {
    fc.assert(
      fc.property(fc.array(wish, { minLength: 1, maxLength: 12 }), (wishes) => {
        const house = houseWithFibre({ speed: 'slow' });
        const drawing = new Drawing(house.at);
        for (const each of wishes) {
          if (each.kind === 'wait') {
            house.pass(each.days * day);
            drawing.passTo(house.at);
            continue;
          }
          const order = linesOf(house, each);
          if (order === undefined) continue;
          const { orderId, outcome } = house.captured(order.lines, { category: order.category });
          const isTaken = outcome.ok && house.approvalRefused(orderId) === '';
          expect([each, isTaken]).toEqual([each, drawing.take(each, house.at)]);
          house.pass(60_000);
          drawing.passTo(house.at);
          expect([each, drawn(house)]).toEqual([each, drawing.drawn]);
        }
        house.pass(30 * day);
        drawing.passTo(house.at);
        expect(drawn(house)).toEqual(drawing.drawn);
        expectLawful(house.evidence);
      }),
      { numRuns: 150 },
    );
  });
});

/** Such as `line active here slow`, sorted; of what is over, nothing. */
function drawn(house: House): string[] {
  const there = house.items.filter(({ status }) => status !== 'inactive');
  return there
    .map(({ specification, status, place: where, characteristics }) => {
      const speed = characteristics.find(({ name }) => name === 'speed')?.value;
      return `${specification} ${status} ${where?.id} ${specification === 'line' ? String(speed) : ''}`.trim();
    })
    .sort();
}

interface Drawn {
  readonly what: string;
  readonly above: Drawn | undefined;
  isSuspended: boolean;
}

/** What a customer has, drawn by hand: no domain orders, no pending statuses, no trees. */
class Drawing {
  #things: Drawn[] = [];
  #where = 'here';
  #values: { [name: string]: string | number } = { speed: 'slow', backup: 'no', boxes: 1 };
  #days: { due: number; thing: Drawn; action: 'suspend' | 'resume' }[] = [];
  #at: number;

  constructor(at: number) {
    this.#at = at;
    const fibre = this.#add('fibre', undefined);
    const access = this.#add('access', fibre);
    this.#add('port', this.#add('line', access));
    this.#add('box', access);
    this.#add('voice', this.#add('phone', fibre));
  }

  get drawn(): string[] {
    return this.#things
      .map(({ what, isSuspended }) =>
        `${what} ${isSuspended ? 'suspended' : 'active'} ${this.#where} ${what === 'line' ? this.#values.speed : ''}`.trim(),
      )
      .sort();
  }

  /** False when it cannot be had now. */
  take(about: Wish, at: number): boolean {
    this.passTo(at);
    switch (about.kind) {
      case 'wait':
        return true;
      case 'change':
        return this.#change(about.values);
      case 'addPhone':
        this.#add('voice', this.#add('phone', this.#one('fibre')));
        return true;
      case 'delete':
        this.#remove(this.#one(about.what));
        return true;
      case 'move':
        return this.#move(about.there ? 'there' : 'here');
      case 'operate':
        return this.#operate(
          this.#one(about.what),
          about.action,
          about.inDays === 0 ? undefined : at + about.inDays * day,
        );
    }
  }

  passTo(at: number): void {
    this.#at = at;
    for (const each of this.#days.filter(({ due }) => due <= at).sort((one, other) => one.due - other.due)) {
      each.thing.isSuspended = each.action === 'suspend';
    }
    this.#days = this.#days.filter(({ due }) => due > at);
  }

  #change(given: { readonly [name: string]: string | number }): boolean {
    const next = { ...this.#values, ...given };
    const isNew = (name: string) => next[name] !== this.#values[name];
    const touched = ['fibre'];
    if (isNew('speed')) touched.push('line');
    if (isNew('backup') || isNew('boxes')) touched.push('access');
    if (isNew('speed') && this.#values.backup === 'yes') touched.push('backup-link');
    if (touched.some((what) => this.#one(what).isSuspended)) return false;
    const access = this.#one('access');
    const boxes = this.#things.filter(({ what }) => what === 'box');
    for (const surplus of boxes.slice(Number(next.boxes))) this.#remove(surplus);
    for (let missing = Number(next.boxes) - boxes.length; missing > 0; missing -= 1) this.#add('box', access);
    const link = this.#things.find(({ what }) => what === 'backup-link');
    if (next.backup === 'yes' && link === undefined) this.#add('backup-link', access);
    if (next.backup === 'no' && link !== undefined) this.#remove(link);
    this.#values = next;
    return true;
  }

  #move(where: string): boolean {
    if (where === this.#where) return !this.#one('fibre').isSuspended;
    if (this.#things.some(({ isSuspended }) => isSuspended)) return false;
    this.#where = where;
    // What stands there now is not what was to be suspended here.
    this.#days = [];
    return true;
  }

  #operate(top: Drawn, action: 'suspend' | 'resume', due: number | undefined): boolean {
    const suspends = action === 'suspend';
    const waits = this.#days.some((each) => each.thing === top && each.action === 'suspend');
    if (due === undefined && top.isSuspended === suspends && !(waits && !suspends)) return false;
    const meant = this.#withAllBelow(top).filter(({ isSuspended }) => isSuspended === top.isSuspended);
    for (const thing of meant) this.#operateOn(thing, action, due ?? this.#at);
    this.passTo(this.#at);
    return true;
  }

  #operateOn(thing: Drawn, action: 'suspend' | 'resume', due: number): void {
    const [next] = this.#days
      .filter((each) => each.thing === thing && each.action === 'suspend')
      .sort((one, other) => one.due - other.due);
    const isBefore = action === 'resume' && !thing.isSuspended && next !== undefined && due < next.due;
    if (isBefore) this.#days = this.#days.filter((each) => each !== next);
    else this.#days.push({ due, thing, action });
  }

  #withAllBelow(top: Drawn): Drawn[] {
    return this.#things.filter((each) => {
      for (let at: Drawn | undefined = each; at !== undefined; at = at.above) if (at === top) return true;
      return false;
    });
  }

  #remove(top: Drawn): void {
    const gone = new Set(this.#withAllBelow(top));
    this.#things = this.#things.filter((each) => !gone.has(each));
    this.#days = this.#days.filter(({ thing }) => !gone.has(thing));
  }

  #add(what: string, above: Drawn | undefined): Drawn {
    const thing: Drawn = { what, above, isSuspended: false };
    this.#things.push(thing);
    return thing;
  }

  #one(what: string): Drawn {
    const found = this.#things.find((each) => each.what === what);
    if (found === undefined) throw new Error(`no ${what}`);
    return found;
  }
}

describe('orders at the same time', () => {
  /** What is done with services that are there is left to somebody. */
  const byHand = policiesOf({
    policies: 'by hand',
    approval: 'manual',
    outbound: {
      rows: [{ name: 'first', when: { location: ['here'], action: ['add'] }, then: { outboundEnabled: false } }],
    },
  });

  type Deed =
    | { readonly kind: 'order'; readonly wish: Wish }
    | { readonly kind: 'complete' | 'cancel'; readonly which: number }
    | { readonly kind: 'wait'; readonly days: number };

  const deed: fc.Arbitrary<Deed> = fc.oneof(
    { arbitrary: fc.record({ kind: fc.constant('order' as const), wish }), weight: 4 },
    {
      arbitrary: fc.record({
        kind: fc.constantFrom('complete' as const, 'cancel' as const),
        which: fc.nat({ max: 20 }),
      }),
      weight: 6,
    },
    { arbitrary: fc.record({ kind: fc.constant('wait' as const), days: fc.integer({ min: 1, max: 3 }) }), weight: 1 },
  );

  function openServices(house: House): { orderId: string; serviceOrder: string }[] {
    return [...house.orders.values()].flatMap(({ id: orderId, domainOrders }) =>
      domainOrders.flatMap(({ id, kind, state }) =>
        kind === 'service' && state === 'in_progress' ? [{ orderId, serviceOrder: id }] : [],
      ),
    );
  }

  function seeTo(house: House, kind: 'complete' | 'cancel', which: number): void {
    const open = openServices(house);
    const chosen = open[which % Math.max(1, open.length)];
    if (chosen === undefined) return;
    const type = kind === 'complete' ? 'ForceCompleteServiceOrder' : 'CancelServiceOrder';
    house.try({ type, ...chosen, at: house.at, note: 'seen to' });
  }

  /** From the last to the first, since a service is completed after what it needs. */
  function completeAll(house: House): void {
    for (let open = openServices(house); open.length > 0; open = openServices(house)) {
      house.pass(60_000);
      const taken = open
        .toReversed()
        .map((each) => house.try({ type: 'ForceCompleteServiceOrder', ...each, at: house.at, note: 'done' }));
      if (!taken.some(({ ok }) => ok)) throw new Error('nothing can be completed');
    }
  }

  it('never take a thing from each other, and leave nothing pending', () => {
    fc.assert(
      fc.property(fc.array(deed, { minLength: 1, maxLength: 25 }), (deeds) => {
        const house = houseWithFibre({ speed: 'slow' }, byHand);
        for (const each of deeds) {
          if (each.kind === 'wait') house.pass(each.days * day);
          else if (each.kind === 'order') {
            const order = linesOf(house, each.wish);
            if (order === undefined) continue;
            const { orderId, outcome } = house.captured(order.lines, { category: order.category });
            if (outcome.ok) house.approvalRefused(orderId);
          } else seeTo(house, each.kind, each.which);
          house.pass(1_000);
        }
        completeAll(house);
        house.pass(30 * day);
        expectLawful(house.evidence);
        const ended: string[] = [...house.orders.values()].flatMap(({ state }) => (state === 'new' ? [] : [state]));
        expect(new Set(ended)).toEqual(new Set(['completed']));
        const waiting = house.items.filter(
          ({ status, changedBy }) => status.endsWith('pending') || changedBy !== undefined,
        );
        expect(waiting).toEqual([]);
        expect(house.operations.filter(({ state }) => state === 'scheduled')).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });
});

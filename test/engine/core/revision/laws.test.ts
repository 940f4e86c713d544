/** Laws of changes in flight, for any order and any revisions of it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CapturedLine } from '../../../../engine/model/inputs.ts';
import type { CustomerOrder, DomainOrder } from '../../../../engine/model/order.ts';
import type { LineRevision } from '../../../../engine/model/revision/inputs.ts';
import { expectLawful } from '../../../support/lawful.ts';
import { captureOf, Life, lineOf, policiesOf } from '../../../support/orders.ts';
import { approveRevision, declineRevision, dropped, revise } from '../../../support/revising.ts';

/** No policy row says who does it: all of it is begun, and waits for people, so that nothing ends in between. */
const byHand = policiesOf({ policies: 'by hand', approval: 'manual', outbound: { rows: [] } });

const values = fc.record({
  quantity: fc.integer({ min: 1, max: 3 }),
  router: fc.constantFrom('rented', 'own'),
  downstreamSpeed: fc.constantFrom('100 Mbps', '1 Gbps'),
});

type Values = typeof values extends fc.Arbitrary<infer Kind> ? Kind : never;

/** What is wanted, by item: the requester's whole wish at one time. */
type Wish = ReadonlyMap<string, Values>;

const wish: fc.Arbitrary<Wish> = fc
  .dictionary(fc.constantFrom('a', 'b', 'c'), values, { minKeys: 1 })
  .map((each) => new Map(Object.entries(each)));

function lineFor(externalId: string, { quantity, router, downstreamSpeed }: Values): CapturedLine {
  const characteristics = Object.entries({ router, downstreamSpeed }).map(([name, value]) => ({ name, value }));
  return lineOf({ externalId, quantity, characteristics });
}

function approvedOrder(wanted: Wish): Life {
  const life = new Life(byHand);
  life.take(captureOf({ lines: [...wanted].map(([item, each]) => lineFor(item, each)) }));
  life.then({ type: 'ApproveOrder' });
  return life;
}

/** From one wish to another. What was dropped once has ended; wanted again, it is another item. */
function revisionsTo(before: Wish, after: Wish): LineRevision[] {
  const changes = [...after].map(([item, each]): LineRevision => {
    const { externalId: _id, quantity, characteristics } = lineFor(item, each);
    if (!before.has(item)) return { kind: 'add', line: lineFor(item, each) };
    return { kind: 'change', item, quantity, characteristics, pointer: '' };
  });
  return [...changes, ...[...before.keys()].filter((item) => !after.has(item)).map(dropped)];
}

/** What is going to be delivered, whatever ids and numbers it has, sorted. */
function plannedIn(order: CustomerOrder | undefined): string[] {
  const live = (order?.domainOrders ?? []).filter(({ state, undone }) => isWanted(state) && undone === undefined);
  const byId = new Map(live.map((each) => [each.id, each]));
  const itemOf = new Map(order?.lines.map(({ id, externalId }) => [id, externalId]));
  const pathOf = ({ parent, specification }: DomainOrder): string => {
    const above = parent === undefined ? undefined : byId.get(parent);
    return above === undefined ? specification : `${pathOf(above)}/${specification}`;
  };
  return live
    .map((each) => {
      const said = each.characteristics.map(({ name, value }) => `${name}=${value}`).sort();
      return [itemOf.get(each.line)?.[0], pathOf(each), ...said].join(' ');
    })
    .sort();
}

function isWanted(state: DomainOrder['state']): boolean {
  return state !== 'canceled' && state !== 'cancellation_in_progress';
}

describe('revisions', () => {
  it('lead to what would have been ordered with the last of them at once', () => {
    fc.assert(
      fc.property(wish, fc.array(fc.tuple(wish, fc.boolean()), { minLength: 1, maxLength: 4 }), (first, later) => {
        const life = approvedOrder(first);
        let inForce = first;
        let round = 0;
        for (const [next, isApproved] of later) {
          round += 1;
          // An item that ended is never ordered again under its id.
          const named = new Map(
            [...next].map(([item, each]) => [
              inForce.has(item) ? item : ([...inForce.keys()].find((id) => id[0] === item) ?? `${item}${round}`),
              each,
            ]),
          );
          life.then(revise(revisionsTo(inForce, named)));
          if (life.order?.state !== 'revision_in_progress') continue;
          life.then(isApproved ? approveRevision : declineRevision);
          if (isApproved) inForce = named;
        }
        expect(plannedIn(life.order)).toEqual(plannedIn(approvedOrder(inForce).order));
        expect(life.order?.version).toBe(1 + (life.order?.revisions?.length ?? 0));
        expectLawful(life.evidence);
      }),
    );
  });
});

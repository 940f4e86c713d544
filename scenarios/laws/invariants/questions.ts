/** Invariants of orders that ask: nothing is delivered for them, and a result is that of what is below it. */
import type { CustomerOrder, OrderLine, ReplayedStep } from '../../../engine/index.ts';
import type { Evidence, OrderEvidence } from '../evidence.ts';
import type { Invariant } from './invariant.ts';

/** Invariant 4. */
export const nothingDelivered: Invariant = {
  number: 4,
  name: 'an order that asks delivers nothing',
  what: 'An order of fulfillment type Qualify has service orders only: no product orders, no resource orders, no outbound requests, no fallouts, and nothing in the product inventory.',
  on: 'states',
  check: delivering,
};

/** Invariant 15. */
export const resultsInOne: Invariant = {
  number: 15,
  name: 'the result of a line and of an order is what its service orders have, in one',
  what: 'Counted from below, with what is under a line: pending outweighs none, none unqualified, unqualified alternate, alternate qualified; nothing at all is none. A policy may let unqualified outweigh none. Held against every step that changes a result.',
  on: 'steps',
  check: rolledUpOtherwise,
};

function asking({ orders }: Evidence): OrderEvidence[] {
  return orders.filter(({ order }) => order.fulfillmentType === 'Qualify');
}

function delivering(evidence: Evidence): string[] {
  const brought = new Set(evidence.inventory.map(({ order }) => order));
  return asking(evidence).flatMap(({ order, history }) => [
    ...history.flatMap(({ entry: { entry }, order: { number, domainOrders, outboundRequests, fallouts } }) => {
      const strange = domainOrders.filter(({ kind }) => kind !== 'service').map((each) => each.number);
      const found = [...strange, ...[...outboundRequests, ...fallouts].map((each) => each.number)];
      return found.length === 0 ? [] : [`${number} has ${found.join(', ')} at entry ${entry}`];
    }),
    ...(brought.has(order.id) ? [`${order.number} has brought something into the product inventory`] : []),
  ]);
}

function rolledUpOtherwise(evidence: Evidence): string[] {
  const steps = asking(evidence).flatMap(({ history }) => history);
  return steps.flatMap(({ entry, before, order }) => {
    if (resultsIn(before) === resultsIn(order)) return [];
    const unknownFirst =
      evidence.policies.get(entry.versions.policies)?.qualification.unknownOutweighsUnqualified ?? true;
    const lines = order.lines.map((line) => ({ line, results: resultsBelow(order, line) }));
    const asked = lines.filter(({ line, results }) => line.parent === undefined && results.length > 0);
    const things = [
      ...lines.filter(({ results }) => results.length > 0).map(({ line, results }) => ({ thing: line, results })),
      { thing: order, results: asked.map(({ line }) => line.qualificationResult ?? 'none') },
    ];
    return things.flatMap(({ thing: { number, qualificationResult = 'none' }, results }) => {
      const expected = inOne(results, unknownFirst);
      if (expected === qualificationResult) return [];
      return [`${number} is ${qualificationResult} at entry ${entry.entry}, of ${results.join(', ')}`];
    });
  });
}

function resultsIn(order: ReplayedStep['before']): string {
  return JSON.stringify([
    order?.qualificationResult,
    order?.lines.map(({ qualificationResult }) => qualificationResult),
    order?.domainOrders.map(({ id, qualification }) => [id, qualification?.result]),
  ]);
}

function resultsBelow(order: CustomerOrder, { id }: OrderLine): string[] {
  const below = order.lines.filter(({ parent }) => parent === id).flatMap((child) => resultsBelow(order, child));
  const own = order.domainOrders.filter(({ line }) => line === id);
  return [...own.map(({ qualification }) => qualification?.result ?? 'none'), ...below];
}

function inOne(results: readonly string[], unknownFirst: boolean): string {
  const has = (result: string) => results.includes(result);
  if (results.length === 0) return 'none';
  if (has('pending')) return 'pending';
  if (has('none') && (unknownFirst || !has('unqualified'))) return 'none';
  if (has('unqualified')) return 'unqualified';
  return has('alternate') ? 'alternate' : 'qualified';
}

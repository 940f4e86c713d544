/** What goes out together: a service order with those below it, or the resource orders of one service. */
import { externalFulfillmentStates } from '../../model/external-state.ts';
import type { DomainOrder } from '../../model/order.ts';
import { undecidedAbout } from '../cancellation/standing.ts';
import type { Draft } from '../draft.ts';

/**
 * The others that go out with the domain order at the top, parents before children. Those that are out, or have ended,
 * are left where they are; what came back in error goes again.
 * @param isRoutedAlike true when a domain order, asked about by itself, would go out in the same way.
 */
export function othersGoingWith(
  draft: Draft,
  root: DomainOrder,
  isRoutedAlike: (domainOrder: DomainOrder) => boolean,
): string[] {
  const outside = externalFulfillmentStates(draft.outboundRequests.all);
  const others = root.kind === 'service' ? serviceOrdersBelow(draft, root.id) : resourceOrdersBeside(draft, root);
  const free = others.filter(({ id, state, line, kind }) => {
    // Resource orders are sent each when it can be, so that the others need not wait.
    if (kind === 'resource' && undecidedAbout(draft, line) !== undefined) return false;
    const ended = state === 'closed_complete' || state === 'canceled' || state === 'cancellation_in_progress';
    const out = outside.get(id);
    return !ended && (out === undefined || out === 'error');
  });
  if (root.kind === 'service') return free.map(({ id }) => id);
  // What was sent once is sent again by a command about one of them, and never because another one's turn has come.
  const candidates = isFirst(draft, root) ? free.filter(({ state }) => state === 'draft') : free;
  return withoutWaiting(
    draft,
    root.id,
    candidates.filter((other) => isRoutedAlike(other)),
  );
}

function isFirst(draft: Draft, { id, state, work }: DomainOrder): boolean {
  const isPlanned = work?.by === 'plan' && draft.outboundRequests.all.every(({ serviceOrder }) => serviceOrder !== id);
  return state === 'draft' || isPlanned;
}

/** The policy is asked about the one at the top: what is below it goes where it goes. */
function serviceOrdersBelow(draft: Draft, root: string): DomainOrder[] {
  const family = new Set([root]);
  return draft.domainOrders.all.filter(({ id, kind, parent }) => {
    if (kind !== 'service' || parent === undefined || !family.has(parent)) return false;
    family.add(id);
    return true;
  });
}

/** Under the same service order, or the same resource order at the top, at whatever depth; each may go elsewhere, so the policy is asked about each. */
function resourceOrdersBeside(draft: Draft, root: DomainOrder): DomainOrder[] {
  const owner = ownerOf(draft, root);
  return draft.domainOrders.all.filter(
    (other) =>
      other.kind === 'resource' &&
      other.id !== root.id &&
      other.action !== 'no-change' &&
      ownerOf(draft, other) === owner,
  );
}

/** The nearest above that is no resource order itself; the one at the top, where resources alone were ordered. */
function ownerOf(draft: Draft, domainOrder: DomainOrder): string {
  let owner = domainOrder;
  while (owner.kind === 'resource' && owner.parent !== undefined) owner = draft.domainOrders.get(owner.parent);
  return owner.id;
}

/** What has to wait for something that does not go out with it, or is part of what has to, goes out later by itself. */
function withoutWaiting(draft: Draft, root: string, others: readonly DomainOrder[]): string[] {
  let going = others;
  for (;;) {
    const together = new Set([root, ...going.map(({ id }) => id)]);
    const ready = going.filter(
      ({ parent, after }) =>
        after.every((before) => together.has(before) || hasEnded(draft, before)) &&
        (parent === undefined || together.has(parent) || hasBegun(draft, parent)),
    );
    if (ready.length === going.length) return going.map(({ id }) => id);
    going = ready;
  }
}

function hasEnded(draft: Draft, id: string): boolean {
  const { state } = draft.domainOrders.get(id);
  return state === 'closed_complete' || state === 'canceled';
}

function hasBegun(draft: Draft, id: string): boolean {
  return draft.domainOrders.get(id).state !== 'draft';
}

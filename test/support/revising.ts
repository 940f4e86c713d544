/** Orders that are changed in flight, for tests of the core. */
import type { CustomerOrder, DomainOrder } from '../../engine/model/order.ts';
import type { LineRevision } from '../../engine/model/revision/inputs.ts';
import type { Happening, Life } from './orders.ts';

export function revise(lines: readonly LineRevision[], header: object = {}): Happening {
  return { type: 'ReviseOrder', lines, header };
}

/** Something else is wanted of an item. */
export function changed(item: string, change: Partial<Extract<LineRevision, { kind: 'change' }>>): LineRevision {
  return { kind: 'change', item, pointer: '/productOrderItem/0', ...change };
}

/** Its characteristics are to be so. */
export function valued(item: string, values: { readonly [name: string]: string | null }): LineRevision {
  return changed(item, { characteristics: Object.entries(values).map(([name, value]) => ({ name, value })) });
}

export function dropped(item: string): LineRevision {
  return { kind: 'drop', item, pointer: '/productOrderItem/0' };
}

export const approveRevision: Happening = { type: 'DecideRevision', decision: 'approve' };
export const declineRevision: Happening = { type: 'DecideRevision', decision: 'decline' };

export function ofSpecification(order: CustomerOrder | undefined, specification: string): DomainOrder {
  const found = order?.domainOrders.findLast((each) => each.specification === specification);
  if (found === undefined) throw new Error(`no domain order of ${specification}`);
  return found;
}

export function valueIn(order: CustomerOrder | undefined, specification: string, name: string): unknown {
  return ofSpecification(order, specification).characteristics.find((each) => each.name === name)?.value;
}

/** What is reported of a request, the latest unless said, service order by service order. */
export function reportedOf(
  life: Life,
  states: { readonly [specification: string]: 'pending' | 'fulfilled' | 'error' },
  { requestId = 'none' }: { readonly requestId?: string } = life.order?.dispatches.at(-1) ?? {},
): void {
  const reports = Object.entries(states).map(([specification, state]) => ({
    serviceOrder: ofSpecification(life.order, specification).id,
    state,
  }));
  life.then({ type: 'ReportFulfillment', requestId, reports, via: 'event' });
}

/** The revision that is under way was accepted. */
export function revisionAccepted(life: Life): void {
  const { requestId, underWay } = life.order?.dispatches.at(-1) ?? {};
  if (requestId === undefined || underWay === undefined) throw new Error('nothing is under way');
  const { revision, attempt } = underWay;
  const outcome = { kind: 'accepted', httpStatus: 200, externalOrderId: 'som-1', reports: [] } as const;
  life.then({ type: 'ReportDispatch', requestId, revision, attempt, effectId: 'e', outcome });
}

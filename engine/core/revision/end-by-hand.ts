/** Somebody ends what was to be done, or what was closed and was to be done again. */
import type { DomainOrder } from '../../model/order.ts';
import type { Draft } from '../draft.ts';

/** Closed it was, and stays so, whoever gives up doing it again. */
export function isDoneAgain({ state, redone }: DomainOrder): boolean {
  return state === 'closed_complete' && redone === false;
}

/** Of what was closed before, and was to be done again, nothing is left to be done. */
export function endByHand(draft: Draft, id: string): void {
  const { updatesAvailable: _told, ...domainOrder } = draft.domainOrders.get(id);
  const { number, state, redone } = domainOrder;
  const changes = { work: { by: 'manual' }, ...(redone === false ? { redone: true } : {}) } as const;
  if (state !== 'closed_complete') {
    draft.moveDomainOrder(draft.domainOrders.get(id), ['closeByHand'], changes);
    return;
  }
  draft.domainOrders.put({ ...domainOrder, ...changes });
  draft.told({ thing: 'domainOrder', id, number, event: 'redone', from: state, to: state });
}

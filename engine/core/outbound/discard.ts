/** Records that count no longer, since nobody wants any more what they are about. */
import type { Draft } from '../draft.ts';

/** @param why for the work notes: what has become of the service order. */
export function discardRecords(draft: Draft, serviceOrder: string, why: string): void {
  for (const record of draft.outboundRequests.all) {
    if (record.serviceOrder !== serviceOrder || (record.state !== 'error' && record.state !== 'pending')) continue;
    draft.moveOutboundRequest(record, 'serviceOrderCanceled');
    draft.note(`Outbound request ${record.number} counts no longer: the service order was ${why}`, serviceOrder);
  }
}

/** Outbound requests of many service orders at once. */
import type { Order, OutboundRequestOutcomes } from '../../contracts/schemas/southbound-api.generated.ts';
import { colour, say } from '../terminal.ts';
import type { Api } from './api.ts';
import { serviceOrderIn } from './named.ts';

/** Row by row, as a list of service orders would: one that is refused does not keep the others. */
export async function createMany(api: Api, found: Order, about: readonly string[]): Promise<number> {
  const named = about.length > 0 ? about : [undefined];
  const rows = named.map((each) => ({ order: found.id, serviceOrder: serviceOrderIn(found, each).id }));
  const outcome = await api.ask<OutboundRequestOutcomes>('POST', '/outboundRequest', { rows });
  for (const { serviceOrder, ok, outboundRequests = [], error } of outcome.rows) {
    const number = found.domainOrders.find((each) => each.id === serviceOrder)?.number ?? serviceOrder;
    const made = `outbound requests ${outboundRequests.join(', ')}`;
    say(`${number}  ${ok ? colour('green', made) : colour('red', error?.message ?? error?.reason ?? 'refused')}`);
  }
  return outcome.rows.every(({ ok }) => ok) ? 0 : 1;
}

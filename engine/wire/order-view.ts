/** An order in the engine's own words, for those who want to see inside. */
import type { Order } from '../../contracts/schemas/southbound-api.generated.ts';
import { textOfInstant } from '../../contracts/schemas/text.ts';
import {
  type ExternalFulfillmentState,
  externalFulfillmentStates,
  hierarchyFulfillmentStates,
  outboundActionOf,
} from '../model/external-state.ts';
import type { CustomerOrder, DomainOrder } from '../model/order.ts';

export function renderOrderView(order: CustomerOrder): Order {
  const external = externalFulfillmentStates(order.outboundRequests);
  const hierarchies = hierarchyFulfillmentStates(order.outboundRequests);
  const { id, number, category, state, version, externalId } = order;
  return {
    id,
    number,
    category,
    state,
    version,
    ...(externalId === undefined ? {} : { externalId }),
    lines: order.lines.map(({ externalId: item, kept: _kept, characteristics: _values, ...line }) => ({
      ...line,
      item,
    })),
    domainOrders: order.domainOrders.map(({ kind, ...domainOrder }) => ({
      ...domainOrder,
      kind,
      ...(kind === 'service' ? { externalFulfillmentState: external.get(domainOrder.id) ?? 'none' } : {}),
      ...wholeOf(hierarchies, domainOrder.id),
      ...(kind === 'service' ? shownAction(order, { ...domainOrder, kind }) : {}),
    })),
    outboundRequests: order.outboundRequests.map((request) => ({ ...request })),
    fallouts: order.fallouts.map((fallout) => ({ ...fallout })),
    workNotes: order.workNotes.map(({ at, ...note }) => ({ at: textOfInstant(at), ...note })),
  };
}

function shownAction(
  order: CustomerOrder,
  serviceOrder: DomainOrder,
): { outboundAction: 'create' | 'revise' | 'none'; outboundActionWhy: string } {
  const { action, why } = outboundActionOf(order, serviceOrder);
  return { outboundAction: action, outboundActionWhy: why };
}

function wholeOf(
  hierarchies: ReadonlyMap<string, ExternalFulfillmentState>,
  id: string,
): { hierarchyFulfillmentState?: ExternalFulfillmentState } {
  const state = hierarchies.get(id);
  return state === undefined ? {} : { hierarchyFulfillmentState: state };
}

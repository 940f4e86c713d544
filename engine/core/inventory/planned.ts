/** What a domain order is going to bring, as an item that is not there yet. */
import type { Catalogue } from '../../model/catalogue.ts';
import type { PlannedItem } from '../../model/inventory/change.ts';
import type { CustomerOrder, DomainOrder, OrderLine, Party } from '../../model/order.ts';
import type { DomainOrderKind } from '../../model/words.ts';
import type { Unfinished } from '../unfinished.ts';

/** Where an item comes from, and where it goes. */
export interface Origin {
  readonly domainOrder: DomainOrder;
  readonly order: Pick<CustomerOrder, 'id' | 'parties'>;
  readonly line: OrderLine | undefined;
  readonly catalogue: Catalogue;
  readonly id: string;
  readonly number: string;
  readonly tree: string;
  readonly parent: string | undefined;
}

export function plannedItem({
  domainOrder,
  order,
  line: source,
  catalogue,
  id,
  number,
  tree,
  parent,
}: Origin): PlannedItem {
  const { kind, specification, characteristics, line, place, move } = domainOrder;
  const specified = catalogue.specifications[specification];
  const item: Unfinished<PlannedItem> = {
    id,
    number,
    tree,
    kind: kind as DomainOrderKind, // work orders are no part of the inventory, and bring nothing
    specification,
    specificationVersion: specified?.version ?? '1',
    name: specified?.name ?? specification,
    status: move === 'provide' ? 'activation_pending' : 'installation_pending',
    characteristics,
    parties: order.parties,
    order: order.id,
    line,
    domainOrder: domainOrder.id,
    orderItem: source?.externalId ?? line,
  };
  if (parent !== undefined) item.parent = parent;
  if (specified?.transient) item.transient = true;
  if (place !== undefined) item.place = place;
  const customer = customerOf(order.parties);
  if (customer !== undefined) item.customer = customer;
  return item;
}

/** Whom it belongs to: the party in the role of the customer, or else the first that is one. */
function customerOf(parties: readonly Party[]): Party | undefined {
  return (
    parties.find(({ role }) => role?.toLowerCase() === 'customer') ??
    parties.find(({ referredType }) => referredType === 'Customer' || referredType === 'Consumer')
  );
}

/** What conditions of decision tables and of definitions are held against. */
import type { DomainOrder } from '../../model/order.ts';
import type { OutboundColumn } from '../../model/policies.ts';
import type { ColumnValues } from '../decision-table.ts';
import { specificationOf } from '../decompose.ts';
import type { Draft } from '../draft.ts';

export function requestColumnsOf(draft: Draft, domainOrder: DomainOrder): ColumnValues<OutboundColumn> {
  const specification = specificationOf(draft.facts.catalogue, domainOrder.specification);
  const { parties, category, priority, fulfillmentType } = draft.header;
  return {
    kind: domainOrder.kind,
    specification: specification.id,
    specificationCategory: specification.category,
    specificationType: specification.type,
    action: domainOrder.action,
    account: parties.find(({ referredType }) => referredType === 'Customer')?.id,
    location: domainOrder.place?.id,
    country: domainOrder.place?.country,
    orderType: category,
    priority,
    fulfillmentType,
  };
}

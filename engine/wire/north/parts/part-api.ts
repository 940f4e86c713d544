/** What TMF652 and TMF697 say of resource orders and work orders. */
import type { ApiName } from '../../../../contracts/schemas/documents.ts';
import { inOnePiece } from '../../../../contracts/schemas/text.ts';
import type { DomainOrder, OrderKind } from '../../../model/order.ts';
import type { ShownState } from '../../../model/parts/news.ts';
import {
  type Placed,
  renderResourceOrder,
  renderWorkOrder,
  resourceOrderingBase,
  workOrderBase,
} from '../domain-orders.ts';

export interface PartApi {
  readonly api: Extract<ApiName, 'TMF652' | 'TMF697'>;
  /** Of the domain orders that it shows. */
  readonly kind: OrderKind;
  readonly base: string;
  readonly resource: 'ResourceOrder' | 'WorkOrder';
  /** What the order is called in an event, and in its path. */
  readonly name: 'resourceOrder' | 'workOrder';
  /** The list of its items. */
  readonly list: 'orderItem' | 'workOrderItem';
  /** @param state the one that it is in, when absent. */
  render(placed: Placed, state?: ShownState): object;
}

export const partApis: readonly PartApi[] = [
  {
    api: 'TMF652',
    kind: 'resource',
    base: resourceOrderingBase,
    resource: 'ResourceOrder',
    name: 'resourceOrder',
    list: 'orderItem',
    render: renderResourceOrder,
  },
  {
    api: 'TMF697',
    kind: 'work',
    base: workOrderBase,
    resource: 'WorkOrder',
    name: 'workOrder',
    list: 'workOrderItem',
    render: renderWorkOrder,
  },
];

export function partCollection({ base, name }: Pick<PartApi, 'base' | 'name'>): string {
  return inOnePiece(base, '/', name);
}

/** Nothing for what no API shows. */
export function partApiOf({ kind }: Pick<DomainOrder, 'kind'>): PartApi | undefined {
  return partApis.find((api) => api.kind === kind);
}

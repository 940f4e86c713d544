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
import type { OrderApi } from '../order-api.ts';

export interface PartApi {
  readonly api: Extract<ApiName, 'TMF652' | 'TMF697'>;
  /** Of the domain orders that it shows. */
  readonly kind: OrderKind;
  readonly base: string;
  readonly resource: 'ResourceOrder' | 'WorkOrder';
  /** What the order is called in an event, and in its path. */
  readonly name: 'resourceOrder' | 'workOrder';
  /** The types of a cancel task, and what the API calls its first state. */
  readonly task: OrderApi['task'];
  /** The list of its items. */
  readonly list: 'orderItem' | 'workOrderItem';
  /** States that a patch may say, and what becomes of it then. */
  readonly patchable: { readonly [state: string]: PartStep };
  /** @param state the one that it is in, when absent. */
  render(placed: Placed, state?: ShownState): object;
}

/** What somebody does with one by hand. Work is held and released as its task is. */
export type PartStep = 'complete' | 'cancel' | 'hold' | 'release';

export const partApis: readonly PartApi[] = [
  {
    api: 'TMF652',
    kind: 'resource',
    base: resourceOrderingBase,
    resource: 'ResourceOrder',
    name: 'resourceOrder',
    task: { create: 'CancelResourceOrder_Create', whole: 'CancelResourceOrder', firstState: 'acknowledged' },
    list: 'orderItem',
    patchable: { completed: 'complete', cancelled: 'cancel' },
    render: renderResourceOrder,
  },
  {
    api: 'TMF697',
    kind: 'work',
    base: workOrderBase,
    resource: 'WorkOrder',
    name: 'workOrder',
    task: { create: 'CancelWorkOrder_Create', whole: 'CancelWorkOrder', firstState: 'accepted' },
    list: 'workOrderItem',
    patchable: { held: 'hold', inProgress: 'release', completed: 'complete', cancelled: 'cancel' },
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

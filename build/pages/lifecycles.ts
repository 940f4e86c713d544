/** Every lifecycle of the engine, in the order in which docs/lifecycle.md tells of them. A new table has its place here. */
import {
  cancellationRequestTable,
  dispatchCancellationTable,
} from '../../engine/model/cancellation/cancellation-table.ts';
import { falloutTable } from '../../engine/model/fallout/table.ts';
import { inventoryItemTable } from '../../engine/model/inventory/item-table.ts';
import { qualificationRequestTable } from '../../engine/model/qualification/request-table.ts';
import { revisionTable } from '../../engine/model/revision/revision-table.ts';
import type { StateTable } from '../../engine/model/state-table.ts';
import {
  customerOrderTable,
  domainOrderTable,
  orderLineTable,
  outboundRequestTable,
} from '../../engine/model/state-tables.ts';

import { taskTable } from '../../engine/model/tasks/task-table.ts';

export type Lifecycle = StateTable<string, string>;

export const lifecycles: readonly Lifecycle[] = [
  customerOrderTable,
  orderLineTable,
  domainOrderTable,
  outboundRequestTable,
  taskTable,
  falloutTable,
  revisionTable,
  cancellationRequestTable,
  dispatchCancellationTable,
  qualificationRequestTable,
  inventoryItemTable,
];

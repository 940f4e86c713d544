/** Every file of refusals, in the order in which docs/refusals.md tells of them. A new file has its place here. */
import { amendmentRefusals } from '../../engine/model/refusals/amendment.ts';
import { cancellationRefusals } from '../../engine/model/refusals/cancellation.ts';
import { commandRefusals } from '../../engine/model/refusals/commands.ts';
import { dateRefusals } from '../../engine/model/refusals/dates.ts';
import { eventRefusals } from '../../engine/model/refusals/events.ts';
import { inventoryRefusals } from '../../engine/model/refusals/inventory.ts';
import type { RefusalKind } from '../../engine/model/refusals/kind.ts';
import { nativeQualificationRefusals } from '../../engine/model/refusals/native-qualification.ts';
import { orderRefusals } from '../../engine/model/refusals/orders.ts';
import { qualificationRefusals } from '../../engine/model/refusals/qualification.ts';
import { reportRefusals } from '../../engine/model/refusals/reports.ts';
import { revisionRefusals } from '../../engine/model/refusals/revision.ts';
import { taskRefusals } from '../../engine/model/refusals/tasks.ts';
import { workOrderRefusals } from '../../engine/model/refusals/work-orders.ts';

export interface RefusalGroup {
  readonly title: string;
  /** Below `engine/model/refusals/`. */
  readonly file: string;
  readonly refusals: { readonly [code: string]: RefusalKind };
}

export const refusalGroups: readonly RefusalGroup[] = [
  { title: 'Orders', file: 'orders.ts', refusals: orderRefusals },
  { title: 'Orders said anew', file: 'amendment.ts', refusals: amendmentRefusals },
  { title: 'Commands', file: 'commands.ts', refusals: commandRefusals },
  { title: 'Tasks', file: 'tasks.ts', refusals: taskRefusals },
  { title: 'Work orders', file: 'work-orders.ts', refusals: workOrderRefusals },
  { title: 'Dates', file: 'dates.ts', refusals: dateRefusals },
  { title: 'Revision', file: 'revision.ts', refusals: revisionRefusals },
  { title: 'Cancellation', file: 'cancellation.ts', refusals: cancellationRefusals },
  { title: 'Reports', file: 'reports.ts', refusals: reportRefusals },
  { title: 'Events', file: 'events.ts', refusals: eventRefusals },
  { title: 'Product inventory', file: 'inventory.ts', refusals: inventoryRefusals },
  { title: 'Qualification', file: 'qualification.ts', refusals: qualificationRefusals },
  {
    title: 'The native interface of order qualification',
    file: 'native-qualification.ts',
    refusals: nativeQualificationRefusals,
  },
];

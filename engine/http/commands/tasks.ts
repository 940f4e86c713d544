/** What those who do the tasks of an order say of them. */
import type {
  HeaderTask,
  Note,
  TaskAssignment,
  TaskClosing,
  WorkOrderWanted,
} from '../../../contracts/schemas/southbound-api.generated.ts';
import type { Characteristic } from '../../model/order.ts';
import type { Route } from '../answers.ts';
import type { OperationParts } from '../operations.ts';
import { commandRoute } from './commanding.ts';

export function taskCommandRoutes(parts: OperationParts): Route[] {
  const task = '/task/{task}';
  const plain = (path: string, type: 'StartTask' | 'ReleaseTask') =>
    commandRoute<object>(parts, `${task}${path}`, 'Nothing', (_body, params) => ({ type, task: params.task ?? '' }));
  const noted = (path: string, type: 'HoldTask' | 'RequestTaskInformation' | 'TakeTaskInformation') =>
    commandRoute<Note>(parts, `${task}${path}`, 'Note', ({ note }, params) => ({
      type,
      task: params.task ?? '',
      note,
    }));
  return [
    commandRoute<HeaderTask>(parts, '/task', 'HeaderTask', ({ name, line }) => ({
      type: 'CreateHeaderTask',
      name,
      ...(line === undefined ? {} : { line }),
    })),
    commandRoute<WorkOrderWanted>(parts, '/workOrder', 'WorkOrderWanted', ({ about }) => ({
      type: 'CreateWorkOrder',
      about,
    })),
    plain('/start', 'StartTask'),
    plain('/release', 'ReleaseTask'),
    noted('/hold', 'HoldTask'),
    noted('/requestInformation', 'RequestTaskInformation'),
    noted('/takeInformation', 'TakeTaskInformation'),
    commandRoute<TaskAssignment>(parts, `${task}/assign`, 'TaskAssignment', ({ assignedTo }, params) => ({
      type: 'AssignTask',
      task: params.task ?? '',
      assignedTo,
    })),
    commandRoute<TaskClosing>(parts, `${task}/close`, 'TaskClosing', ({ characteristics, note }, params) => ({
      type: 'CloseTask',
      task: params.task ?? '',
      // JSON with a name and a value each, by its schema.
      ...(characteristics === undefined ? {} : { characteristics: characteristics as unknown as Characteristic[] }),
      ...(note === undefined ? {} : { note }),
    })),
  ];
}

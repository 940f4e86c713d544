/** What those who do the tasks of an order say of them. */
import type {
  HeaderTask,
  Note,
  TaskAssignment,
  TaskClosing,
  TaskDates,
  WorkOrderWanted,
} from '../../../contracts/schemas/southbound-api.generated.ts';
import { instantOfText } from '../../../contracts/schemas/text.ts';
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
    commandRoute<TaskDates>(parts, `${task}/dates`, 'TaskDates', (dates, params) => ({
      type: 'RescheduleTask',
      task: params.task ?? '',
      ...instantIn('plannedStartAt', dates.plannedStart),
      ...instantIn('plannedEndAt', dates.plannedEnd),
      ...instantIn('expectedEndAt', dates.expectedEnd),
      ...(dates.note === undefined ? {} : { note: dates.note }),
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

function instantIn<Name extends string>(name: Name, text: string | undefined): { [name in Name]?: number } {
  const instant = text === undefined ? undefined : instantOfText(text);
  // One attribute, of that name.
  return (instant === undefined ? {} : { [name]: instant }) as { [name in Name]?: number };
}

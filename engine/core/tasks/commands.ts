/** What those who do the tasks of an order say of them: begun, done, stuck, somebody else's. */
import { type Refusal, refusal } from '../../model/refusals.ts';
import { mayDo, rolesFor } from '../../model/roles.ts';
import { isTerminal, nextState } from '../../model/state-table.ts';
import { customerOrderTable } from '../../model/state-tables.ts';
import type { TaskCommand } from '../../model/tasks/inputs.ts';
import type { OrderTask } from '../../model/tasks/task.ts';
import { type TaskEvent, taskTable } from '../../model/tasks/task-table.ts';
import type { Characteristic } from '../../model/words.ts';
import { setCharacteristics } from '../characteristics.ts';
import type { Draft } from '../draft.ts';
import { raiseByHand } from '../work-orders/by-hand.ts';
import { suspendWork } from '../work-orders/suspend.ts';
import { addTask } from './single.ts';
import { domainOrderOf, requestedOf, unfilled } from './values.ts';

/** A refusal, or nothing, and the draft has changed. */
export function commandTask(draft: Draft, command: TaskCommand): Refusal | undefined {
  if (!mayDo(command.type, command.roles)) {
    return refusal('roleMissing', { command: command.type, roles: rolesFor[command.type].join(', ') });
  }
  if (command.type === 'CreateHeaderTask') return createHeaderTask(draft, command);
  if (command.type === 'CreateWorkOrder') return raiseByHand(draft, command);
  const task = draft.tasks.find(command.task);
  if (task === undefined) return refusal('taskUnknown', { order: draft.header.number, task: command.task });
  switch (command.type) {
    case 'StartTask':
      return move(draft, task, ['start'], 'started');
    case 'CloseTask':
      return close(draft, task, command);
    case 'HoldTask':
      return move(draft, task, ['hold'], `on hold: ${command.note}`) ?? suspendWork(draft, task, true);
    case 'ReleaseTask':
      return release(draft, task);
    case 'RequestTaskInformation':
      return move(draft, task, ['informationMissing'], `waits for information: ${command.note}`);
    case 'TakeTaskInformation':
      return move(draft, task, ['informationReceived'], `has its information: ${command.note}`);
    case 'AssignTask':
      draft.tasks.put({ ...task, assignedTo: command.assignedTo });
      draft.note(`Task ${task.number} assigned to ${command.assignedTo}`, subjectOf(task));
      return undefined;
  }
}

/** What work notes about a task are about. */
export function subjectOf({ about }: OrderTask): string | undefined {
  if (about.kind === 'domainOrder') return about.domainOrder;
  return about.kind === 'header' ? undefined : about.line;
}

function move(draft: Draft, task: OrderTask, events: readonly TaskEvent[], said: string): Refusal | undefined {
  const [event] = events;
  if (event !== undefined && nextState(taskTable, task.state, event, task.previousState) === undefined) {
    return notInThisState(task, event);
  }
  draft.moveTask(task, events);
  draft.note(`Task ${task.number} "${task.name}" ${said}`, subjectOf(task));
  return undefined;
}

function notInThisState({ number: task, name, state }: OrderTask, event: TaskEvent): Refusal {
  const possible = taskTable.moves.filter(({ from }) => from.includes(state)).map(({ on }) => on);
  return refusal('taskNotInThisState', { task, name, state, event, possible: possible.join(', ') || 'nothing' });
}

/** A task goes on only where its domain order does. */
function release(draft: Draft, task: OrderTask): Refusal | undefined {
  const held = domainOrderOf(draft, task);
  const work = task.workOrder === undefined ? undefined : draft.domainOrders.get(task.workOrder);
  const holding = [held, work].find((above) => above?.state === 'on_hold');
  if (holding !== undefined || task.heldFor !== undefined) {
    const domainOrder = (holding ?? held)?.number ?? draft.header.number;
    const values = { task: task.number, name: task.name, domainOrder };
    return refusal('taskHeldFromAbove', values);
  }
  return move(draft, task, ['release'], 'goes on') ?? suspendWork(draft, task, false);
}

type Closing = Extract<TaskCommand, { type: 'CloseTask' }>;

function close(draft: Draft, task: OrderTask, { characteristics = [], note }: Closing): Refusal | undefined {
  const events: TaskEvent[] = task.state === 'open' ? ['start', 'close'] : ['close'];
  if (task.state !== 'open' && nextState(taskTable, task.state, 'close') === undefined)
    return notInThisState(task, 'close');
  if ((task.by === 'outbound' && isOutside(draft, task)) || isGivenAway(draft, task)) {
    return refusal('taskIsOutside', { task: task.number, name: task.name });
  }
  const refused = fill(draft, task, characteristics) ?? unfilled(draft, task);
  if (refused !== undefined) return refused;
  return move(draft, task, events, note === undefined ? 'closed' : `closed: ${note}`);
}

/** Somebody outside is at work on it, and will say when it is done. */
function isOutside(draft: Draft, task: OrderTask): boolean {
  const { about } = task;
  if (about.kind !== 'domainOrder') return false;
  return draft.outboundRequests.all.some(
    ({ serviceOrder, state }) =>
      serviceOrder === about.domainOrder && (state === 'pending' || state === 'not_applicable'),
  );
}

/** Whoever has its work order says when it is done. */
function isGivenAway(draft: Draft, { workOrder }: OrderTask): boolean {
  const state = workOrder === undefined ? undefined : draft.domainOrders.get(workOrder).state;
  return state !== undefined && state !== 'closed_complete' && state !== 'canceled';
}

function fill(draft: Draft, task: OrderTask, characteristics: readonly Characteristic[]): Refusal | undefined {
  if (characteristics.length === 0) return undefined;
  const domainOrder = domainOrderOf(draft, task);
  if (domainOrder === undefined)
    return refusal('taskTakesNoValues', { task: task.number, name: task.name }, '/characteristics');
  const readOnly = requestedOf(draft, task)
    .filter((each) => each.readOnly)
    .map(({ name }) => name);
  const forbidden = characteristics.findIndex(({ name }) => readOnly.includes(name));
  if (forbidden !== -1) {
    const values = { task: task.number, name: characteristics[forbidden]?.name ?? '' };
    return refusal('characteristicReadOnly', values, `/characteristics/${forbidden}/name`);
  }
  return setCharacteristics(draft, domainOrder, characteristics);
}

function createHeaderTask(
  draft: Draft,
  { name, line }: Extract<TaskCommand, { type: 'CreateHeaderTask' }>,
): Refusal | undefined {
  const { number: order, state } = draft.header;
  if (isTerminal(customerOrderTable, state)) {
    return refusal('notInThisState', { order, state, event: 'create a task', possible: 'nothing' });
  }
  if (line !== undefined && draft.lines.find(line)?.parent !== undefined) {
    return refusal('topLineUnknown', { order, line, known: topLines(draft) });
  }
  if (line !== undefined && draft.lines.find(line) === undefined) {
    return refusal('topLineUnknown', { order, line, known: topLines(draft) });
  }
  addTask(draft, { name, about: line === undefined ? { kind: 'header' } : { kind: 'topLine', line } });
  return undefined;
}

function topLines(draft: Draft): string {
  return draft.lines.all
    .flatMap(({ id, number, parent }) => (parent === undefined ? [`${number} (${id})`] : []))
    .join(', ');
}

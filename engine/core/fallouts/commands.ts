/** What is done about fallouts by those whom they concern: taken up, mended, verified, tried again. */
import type { FalloutCommand } from '../../model/fallout/inputs.ts';
import { type FalloutEvent, falloutTable } from '../../model/fallout/table.ts';
import type { Fallout } from '../../model/order.ts';
import { type Refusal, refusal } from '../../model/refusals.ts';
import { mayDo, rolesFor } from '../../model/roles.ts';
import { nextState } from '../../model/state-table.ts';
import { commandServiceOrder, goOnAfter } from '../commands.ts';
import type { Draft } from '../draft.ts';
import { holdFor, openFallout } from '../fallout.ts';
import { isOver } from '../tasks/progress.ts';

/** A refusal, or nothing, and the draft has changed. */
export function commandFallout(draft: Draft, command: FalloutCommand): Refusal | undefined {
  if (!mayDo(command.type, command.roles)) {
    return refusal('roleMissing', { command: command.type, roles: rolesFor[command.type].join(', ') });
  }
  if (command.type === 'CreateFallout') return create(draft, command);
  const fallout = draft.fallouts.find(command.fallout);
  if (fallout === undefined) return refusal('falloutUnknown', { order: draft.header.number, fallout: command.fallout });
  switch (command.type) {
    case 'AssignFallout':
      return assign(draft, fallout, command.assignedTo);
    case 'RetryFallout':
      return retry(draft, fallout);
    case 'HoldFallout':
      return move(draft, fallout, 'hold', `on hold: ${command.note}`);
    case 'ReleaseFallout':
      return move(draft, fallout, 'release', `goes on: ${command.note}`);
    case 'RequestFalloutInformation':
      return move(draft, fallout, 'informationMissing', `waits for information: ${command.note}`);
    case 'TakeFalloutInformation':
      return move(draft, fallout, 'informationReceived', `has its information: ${command.note}`);
    case 'MendFallout':
      return move(draft, fallout, 'resolve', `mended: ${command.note}`) ?? letGo(draft, fallout);
    case 'VerifyFallout':
      return move(draft, fallout, 'verify', `verified and closed: ${command.note}`);
    case 'ReopenFallout':
      return move(draft, fallout, 'reopen', `open again: ${command.note}`) ?? holdAgain(draft, fallout);
    case 'CancelFallout':
      return move(draft, fallout, 'cancel', `canceled: ${command.note}`) ?? letGo(draft, fallout);
  }
}

type Creation = Extract<FalloutCommand, { type: 'CreateFallout' }>;

/** A task may have several fallouts; it goes on once none of them is open. */
function create(draft: Draft, { task: id, falloutType: type, description }: Creation): Refusal | undefined {
  const task = draft.tasks.find(id);
  if (task === undefined) return refusal('taskUnknown', { order: draft.header.number, task: id });
  if (task.about.kind !== 'domainOrder' || isOver(task)) {
    const { number, name, state } = task;
    const why = isOver(task) ? `it is ${state}` : 'it is about no domain order';
    return refusal('falloutNotAboutTask', { task: number, name, why });
  }
  const { domainOrder } = task.about;
  openFallout(draft, { domainOrder, holds: [domainOrder], type, cause: 'business', description, task: id });
  return undefined;
}

function assign(draft: Draft, fallout: Fallout, assignedTo: string): Refusal | undefined {
  return move(draft, fallout, 'assign', `assigned to ${assignedTo}`, { assignedTo });
}

function move(
  draft: Draft,
  fallout: Fallout,
  event: FalloutEvent,
  said: string,
  changes: Partial<Fallout> = {},
): Refusal | undefined {
  const { number, state, previousState } = fallout;
  if (nextState(falloutTable, state, event, previousState) === undefined) {
    const possible = falloutTable.moves.filter(({ from }) => from.includes(state)).map(({ on }) => on);
    return refusal('falloutNotInThisState', {
      fallout: number,
      state,
      event,
      possible: possible.join(', ') || 'nothing',
    });
  }
  draft.moveFallout(fallout, event, changes);
  draft.note(`Fallout ${number} ${said}`, fallout.domainOrder);
  return undefined;
}

function letGo(draft: Draft, fallout: Fallout): undefined {
  goOnAfter(draft, fallout);
}

function holdAgain(draft: Draft, { holds }: Fallout): undefined {
  for (const id of holds) holdFor(draft, id);
}

/** As the operator would with the service order at its top; whether that is possible, its records say. */
function retry(draft: Draft, fallout: Fallout): Refusal | undefined {
  const { id: orderId } = draft.header;
  const root = draft.outboundRequests.all.findLast(({ serviceOrder }) => fallout.holds.includes(serviceOrder))?.root;
  const serviceOrder = root ?? fallout.domainOrder;
  draft.note(`Fallout ${fallout.number}: tried again`, fallout.domainOrder);
  return commandServiceOrder(draft, { type: 'CreateOutboundRequest', at: draft.at, orderId, serviceOrder });
}

/** What is decided about an order as a whole: submitted, rejected, reopened, held, let go, deleted. */
import type { OrderCommand } from '../../model/life/inputs.ts';
import { type Refusal, refusal } from '../../model/refusals.ts';
import { mayDo, rolesFor } from '../../model/roles.ts';
import { nextState } from '../../model/state-table.ts';
import { customerOrderTable, type OrderEvent } from '../../model/state-tables.ts';
import type { Draft } from '../draft.ts';
import { submit } from './enrichment.ts';

/** A refusal, or nothing, and the draft has changed. */
export function commandOrder(draft: Draft, command: OrderCommand): Refusal | undefined {
  if (!mayDo(command.type, command.roles)) {
    return refusal('roleMissing', { command: command.type, roles: rolesFor[command.type].join(', ') });
  }
  switch (command.type) {
    case 'SubmitOrder':
      return impossible(draft, 'submit') ?? submit(draft);
    case 'RejectOrder':
      return moveAll(draft, 'reject', `Order rejected: ${command.note}`);
    case 'ReopenOrder':
      return moveAll(draft, 'reopen', `Order reopened: ${command.note}`);
    case 'HoldOrder':
      return hold(draft, command.note);
    case 'ReleaseOrder':
      return release(draft, command.note);
    case 'RequestInformation':
      return requestInformation(draft, command.note);
    case 'TakeInformation':
      return moveHeader(draft, 'informationReceived', `Information received: ${command.note}`);
    case 'DeleteOrder':
      return deleteOrder(draft);
  }
}

/** Order and lines go together. */
function moveAll(draft: Draft, event: 'reject' | 'reopen', note: string): Refusal | undefined {
  const refused = impossible(draft, event);
  if (refused !== undefined) return refused;
  draft.moveOrder(event);
  for (const { id } of draft.lines.all) draft.moveLine(draft.lines.get(id), event);
  draft.note(note);
  return undefined;
}

/** The lines stay as they are: nothing of them has changed, and nothing of them goes on meanwhile. */
function moveHeader(draft: Draft, event: OrderEvent, note: string): Refusal | undefined {
  const refused = impossible(draft, event);
  if (refused !== undefined) return refused;
  draft.moveOrder(event);
  draft.note(note);
  return undefined;
}

function requestInformation(draft: Draft, note: string): Refusal | undefined {
  const refused = moveHeader(draft, 'informationMissing', `Information is missing: ${note}`);
  if (refused === undefined) draft.effect({ type: 'NotifyOfOrder', news: { kind: 'informationRequired', text: note } });
  return refused;
}

function hold(draft: Draft, note: string): Refusal | undefined {
  const enriching = draft.header.state === 'enrichment_in_progress';
  const refused = moveHeader(draft, enriching ? 'enrichmentHeld' : 'hold', `Order on hold: ${note}`);
  if (refused === undefined && !enriching) draft.setHeader({ heldByHand: true });
  return refused;
}

/** An order that is on hold because nothing in it can go on, goes on by itself once something can. */
function release(draft: Draft, note: string): Refusal | undefined {
  const { state, heldByHand, number: order } = draft.header;
  if (state === 'enrichment_on_hold') return moveHeader(draft, 'enrichmentReleased', `Order goes on: ${note}`);
  if (state === 'on_hold' && heldByHand === undefined) return refusal('orderHeldFromBelow', { order });
  const refused = moveHeader(draft, 'release', `Order goes on: ${note}`);
  if (refused === undefined) draft.dropFromHeader('heldByHand');
  return refused;
}

/** What has been decided about is canceled, or completed; only what has not is deleted. */
function deleteOrder(draft: Draft): Refusal | undefined {
  const { state, number: order } = draft.header;
  if (state !== 'draft' && state !== 'new') return refusal('orderNotDeletable', { order, state });
  draft.effect({ type: 'NotifyOfOrder', news: { kind: 'deleted' } });
  draft.effect({ type: 'RemoveOrder' });
  return undefined;
}

export function impossible(draft: Draft, event: OrderEvent): Refusal | undefined {
  const { state, number: order, previousState } = draft.header;
  if (nextState(customerOrderTable, state, event, previousState) !== undefined) return undefined;
  const possible = customerOrderTable.moves.filter(({ from }) => from.includes(state)).map(({ on }) => on);
  return refusal('notInThisState', { order, state, event, possible: possible.join(', ') || 'nothing' });
}

/** An order, or a line of it, is to end: requested, assessed, approved or declined; and the point from which it cannot. */
import type {
  CancellationCommand,
  DecidedCancellation,
  RequestedCancellation,
} from '../../model/cancellation/inputs.ts';
import type { OrderLine } from '../../model/order.ts';
import { type Refusal, refusal } from '../../model/refusals.ts';
import { mayDo, rolesFor } from '../../model/roles.ts';
import { nextState } from '../../model/state-table.ts';
import { type LineEvent, orderLineTable } from '../../model/state-tables.ts';
import type { Draft } from '../draft.ts';
import { impossible } from '../life/commands.ts';
import { linesOf, topLines } from '../qualification/hierarchy.ts';
import { setPointOfNoReturn } from '../revision/point-of-no-return.ts';
import { putAside, type Scope, takeUpAgain } from './assess.ts';
import { partDue } from './by-hand.ts';
import { carryOut } from './carry-out.ts';
import { addRequest, assessedRequest, moveRequest, overtake, waitFor } from './requests.ts';

/** A refusal, or nothing, and the draft has changed. */
export function commandCancellation(draft: Draft, command: CancellationCommand): Refusal | undefined {
  if (!mayDo(command.type, command.roles)) {
    return refusal('roleMissing', { command: command.type, roles: rolesFor[command.type].join(', ') });
  }
  switch (command.type) {
    case 'CancelOrder':
      return request(draft, command);
    case 'DecideCancellation':
      return decide(draft, command);
    case 'SetPointOfNoReturn':
      return setPointOfNoReturn(draft, command);
  }
}

function request(draft: Draft, { line, note, dueAt }: RequestedCancellation): Refusal | undefined {
  if (note.trim() === '') return refusal('noteMissing', { command: 'A request to cancel' }, '/note');
  const refused = requestRefusal(draft, line);
  if (refused !== undefined) return refused;
  const said = { note, ...(line === undefined ? {} : { line }) };
  if (dueAt === undefined || dueAt <= draft.at) {
    addRequest(draft, 'assessing', said);
    assess(draft, line, note);
    return undefined;
  }
  const { id } = addRequest(draft, 'scheduled', { ...said, dueAt });
  waitFor(draft, id, dueAt);
  draft.note(`Cancellation ${id} requested for later: ${note}`, line);
  return undefined;
}

/** The moment that somebody wanted has come; the order may have ended, or come too far, in the meantime. */
export function cancellationDue(draft: Draft, id: string): void {
  const due = draft.header.cancellations?.find((each) => each.id === id);
  if (due?.state !== 'scheduled') return;
  if (due.part !== undefined) {
    partDue(draft, due, due.part);
    return;
  }
  const refused = requestRefusal(draft, due.line);
  if (refused === undefined) {
    moveRequest(draft, due, 'due');
    assess(draft, due.line, due.note);
  } else {
    overtake(draft, due, refused);
  }
}

const stillDeletable = ['draft', 'new'];

function requestRefusal(draft: Draft, line: string | undefined): Refusal | undefined {
  const { number: order, state, pointOfNoReturn } = draft.header;
  if (stillDeletable.includes(state)) return refusal('deletedNotCanceled', { order, state });
  const assessed = assessedRequest(draft);
  if (assessed !== undefined) return refusal('cancellationUndecided', { order, request: assessed.id });
  const isRevised = line !== undefined && state === 'revision_in_progress';
  if (isRevised) return refusal('revisionUndecided', { order });
  const refused = impossible(draft, 'requestCancellation');
  if (refused !== undefined) return refused;
  if (pointOfNoReturn === true) return refusal('pointOfNoReturnPassed', { order });
  if (line !== undefined) return lineRefusal(draft, line);
  if (draft.lines.all.some(isCancelable)) return undefined;
  const states = [...new Set(draft.lines.all.map((each) => each.state))];
  return refusal('nothingToCancel', { order, states: states.join(', ') || 'none' });
}

/** Questions are about a line at the top and all below it, so they end together. */
function lineRefusal(draft: Draft, id: string): Refusal | undefined {
  const line = draft.lines.find(id);
  const { number: order, fulfillmentType } = draft.header;
  if (line === undefined) return refusal('lineUnknown', { order, line: id, known: known(draft.lines.all) }, '/line');
  if (fulfillmentType === 'Qualify' && line.parent !== undefined) {
    return refusal('topLineUnknown', { order, line: id, known: known(topLines(draft)) }, '/line');
  }
  if (isCancelable(line)) return undefined;
  const { number, state } = line;
  const possible = orderLineTable.moves.filter(({ from }) => from.includes(state)).map(({ on }) => on);
  const event: LineEvent = 'requestCancellation';
  return refusal('lineNotInThisState', {
    line: number,
    state,
    event,
    possible: possible.join(', ') || 'nothing',
  });
}

function known(lines: readonly OrderLine[]): string {
  return lines.map(({ id, number }) => `${number} (${id})`).join(', ');
}

function isCancelable({ state }: OrderLine): boolean {
  return nextState(orderLineTable, state, 'requestCancellation') !== undefined;
}

function assess(draft: Draft, line: string | undefined, note: string): void {
  const { id: orderId, version } = draft.header;
  const meant = (line === undefined ? draft.lines.all : linesOf(draft, line)).filter(isCancelable);
  draft.setHeader({ version: version + 1, revisionOperation: 'Cancel' });
  if (line === undefined) draft.moveOrder('requestCancellation');
  for (const { id } of meant) {
    draft.moveLine(draft.lines.get(id), 'requestCancellation');
    draft.lines.put({ ...draft.lines.get(id), revisionOperation: 'Cancel' });
  }
  putAside(draft, { lines: new Set(meant.map(({ id }) => id)), isWhole: line === undefined }, 'cancellation');
  draft.note(`Cancellation requested: ${note}`, line);
  if (draft.facts.policies.cancellation.approval !== 'automatic') return;
  const decision = { type: 'DecideCancellation', orderId, decision: 'approve' } as const;
  draft.effect({ type: 'SubmitInput', input: decision });
}

function decide(draft: Draft, { decision, note, effectId }: DecidedCancellation): Refusal | undefined {
  const assessed = assessedRequest(draft);
  const { number: order, pointOfNoReturn, softPointOfNoReturn } = draft.header;
  const refused =
    assessed === undefined
      ? refusal('nothingToDecide', { order })
      : decision === 'approve' && pointOfNoReturn === true
        ? refusal('pointOfNoReturnPassed', { order })
        : decision === 'approve' && softPointOfNoReturn === true && (note ?? '').trim() === ''
          ? refusal('penaltyNotAgreed', { order }, '/note')
          : undefined;
  // Somebody has been faster than the policy: there is nothing left for it to decide.
  if (assessed === undefined || refused !== undefined) return effectId === undefined ? refused : undefined;
  const scope: Scope = {
    lines: new Set(draft.lines.all.flatMap(({ id, state }) => (state === 'assessing_cancellation' ? [id] : []))),
    isWhole: assessed.line === undefined,
  };
  const said = note === undefined ? '' : `: ${note}`;
  const decided = { decidedAt: draft.at, ...(note === undefined ? {} : { answer: note }) };
  if (decision === 'approve') {
    moveRequest(draft, assessed, 'approve', decided);
    draft.note(`Cancellation approved${said}`, assessed.line);
    carryOut(draft, scope);
  } else {
    moveRequest(draft, assessed, 'decline', decided);
    draft.note(`Cancellation declined${said}`, assessed.line);
    decline(draft, scope);
  }
  return undefined;
}

function decline(draft: Draft, scope: Scope): void {
  if (scope.isWhole) draft.moveOrder('declineCancellation');
  draft.dropFromHeader('revisionOperation');
  for (const id of scope.lines) {
    draft.moveLine(draft.lines.get(id), 'declineCancellation');
    const { revisionOperation: _declined, ...line } = draft.lines.get(id);
    draft.lines.put(line);
  }
  takeUpAgain(draft, scope, 'cancellation');
}

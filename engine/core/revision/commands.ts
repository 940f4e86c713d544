/** A change in flight: requested, and with that everything is put aside; then approved or declined. */
import type { CapturedLine, CaptureOrder } from '../../model/inputs.ts';
import { type Refusal, refusal } from '../../model/refusals.ts';
import type { DecidedRevision, RequestedRevision, RevisionCommand } from '../../model/revision/inputs.ts';
import type { LineChange, WantedOrder } from '../../model/revision/revision.ts';
import { mayDo, rolesFor } from '../../model/roles.ts';
import { isTerminal, nextState } from '../../model/state-table.ts';
import { orderLineTable } from '../../model/state-tables.ts';
import { putAside, takeUpAgain } from '../cancellation/assess.ts';
import { assessedRequest } from '../cancellation/requests.ts';
import { captureRefusal } from '../capture.ts';
import type { Draft } from '../draft.ts';
import { withSpecifications } from '../inventory/lines.ts';
import { impossible } from '../life/commands.ts';
import { isStillToBegin } from '../life/later.ts';
import { carryOutRevision } from './carry-out.ts';
import { changesOfHeader, changesOfLines } from './changes.ts';
import { addRevision, moveRevision, pendingRevision } from './revisions.ts';
import { linesInForce, revised } from './wanted.ts';

/** A refusal, or nothing, and the draft has changed. */
export function commandRevision(draft: Draft, command: RevisionCommand): Refusal | undefined {
  if (!mayDo(command.type, command.roles)) {
    return refusal('roleMissing', { command: command.type, roles: rolesFor[command.type].join(', ') });
  }
  return command.type === 'ReviseOrder' ? request(draft, command) : decideRevision(draft, command);
}

function request(draft: Draft, command: RequestedRevision): Refusal | undefined {
  const refused = requestRefusal(draft);
  if (refused !== undefined) return refused;
  const outcome = revised(draft, command);
  if (!outcome.ok) return outcome.refusal;
  const { wanted } = outcome;
  const captured = withSpecifications(asCaptured(draft, wanted), draft.facts);
  const wrong = wantedRefusal(draft, captured);
  if (wrong !== undefined) return wrong;
  const changes = changesOfLines(linesInForce(draft), captured.lines);
  const headerChanges = changesOfHeader(draft.header, wanted.header);
  const pending = pendingRevision(draft);
  // What is as it was is no revision, unless it takes back one that waits.
  if (changes.length === 0 && headerChanges.length === 0 && pending === undefined) return undefined;
  if (pending === undefined) interrupt(draft);
  else moveRevision(draft, pending, 'replace', { decidedAt: draft.at });
  draft.setHeader({ version: draft.header.version + 1, revisionOperation: 'Update' });
  const { id } = addRevision(draft, {
    ...(command.note === undefined ? {} : { note: command.note }),
    changes,
    headerChanges,
    wanted: { ...wanted, lines: captured.lines },
  });
  markLines(draft, changes);
  const instead = pending === undefined ? '' : `; it takes the place of ${pending.id}`;
  draft.note(`Revision ${id} requested${said(command.note)}${instead}`);
  if (draft.facts.policies.revision.approval === 'automatic') {
    const decision = { type: 'DecideRevision', orderId: draft.header.id, decision: 'approve' } as const;
    draft.effect({ type: 'SubmitInput', input: decision });
  }
  return undefined;
}

function requestRefusal(draft: Draft): Refusal | undefined {
  const { number: order, pointOfNoReturn, fulfillmentType, state } = draft.header;
  if (fulfillmentType !== 'Deliver') return refusal('questionNotRevisable', { order });
  const assessed = assessedRequest(draft);
  if (assessed !== undefined) return refusal('cancellationUndecided', { order, request: assessed.id });
  const refused = state === 'revision_in_progress' ? undefined : impossible(draft, 'revise');
  if (refused !== undefined) return refused;
  return pointOfNoReturn === true ? refusal('pointOfNoReturnPassed', { order }) : undefined;
}

/** All that is wanted, as if it were ordered only now. */
function asCaptured(draft: Draft, { lines, header }: WantedOrder): CaptureOrder {
  const { id: orderId, category, fulfillmentType, parties, kept } = draft.header;
  return { type: 'CaptureOrder', at: draft.at, orderId, category, fulfillmentType, parties, kept, ...header, lines };
}

function wantedRefusal(draft: Draft, captured: CaptureOrder): Refusal | undefined {
  const { number: order } = draft.header;
  if (captured.lines.length === 0) return refusal('revisionLeavesNothing', { order });
  return captureRefusal(captured, draft.facts) ?? captured.lines.map((line) => underEnded(draft, line)).find(Boolean);
}

/** Nothing new comes below what has ended. */
function underEnded(draft: Draft, { externalId: item, parent, pointer }: CapturedLine): Refusal | undefined {
  const above = draft.lines.all.find(({ externalId }) => externalId === parent);
  const isNew = !draft.lines.all.some(({ externalId }) => externalId === item);
  if (above === undefined || !isNew || !isTerminal(orderLineTable, above.state)) return undefined;
  const { number: line, state } = above;
  return refusal('lineNotInThisState', { line, state, event: 'revise', possible: 'nothing' }, pointer);
}

/** From now on nothing of it goes on, and nothing is sent. */
function interrupt(draft: Draft): void {
  draft.moveOrder('revise');
  const lines = new Set<string>();
  for (const line of draft.lines.all) {
    if (nextState(orderLineTable, line.state, 'revise') === undefined) continue;
    draft.moveLine(line, 'revise');
    lines.add(line.id);
  }
  putAside(draft, { lines, isWhole: true }, 'revision');
}

function markLines(draft: Draft, changes: readonly LineChange[]): void {
  const changed = new Set(changes.map(({ item }) => item));
  for (const { revisionOperation: _before, ...line } of draft.lines.all) {
    if (line.state !== 'revision_in_progress') continue;
    draft.lines.put(changed.has(line.externalId) ? { ...line, revisionOperation: 'Update' } : line);
  }
}

/** @param decision also made by approving the order, which waits for nothing else. */
export function decideRevision(
  draft: Draft,
  { decision, note, effectId }: Pick<DecidedRevision, 'decision' | 'note' | 'effectId'>,
): Refusal | undefined {
  const pending = pendingRevision(draft);
  const refused = decisionRefusal(draft, pending !== undefined, decision, note);
  // By itself it is approved only where nobody has to be asked; then it waits for somebody.
  if (pending === undefined || refused !== undefined) return effectId === undefined ? refused : undefined;
  const { wanted, ...rest } = pending;
  const decided = { decidedAt: draft.at, ...(note === undefined ? {} : { answer: note }) };
  if (decision === 'approve') {
    if (wanted === undefined) throw new Error(`revision ${pending.id} is pending, and wants nothing`);
    moveRevision(draft, rest, 'approve', decided);
    draft.note(`Revision ${pending.id} approved${said(note)}`);
    return carryOutRevision(draft, rest, wanted);
  }
  moveRevision(draft, rest, 'decline', decided);
  draft.note(`Revision ${pending.id} declined${said(note)}`);
  decline(draft);
  return undefined;
}

function decisionRefusal(
  { header: { number: order, pointOfNoReturn, softPointOfNoReturn, state } }: Draft,
  isPending: boolean,
  decision: DecidedRevision['decision'],
  note: string | undefined,
): Refusal | undefined {
  if (!isPending || state !== 'revision_in_progress') return refusal('noRevisionPending', { order });
  if (decision === 'decline') return undefined;
  if (pointOfNoReturn === true) return refusal('pointOfNoReturnPassed', { order });
  const isAgreed = note !== undefined && note.trim() !== '';
  return softPointOfNoReturn === true && !isAgreed ? refusal('penaltyNotAgreed', { order }, '/note') : undefined;
}

function decline(draft: Draft): void {
  draft.moveOrder('declineRevision');
  draft.dropFromHeader('revisionOperation');
  const lines = new Set<string>();
  for (const { revisionOperation: _declined, ...line } of draft.lines.all) {
    if (line.state !== 'revision_in_progress') continue;
    draft.moveLine(line, isStillToBegin(draft) ? 'schedule' : 'declineRevision');
    lines.add(line.id);
  }
  takeUpAgain(draft, { lines, isWhole: true }, 'revision');
}

function said(note: string | undefined): string {
  return note === undefined ? '' : `: ${note}`;
}

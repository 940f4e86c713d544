/** A revision is approved: lines and domain orders become what is wanted, and what was done for what is not is taken back. */
import { externalFulfillmentStates } from '../../model/external-state.ts';
import type { CapturedLine } from '../../model/inputs.ts';
import type { OrderLine } from '../../model/order.ts';
import { type Refusal, refusal } from '../../model/refusals.ts';
import type { LineChange, Revision, WantedOrder } from '../../model/revision/revision.ts';
import { isTerminal } from '../../model/state-table.ts';
import { orderLineTable } from '../../model/state-tables.ts';
import { sendWhatIsDue } from '../cancellation/assess.ts';
import { takeBack } from '../cancellation/carry-out.ts';
import { isUnwanted } from '../cancellation/standing.ts';
import { addLine, lineOf } from '../capture.ts';
import { mostDomainOrders } from '../decompose.ts';
import { mapRevisedValues } from '../decomposition/values.ts';
import type { Draft } from '../draft.ts';
import { obstacleInInventory, obstacleToDomainOrders } from '../inventory/obstacles.ts';
import { givePlaceholders } from '../inventory/placeholders.ts';
import { isStillToBegin, scheduleLines } from '../life/later.ts';
import { questionable } from '../life/questionable.ts';
import { noteUpdates } from '../outbound/updates.ts';
import { layOutAll } from '../tasks/plan.ts';
import { changesOfCharacteristics } from './changes.ts';
import { doAgain, goOnAsRevised } from './go-on.ts';
import { type Redecomposed, redecompose } from './redecompose.ts';

/** @param revision without what it wants, which is `wanted`. A refusal, and the draft is of no use any more. */
export function carryOutRevision(
  draft: Draft,
  { changes, headerChanges }: Pick<Revision, 'changes' | 'headerChanges'>,
  wanted: WantedOrder,
): Refusal | undefined {
  const before = draft.lines.all.filter(({ state }) => state !== 'canceled' && state !== 'cancellation_in_progress');
  draft.moveOrder('approve');
  draft.dropFromHeader('revisionOperation');
  const { kept, ...header } = wanted.header;
  draft.setHeader({ ...header, ...(kept === undefined ? {} : { kept }) });
  const { newLines, dropped } = reviseLines(draft, changes, wanted.lines);
  const goingOn = draft.lines.all.filter(({ state }) => state === 'acknowledged');
  const obstacle = questionable(draft, goingOn) ?? obstacleInInventory(draft, newLines);
  if (obstacle !== undefined) return obstacle;
  const outcome = redecompose(draft, before);
  if (outcome === undefined) return refusal('orderTooLarge', { most: String(mostDomainOrders) });
  const impossible = obstacleToDomainOrders(draft, new Set(outcome.added));
  if (impossible !== undefined) return impossible;
  draft.moveOrder('decomposed');
  if (isStillToBegin(draft)) scheduleLines(draft);
  for (const { id, state } of draft.lines.all)
    if (state === 'acknowledged') draft.moveLine(draft.lines.get(id), 'start');
  takeBack(draft, { domainOrders: outcome.unwanted, lines: dropped, isWhole: false });
  const mapped = withMapped(draft, outcome);
  goOnAsRevised(draft, mapped, { changes, contactChanged: headerChanges.includes('parties') });
  if (draft.header.forecast !== undefined) layOutAll(draft);
  givePlaceholders(draft);
  const known = outdated(draft);
  for (const { requestId } of draft.dispatches.all) noteUpdates(draft, requestId);
  for (const id of outdated(draft)) if (!known.includes(id)) doAgain(draft, id);
  sendWhatIsDue(draft);
  const attributes = changes.length > 0 ? [...headerChanges, 'items'] : headerChanges;
  if (attributes.length > 0) draft.effect({ type: 'NotifyOfOrder', news: { kind: 'attributesChanged', attributes } });
  const { changed, added, unwanted } = outcome;
  draft.note(
    `Decomposed anew: ${changed.size} domain orders changed, ${added.length} new, ${unwanted.length} not wanted any more`,
  );
  return undefined;
}

/** What has changed goes on to others: those have changed as well, and what has come of it is new. */
function withMapped(draft: Draft, outcome: Redecomposed): Redecomposed {
  const before = new Map(draft.domainOrders.all.map(({ id, characteristics }) => [id, characteristics]));
  mapRevisedValues(draft, namesOf(outcome), outcome.added);
  const changed = new Map(outcome.changed);
  const added = [...outcome.added];
  for (const { id, characteristics } of draft.domainOrders.all) {
    const was = before.get(id);
    if (was === undefined) added.push(id);
    if (was === undefined || was === characteristics) continue;
    const { types = [], characteristics: names = [] } = changed.get(id) ?? {};
    const mapped = changesOfCharacteristics(was, characteristics).map(({ name }) => name);
    const all = new Set([...names, ...mapped]);
    changed.set(id, { types: new Set([...types, 'characteristic' as const]), characteristics: [...all] });
  }
  return { ...outcome, changed, added };
}

/** By domain order, the characteristics that have changed. */
function namesOf({ changed }: Redecomposed): Map<string, readonly string[]> {
  return new Map([...changed].map(([id, { characteristics }]) => [id, characteristics]));
}

/** What the outside has fulfilled, and has to be otherwise now; of what is gone, and of lines that have ended, nothing has to be. */
function outdated(draft: Draft): string[] {
  const external = externalFulfillmentStates(draft.outboundRequests.all);
  return draft.domainOrders.all.flatMap((domainOrder) => {
    const { id, line, updatesAvailable } = domainOrder;
    const isOutdated = updatesAvailable === true && external.get(id) === 'fulfilled';
    const isGone = isUnwanted(domainOrder) || domainOrder.state === 'canceled';
    return isOutdated && !isGone && !isTerminal(orderLineTable, draft.lines.get(line).state) ? [id] : [];
  });
}

/** Lines that are new stand with the others; those that are not wanted any more begin to be taken back. */
function reviseLines(
  draft: Draft,
  changes: readonly LineChange[],
  wanted: readonly CapturedLine[],
): { newLines: ReadonlySet<string>; dropped: ReadonlySet<string> } {
  const kindOf = new Map(changes.map(({ item, kind }) => [item, kind]));
  const dropped = new Set<string>();
  for (const { revisionOperation: _over, ...line } of draft.lines.all) {
    if (line.state !== 'revision_in_progress') continue;
    const isDropped = kindOf.get(line.externalId) === 'delete';
    draft.moveLine(line, isDropped ? 'drop' : 'approve');
    if (isDropped) dropped.add(line.id);
  }
  const ids = new Map(draft.lines.all.map(({ id, externalId }) => [externalId, id]));
  for (const { externalId } of wanted) if (!ids.has(externalId)) ids.set(externalId, draft.id());
  const newLines = new Set<string>();
  for (const line of wanted) {
    const kind = kindOf.get(line.externalId);
    const id = ids.get(line.externalId) ?? '';
    if (kind === 'change') draft.lines.put(changedLine(draft, id, line, ids));
    if (kind !== 'add') continue;
    addLine(draft, line, ids);
    draft.moveLine(draft.lines.get(id), 'approve');
    newLines.add(id);
  }
  return { newLines, dropped };
}

/** What was captured of it is another now; what it has become since stays. */
function changedLine(draft: Draft, id: string, captured: CapturedLine, ids: ReadonlyMap<string, string>): OrderLine {
  const { number, state, previousState, pointOfNoReturn, softPointOfNoReturn, qualificationResult, priority } =
    draft.lines.get(id);
  const known = { previousState, pointOfNoReturn, softPointOfNoReturn, qualificationResult, priority };
  const present = Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined));
  return { ...present, ...lineOf(draft, captured, ids), number, state };
}

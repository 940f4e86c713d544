/** A requester says anew what an order is to be, or says something else beside it. */
import type { Facts } from '../../model/facts.ts';
import type { AmendOrder, CapturedLine, CaptureOrder, SaidAnew } from '../../model/inputs.ts';
import { type Json, sameJson } from '../../model/json.ts';
import type { CustomerOrder } from '../../model/order.ts';
import type { Outcome } from '../../model/outcome.ts';
import { type Refusal, refusal } from '../../model/refusals.ts';
import { mayDo, rolesFor } from '../../model/roles.ts';
import { isTerminal } from '../../model/state-table.ts';
import { customerOrderTable } from '../../model/state-tables.ts';
import { addLine, captureRefusal, lineOf } from '../capture.ts';
import { Draft } from '../draft.ts';
import { withSpecifications } from '../inventory/lines.ts';
import { impossible } from '../life/commands.ts';
import { submit } from '../life/enrichment.ts';

export function amendOrder(order: CustomerOrder, input: AmendOrder, facts: Facts): Outcome {
  const refused = roleMissing(input) ?? notAmendable(order, input);
  if (refused !== undefined) return { ok: false, refusal: refused };
  const { lines, ...said } = input.said;
  const captured = lines === undefined ? undefined : withSpecifications(capturedAnew(order, input, lines), facts);
  const wrong = captured === undefined ? undefined : captureRefusal(captured, facts);
  if (wrong !== undefined) return { ok: false, refusal: wrong };

  const draft = new Draft(withSaid(order, said, captured === undefined ? order.lines : []), input.at, facts);
  if (captured !== undefined) putLines(draft, order, captured.lines);
  const changed = changedIn(order, input.said, draft.lines.all);
  draft.note(`Order amended: ${changed.join(', ') || 'nothing'}`);
  if (changed.length > 0)
    draft.effect({ type: 'NotifyOfOrder', news: { kind: 'attributesChanged', attributes: changed } });
  if (input.submit === true) {
    const why = impossible(draft, 'submit');
    if (why !== undefined) return { ok: false, refusal: why };
    submit(draft);
  }
  return draft.finish();
}

function roleMissing({ roles }: AmendOrder): Refusal | undefined {
  if (mayDo('AmendOrder', roles)) return undefined;
  return refusal('roleMissing', { command: 'AmendOrder', roles: rolesFor.AmendOrder.join(', ') });
}

function notAmendable(order: CustomerOrder, { basedOn, said }: AmendOrder): Refusal | undefined {
  const { number, state, fulfillmentType } = order;
  if (fulfillmentType !== 'Deliver') return refusal('questionNotRevisable', { order: number });
  if (basedOn !== order.entries) return refusal('orderGoneOn', { order: number });
  if (state === 'draft' || state === 'new') return droppedWithTasks(order, said);
  if (isTerminal(customerOrderTable, state)) return refusal('orderOver', { order: number, state });
  return said.lines !== undefined || !isSame(order.parties, said.parties)
    ? refusal('orderPastAmending', { order: number, state })
    : undefined;
}

/** Whoever is at work for a line would be left without what the work is about. */
function droppedWithTasks({ lines, tasks, number }: CustomerOrder, said: SaidAnew): Refusal | undefined {
  if (said.lines === undefined) return undefined;
  const stays = new Set(said.lines.map(({ externalId }) => externalId));
  const gone = lines.filter(({ externalId }) => !stays.has(externalId));
  for (const { id, externalId: item } of gone) {
    const task = tasks.find(({ about }) => 'line' in about && about.line === id);
    if (task !== undefined) return refusal('lineHasTasks', { order: number, item, task: task.number });
  }
  return undefined;
}

function capturedAnew(
  order: CustomerOrder,
  { at, orderId, said }: AmendOrder,
  lines: readonly CapturedLine[],
): CaptureOrder {
  const { category, fulfillmentType } = order;
  return { type: 'CaptureOrder', at, orderId, category, fulfillmentType, ...said, lines };
}

function withSaid(order: CustomerOrder, said: Omit<SaidAnew, 'lines'>, lines: CustomerOrder['lines']): CustomerOrder {
  const {
    externalId: _externalId,
    description: _description,
    priority: _priority,
    requestedStartAt: _start,
    requestedCompletionAt: _completion,
    ...stays
  } = order;
  return { ...stays, ...said, lines };
}

/** In the order in which they are said. Those that were there keep their ids, numbers and urgency. */
function putLines(draft: Draft, order: CustomerOrder, lines: readonly CapturedLine[]): void {
  const known = new Map(order.lines.map((line) => [line.externalId, line]));
  const ids = new Map(lines.map(({ externalId }) => [externalId, known.get(externalId)?.id ?? draft.id()]));
  for (const line of lines) {
    const before = known.get(line.externalId);
    if (before === undefined) {
      addLine(draft, line, ids);
      continue;
    }
    const { number, state } = before;
    const priority = line.priority ?? before.priority;
    draft.lines.put({ ...lineOf(draft, line, ids), number, state, ...(priority === undefined ? {} : { priority }) });
  }
}

/** Names of attributes as they came, and `items`. */
function changedIn(order: CustomerOrder, { kept }: SaidAnew, lines: CustomerOrder['lines']): string[] {
  const names = [...new Set([...Object.keys(order.kept), ...Object.keys(kept)])];
  const changed = names.filter((name) => !sameJson(order.kept[name], kept[name]));
  return isSame(lines, order.lines) ? changed : [...changed, 'items'];
}

function isSame(one: unknown, other: unknown): boolean {
  return one === other || sameJson(one as Json, other as Json); // as all that belongs to an order
}

/** From here on nothing of an order is changed or canceled any more, or only at a cost. */
import type { PointOfNoReturn } from '../../model/cancellation/inputs.ts';
import { type Refusal, refusal } from '../../model/refusals.ts';
import type { Draft } from '../draft.ts';

const fulfilling = ['in_progress', 'awaiting_information', 'on_hold', 'assessing_cancellation', 'revision_in_progress'];

/** Set by hand. */
export function setPointOfNoReturn(draft: Draft, { line, kind = 'hard' }: PointOfNoReturn): Refusal | undefined {
  const { number: order, state } = draft.header;
  if (line !== undefined && draft.lines.find(line) === undefined) {
    const known = draft.lines.all.map(({ id, number }) => `${number} (${id})`).join(', ');
    return refusal('lineUnknown', { order, line, known }, '/line');
  }
  if (!fulfilling.includes(state)) {
    const possible = 'nothing of this kind';
    return refusal('notInThisState', { order, state, event: 'passing the point of no return', possible });
  }
  pass(draft, kind, line);
  return undefined;
}

/** Set by the end of a task whose plan says so. */
export function passPointsOfNoReturn(draft: Draft): void {
  for (const { state, pointOfNoReturn, about } of draft.tasks.all) {
    if (pointOfNoReturn === undefined || state !== 'closed_complete' || about.kind !== 'domainOrder') continue;
    pass(draft, pointOfNoReturn, draft.domainOrders.get(about.domainOrder).line);
  }
}

/** One line that has come so far freezes the order, and with it all others. */
function pass(draft: Draft, kind: 'hard' | 'soft', line: string | undefined): void {
  const { pointOfNoReturn, softPointOfNoReturn } = draft.header;
  if (pointOfNoReturn === true || (kind === 'soft' && softPointOfNoReturn === true)) return;
  const mark = kind === 'hard' ? ({ pointOfNoReturn: true } as const) : ({ softPointOfNoReturn: true } as const);
  draft.setHeader(mark);
  for (const each of draft.lines.all) draft.lines.put({ ...each, ...mark });
  draft.note(
    kind === 'hard'
      ? 'The point of no return is passed: nothing of the order can be changed or canceled any more'
      : 'From here on it costs something to change or to cancel the order: whoever approves that has to say why',
    line,
  );
}

/** Orders that are to start on a later day: approved and decomposed at once, so that all is known, and begun when it comes. */
import type { Draft } from '../draft.ts';

/** A day that has come already means at once. What is only asked is asked at once, too. */
export function startsLater({ at, header }: Draft): boolean {
  const { requestedStartAt, startedAt, fulfillmentType } = header;
  if (startedAt !== undefined) return false;
  return fulfillmentType === 'Deliver' && requestedStartAt !== undefined && requestedStartAt > at;
}

/** Approved and decomposed, all of it waits for the day. */
export function schedule(draft: Draft): void {
  scheduleLines(draft);
  for (const { id } of draft.domainOrders.all) draft.moveDomainOrder(draft.domainOrders.get(id), ['schedule']);
}

/** Also after a revision, which may want another day; one that has come already begins at once. */
export function scheduleLines(draft: Draft): void {
  for (const { id, state } of draft.lines.all) {
    if (state === 'acknowledged') draft.moveLine(draft.lines.get(id), 'schedule');
  }
  const { requestedStartAt: due } = draft.header;
  if (due === undefined || due <= draft.at) return;
  draft.effect({ type: 'SetTimer', name: 'orderStart', due, timer: { kind: 'orderStart' } });
}

/** It waits for its day, and nothing of it goes out before. */
export function isStillToBegin({ header: { state, startedAt } }: Draft): boolean {
  return state === 'in_progress' && startedAt === undefined;
}

/** An order that is held on its day begins when it goes on; so does a line of which it was not decided whether it ends. */
export function beginIfDue(draft: Draft): void {
  const { requestedStartAt = draft.at } = draft.header;
  if (isStillToBegin(draft) && requestedStartAt <= draft.at) {
    draft.setHeader({ startedAt: draft.at });
    draft.note('The day that it was to start on has come');
  }
  if (draft.header.startedAt === undefined) return;
  for (const { id, state } of draft.lines.all) {
    if (state === 'scheduled') draft.moveLine(draft.lines.get(id), 'start');
  }
}

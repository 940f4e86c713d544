/** The revisions that an order keeps: requested, and decided about. */
import type { Revision } from '../../model/revision/revision.ts';
import { type RevisionEvent, revisionTable } from '../../model/revision/revision-table.ts';
import { nextState } from '../../model/state-table.ts';
import type { Draft } from '../draft.ts';

/** At most one, and it is the last that was requested. */
export function pendingRevision({ header: { revisions = [] } }: Draft): Revision | undefined {
  const last = revisions.at(-1);
  return last?.state === 'pending' ? last : undefined;
}

export function addRevision(
  draft: Draft,
  given: Pick<Revision, 'note' | 'changes' | 'headerChanges' | 'wanted'>,
): Revision {
  const { id: order, version, revisions = [] } = draft.header;
  const id = `${order}-r${revisions.length + 1}`;
  const revision: Revision = { ...given, id, state: 'pending', version, requestedAt: draft.at };
  draft.setHeader({ revisions: [...revisions, revision] });
  draft.born('revision', id, id, 'pending');
  return revision;
}

/** What was wanted is kept only as long as it waits: from then on the order says it, or nobody does. */
export function moveRevision(
  draft: Draft,
  { wanted: _over, ...revision }: Revision,
  event: RevisionEvent,
  changes: Pick<Revision, 'decidedAt' | 'answer'>,
): void {
  const { id, state: from } = revision;
  const to = nextState(revisionTable, from, event);
  if (to === undefined) throw new Error(`revision ${id} is ${from}, and its table has no move on "${event}"`);
  const { revisions = [] } = draft.header;
  const moved: Revision = { ...revision, ...changes, state: to };
  draft.setHeader({ revisions: revisions.map((each) => (each.id === id ? moved : each)) });
  draft.told({ thing: 'revision', id, number: id, event, from, to });
}

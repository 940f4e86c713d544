/** Requests to inventory systems go from state to state. */
import { type QualificationRequestEvent, qualificationRequestTable } from '../../model/qualification/request-table.ts';
import type { QualificationRequest } from '../../model/qualification/result.ts';
import { nextState } from '../../model/state-table.ts';
import type { Draft } from '../draft.ts';

/** False when the table has no such move. Moving to the state it is in changes the record and not the story. */
export function moveQualificationRequest(
  draft: Draft,
  request: QualificationRequest,
  event: QualificationRequestEvent,
  changes: Partial<QualificationRequest> = {},
): boolean {
  const { id, state: from } = request;
  const to = nextState(qualificationRequestTable, from, event);
  if (to === undefined) return false;
  draft.qualificationRequests.put({ ...request, ...changes, state: to });
  if (to !== from) draft.told({ thing: 'qualificationRequest', id, number: id, event, from, to });
  return true;
}

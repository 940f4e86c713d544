/** What is decided about an order as a whole. */
import type { Note, PrioritySet } from '../../../contracts/schemas/southbound-api.generated.ts';
import type { Route } from '../answers.ts';
import type { OperationParts } from '../operations.ts';
import { commandRoute } from './commanding.ts';

export function orderCommandRoutes(parts: OperationParts): Route[] {
  const noted = (
    path: string,
    type: 'RejectOrder' | 'ReopenOrder' | 'HoldOrder' | 'ReleaseOrder' | 'RequestInformation' | 'TakeInformation',
  ) => commandRoute<Note>(parts, path, 'Note', ({ note }) => ({ type, note }));
  return [
    commandRoute<object>(parts, '/submit', 'Nothing', () => ({ type: 'SubmitOrder' })),
    commandRoute<object>(parts, '/recalculatePriority', 'Nothing', () => ({ type: 'RecalculatePriority' })),
    commandRoute<PrioritySet>(parts, '/priority', 'PrioritySet', ({ about, level }) => ({
      type: 'SetPriority',
      about,
      ...(level === undefined ? {} : { level }),
    })),
    noted('/reject', 'RejectOrder'),
    noted('/reopen', 'ReopenOrder'),
    noted('/hold', 'HoldOrder'),
    noted('/release', 'ReleaseOrder'),
    noted('/requestInformation', 'RequestInformation'),
    noted('/takeInformation', 'TakeInformation'),
  ];
}

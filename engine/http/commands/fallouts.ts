/** What is done about fallouts. */
import type { FalloutNoticed, Note, TaskAssignment } from '../../../contracts/schemas/southbound-api.generated.ts';
import type { FalloutCommandKind } from '../../model/fallout/inputs.ts';
import type { Route } from '../answers.ts';
import type { OperationParts } from '../operations.ts';
import { commandRoute } from './commanding.ts';

type Noted = Extract<FalloutCommandKind, { note: string }>['type'];

export function falloutCommandRoutes(parts: OperationParts): Route[] {
  const one = '/fallout/{fallout}';
  const noted = (path: string, type: Noted) =>
    commandRoute<Note>(parts, `${one}${path}`, 'Note', ({ note }, { fallout = '' }) => ({ type, fallout, note }));
  return [
    commandRoute<FalloutNoticed>(parts, '/task/{task}/fallout', 'FalloutNoticed', (body, { task = '' }) => ({
      type: 'CreateFallout',
      task,
      falloutType: body.type,
      description: body.description,
    })),
    commandRoute<TaskAssignment>(parts, `${one}/assign`, 'TaskAssignment', ({ assignedTo }, { fallout = '' }) => ({
      type: 'AssignFallout',
      fallout,
      assignedTo,
    })),
    commandRoute<object>(parts, `${one}/retry`, 'Nothing', (_body, { fallout = '' }) => ({
      type: 'RetryFallout',
      fallout,
    })),
    noted('/hold', 'HoldFallout'),
    noted('/release', 'ReleaseFallout'),
    noted('/requestInformation', 'RequestFalloutInformation'),
    noted('/takeInformation', 'TakeFalloutInformation'),
    noted('/mend', 'MendFallout'),
    noted('/verify', 'VerifyFallout'),
    noted('/reopen', 'ReopenFallout'),
    noted('/cancel', 'CancelFallout'),
  ];
}

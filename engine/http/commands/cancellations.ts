/** An order, or a line of it, is to end: what operators request and decide. */
import type {
  CancellationDecision,
  CancellationRequested,
  PointOfNoReturn,
} from '../../../contracts/schemas/southbound-api.generated.ts';
import { instantOfText } from '../../../contracts/schemas/text.ts';
import type { RequestedCancellation } from '../../model/cancellation/inputs.ts';
import type { Route } from '../answers.ts';
import type { OperationParts } from '../operations.ts';
import { commandRoute } from './commanding.ts';

export function cancellationCommandRoutes(parts: OperationParts): Route[] {
  return [
    commandRoute<CancellationRequested>(parts, '/cancel', 'CancellationRequested', requested),
    commandRoute<CancellationDecision>(parts, '/decideCancellation', 'CancellationDecision', ({ decision, note }) => ({
      type: 'DecideCancellation',
      decision,
      ...(note === undefined ? {} : { note }),
    })),
    commandRoute<PointOfNoReturn>(parts, '/pointOfNoReturn', 'PointOfNoReturn', ({ line, kind }) => ({
      type: 'SetPointOfNoReturn',
      ...(kind === undefined ? {} : { kind }),
      ...(line === undefined ? {} : { line }),
    })),
  ];
}

/** Without a moment, or with one that is no moment: at once. */
function requested({ note, line, at }: CancellationRequested): RequestedCancellation {
  const dueAt = at === undefined ? undefined : instantOfText(at);
  return {
    type: 'CancelOrder',
    note,
    ...(line === undefined ? {} : { line }),
    ...(dueAt === undefined ? {} : { dueAt }),
  };
}

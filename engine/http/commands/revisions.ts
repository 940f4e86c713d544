/** Something else is wanted of an order in flight: what operators request and decide. */
import type { RevisionDecision, RevisionRequested } from '../../../contracts/schemas/southbound-api.generated.ts';
import type { Json } from '../../model/json.ts';
import type { Place } from '../../model/order.ts';
import type { LineRevision } from '../../model/revision/inputs.ts';
import type { Route } from '../answers.ts';
import type { OperationParts } from '../operations.ts';
import { commandRoute } from './commanding.ts';

export function revisionCommandRoutes(parts: OperationParts): Route[] {
  return [
    commandRoute<RevisionRequested>(parts, '/revise', 'RevisionRequested', ({ note, items }) => ({
      type: 'ReviseOrder',
      lines: items.map(lineRevision),
      header: {},
      ...(note === undefined ? {} : { note }),
    })),
    commandRoute<RevisionDecision>(parts, '/decideRevision', 'RevisionDecision', ({ decision, note }) => ({
      type: 'DecideRevision',
      decision,
      ...(note === undefined ? {} : { note }),
    })),
  ];
}

function lineRevision(said: RevisionRequested['items'][number], index: number): LineRevision {
  const { item, drop, quantity, offering, specification, place, characteristics } = said;
  const pointer = `/items/${index}`;
  if (drop === true) return { kind: 'drop', item, pointer };
  return {
    kind: 'change',
    item,
    pointer,
    ...(quantity === undefined ? {} : { quantity }),
    ...(offering === undefined ? {} : { offering }),
    ...(specification === undefined ? {} : { specification }),
    ...(place === undefined ? {} : { place: placeOf(place) }),
    ...(characteristics === undefined
      ? {}
      : { characteristics: characteristics.map(({ name, value }) => ({ name, value: value as Json })) }), // a JSON body
  };
}

function placeOf({ id, role, name, country }: NonNullable<RevisionRequested['items'][number]['place']>): Place {
  return { id, role, ...(name === undefined ? {} : { name }), ...(country === undefined ? {} : { country }) };
}

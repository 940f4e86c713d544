/** What TMF622 v4.0, TMF641 v4.1 and TMF652 v4.0 show of an order as a whole, before what each has of its own. */
import { inOnePiece, textOfInstant } from '../../../contracts/schemas/text.ts';
import type { JsonObject } from '../../model/json.ts';
import type { CustomerOrder } from '../../model/order.ts';
import { expectedCompletion } from '../forecast-view.ts';
import { tmfStateOf } from '../state-names.ts';
import { headerAsOrdered } from './as-ordered.ts';
import { shownDraft } from './draft.ts';

interface Shown {
  readonly id: string;
  readonly href: string;
  readonly state: (typeof tmfStateOf)[keyof typeof tmfStateOf];
  readonly orderDate: string;
  readonly startDate?: string;
  readonly completionDate?: string;
  readonly expectedCompletionDate?: string;
}

/**
 * @param kept in the words of the API.
 * @param collection the whole address of its orders.
 */
export function shownHeader(
  order: CustomerOrder,
  {
    kept,
    collection,
    hasStart,
  }: { readonly kept: JsonObject; readonly collection: string; readonly hasStart: boolean },
): Shown {
  const { id, state, orderedAt, startedAt, completedAt } = order;
  return {
    ...headerAsOrdered(kept, order),
    ...shownDraft(order),
    id,
    href: inOnePiece(collection, '/', id),
    state: tmfStateOf[state],
    orderDate: textOfInstant(orderedAt),
    ...(hasStart && startedAt !== undefined ? { startDate: textOfInstant(startedAt) } : {}),
    ...(completedAt === undefined ? {} : { completionDate: textOfInstant(completedAt) }),
    ...expectedCompletion(order),
  };
}

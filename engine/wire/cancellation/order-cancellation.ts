/** What an order itself says of its cancellation, northbound. */
import { textOfInstant } from '../../../contracts/schemas/text.ts';
import type { CustomerOrder } from '../../model/order.ts';

/** Where nobody says why. */
export const noReason = 'No reason was given';

/** Of an order that was canceled as a whole: when, and why. */
export function cancellationOf({ state, cancellations = [] }: CustomerOrder): {
  cancellationDate?: string;
  cancellationReason?: string;
} {
  const last =
    state === 'canceled'
      ? cancellations.findLast((each) => each.state === 'done' && each.part === undefined)
      : undefined;
  if (last?.endedAt === undefined) return {};
  const reason = last.note === noReason ? {} : { cancellationReason: last.note };
  return { cancellationDate: textOfInstant(last.endedAt), ...reason };
}

/** What is listed of an order: what each API shows of it, without showing it. */
import { comparedAs } from '../../../contracts/profile/tmf630.ts';
import type { Listed } from '../../model/listing/listed.ts';
import type { CustomerOrder } from '../../model/order.ts';
import { tmfStateOf } from '../state-names.ts';
import { headerAsOrdered } from './as-ordered.ts';
import { orderInV4 } from './v5/words.ts';

export function listedOrder(order: CustomerOrder): Listed {
  const { id, category, state, orderedAt, completedAt, startedAt } = order;
  const isProduct = category === 'Product';
  const header = headerAsOrdered(order.wording === undefined ? order.kept : orderInV4(order.kept), order);
  return {
    ...listedText('id', id),
    state: tmfStateOf[state],
    ...(isProduct ? { stateInV5: state === 'draft' ? 'draft' : tmfStateOf[state] } : {}),
    orderDate: orderedAt,
    ...(completedAt === undefined ? {} : { completionDate: completedAt }),
    ...(isProduct || startedAt === undefined ? {} : { startDate: startedAt }),
    ...listedText('externalId', header.externalId),
    ...listedText('requestedStartDate', header.requestedStartDate),
    ...listedText('requestedCompletionDate', header.requestedCompletionDate),
  };
}

/** @param value nothing but a text is compared. */
export function listedText(attribute: string, value: unknown): Listed {
  return typeof value === 'string' ? { [attribute]: comparedAs(value) } : {};
}

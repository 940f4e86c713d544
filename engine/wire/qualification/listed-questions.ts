/** What lists of TMF645 questions are asked by and need not render a question for: attributes as they are rendered. */
import type { Listed } from '../../model/listing/listed.ts';
import type { CustomerOrder } from '../../model/order.ts';
import { given, type ListedKinds } from '../north/listed-orders.ts';
import { taskStateOf } from './question-task.ts';

/** When it was asked, as each kind of question calls it. */
export type AskedAt = 'checkServiceQualificationDate' | 'queryServiceQualificationDate';

export function listedInQuestions(askedAt: AskedAt): ListedKinds {
  return { id: 'given', state: 'given', externalId: 'given', expectedQualificationDate: 'given', [askedAt]: 'written' };
}

export function listedQuestion(order: CustomerOrder, askedAt: AskedAt): Listed {
  const { id, kept, orderedAt } = order;
  return {
    ...given('id', id),
    state: taskStateOf(order),
    [askedAt]: orderedAt,
    ...given('externalId', kept.externalId),
    ...given('expectedQualificationDate', kept.expectedQualificationDate),
  };
}

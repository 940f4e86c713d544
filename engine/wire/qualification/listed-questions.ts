/** What lists of TMF645 questions are asked by and need not render a question for: attributes as they are rendered. */
import type { Listed } from '../../model/listing/listed.ts';
import type { CustomerOrder } from '../../model/order.ts';
import { given, type ListedKinds, written } from '../north/listed-kinds.ts';
import { listedText } from '../north/listed-orders.ts';
import { taskStateOf } from './question-task.ts';

/** When it was asked, as each kind of question calls it. */
export type AskedAt = 'checkServiceQualificationDate' | 'queryServiceQualificationDate';

const texts = ['id', 'state', 'externalId', 'expectedQualificationDate'];

export function listedInQuestions(askedAt: AskedAt): ListedKinds {
  return {
    ...Object.fromEntries(texts.map((name) => [name, given(name)])),
    [askedAt]: written(askedAt),
  };
}

export function listedQuestion(order: CustomerOrder, askedAt: AskedAt): Listed {
  const { id, kept, orderedAt } = order;
  return {
    ...listedText('id', id),
    state: taskStateOf(order),
    [askedAt]: orderedAt,
    ...listedText('externalId', kept.externalId),
    ...listedText('expectedQualificationDate', kept.expectedQualificationDate),
  };
}

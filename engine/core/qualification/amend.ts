/** What is said beside a question changes: its name, its description, who is concerned. What is asked stays as it is. */
import type { Facts } from '../../model/facts.ts';
import type { CustomerOrder } from '../../model/order.ts';
import type { Outcome } from '../../model/outcome.ts';
import type { AmendQuestion } from '../../model/qualification/inputs.ts';
import { refusal } from '../../model/refusals.ts';
import { Draft } from '../draft.ts';

/** In any state: it changes nothing of what is found. */
export function amendQuestion(order: CustomerOrder, input: AmendQuestion, facts: Facts): Outcome {
  if (order.fulfillmentType !== 'Qualify') {
    return { ok: false, refusal: refusal('orderAsksNothing', { order: order.number }) };
  }
  const { externalId: _externalId, description: _description, ...others } = order;
  const { type: _type, at, orderId: _orderId, ...said } = input;
  return new Draft({ ...others, ...said }, at, facts).finish();
}

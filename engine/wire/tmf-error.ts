/** Every refusal, as a TMF630 error body. */
import { type ErrorAnswer, errorAnswer } from '../../contracts/schemas/tmf-error.ts';
import { type Refusal, type RefusalKind, refusalCatalogue, refusalRemedy, refusalText } from '../model/refusals.ts';

export function errorOfRefusal(refused: Refusal): ErrorAnswer {
  const { httpStatus, tmfCode, reason, published }: RefusalKind = refusalCatalogue[refused.code];
  const text = refusalText(refused);
  const message = published ? text : `${text}. ${refusalRemedy(refused)}`;
  const details = refused.pointer === undefined ? [] : [{ message: text, datapath: refused.pointer }];
  return errorAnswer(httpStatus, tmfCode, reason, message, details);
}

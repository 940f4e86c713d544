/** Messages on a check as they should not be: wrong ids, wrong words, other text; declared invalid where a contract can see it. */
import { jsonBody, receivedBody } from '../../../exchange/message.ts';
import { declared } from '../../distortion.ts';
import type { Distorted } from '../telling.ts';
import type { Wrong } from './behaviour.ts';

type Json = { [name: string]: unknown };

/** `undefined` when nothing is to be wrong. */
export function distortedBy(wrong: Wrong | undefined): Distorted | undefined {
  if (wrong === undefined) return undefined;
  return (body, url) => {
    if (wrong.text !== undefined) return declared(receivedBody(wrong.text), url);
    const message = structuredClone(body) as Json; // an object, and now one of our own
    const event = message.event as Json | undefined; // events have one, the callback does not
    const check = (event === undefined ? message : event.checkServiceQualification) as Json; // as `checkShown` writes it
    const items = check.serviceQualificationItem as Json[]; // of objects, in both
    if (wrong.item !== undefined && items[0] !== undefined) items[0].id = wrong.item;
    if (wrong.result !== undefined) for (const item of items) item.qualificationResult = wrong.result;
    if (wrong.check !== undefined && event !== undefined) check.id = wrong.check;
    return declared(jsonBody(message), url);
  };
}

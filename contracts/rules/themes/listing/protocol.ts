/** Rules on what is not there: unknown ids, methods, media types. */
import type { Capability } from '../../../records/capabilities.ts';
import { breach, kept, type Observation, type Rule } from '../../rule.ts';
import { objectsOf } from '../../view/json.ts';
import { isOffered } from '../../view/offers.ts';
import { answerHeader, isRefused, isSuccess, type Seen } from '../../view/seen.ts';
import type { View } from '../../view/view.ts';

/** What each step needs the vendor to offer. */
const neededFor: { readonly [step: string]: Capability } = { patch: 'patch', task: 'cancel', subscription: 'hub' };

export const unknownId: Rule = {
  id: 'unknown-id',
  level: 'MUST',
  title: 'What does not exist is answered 404.',
  clause: 'TMF630 status codes: 404 for a resource that is not there',
  remedy: 'Answer 404 with an Error body for every unknown id.',
  *check(view) {
    for (const seen of view.steps('unknown')) {
      const step = seen.exchange.aim?.step ?? '';
      const needed = neededFor[step];
      if (seen.status === undefined || (needed !== undefined && !isOffered(view.offers[needed]))) continue;
      if (seen.status === 404 || seen.status === 410) yield kept;
      else {
        const valueClass = isSuccess(seen) ? 'found' : `${seen.status}`;
        yield breach({
          path: `${seen.place} (unknown)`,
          valueClass,
          message: `${seen.place} of an unknown id was answered ${seen.status}`,
          evidence: [seen],
        });
      }
    }
  },
};

export const methodNotAllowed: Rule = {
  id: 'method-not-allowed',
  level: 'SHOULD',
  disturbs: true,
  title: 'A method that an address does not have is answered 405 with Allow.',
  clause: 'TMF630 status codes: 405; RFC 9110, 15.5.6: Allow',
  remedy: 'Answer 405 and list in Allow what is possible.',
  *check(view) {
    for (const seen of view.steps('methods')) {
      const { aim } = seen.exchange;
      if (aim?.wrong === undefined || seen.status === undefined) continue;
      const path = `${seen.exchange.request.method} ${aim.step === 'put' ? '/serviceOrder/{id}' : '/serviceOrder'}`;
      const hasAllow = answerHeader(seen, 'allow') !== undefined;
      if ((seen.status === 405 && hasAllow) || seen.status === 501) yield kept;
      else {
        const what = seen.status === 405 ? '405 without Allow' : String(seen.status);
        const valueClass = isSuccess(seen) ? 'accepted' : what;
        yield breach({ path, valueClass, message: `${path} was answered ${what}`, evidence: [seen] });
      }
    }
  },
};

export const unsupportedMediaType: Rule = {
  id: 'unsupported-media-type',
  level: 'SHOULD',
  title: 'A body that is not JSON by its media type is refused.',
  clause: 'TMF641 v4.1, consumes application/json;charset=utf-8; TMF630: 415',
  remedy: 'Answer 415 before the body is read.',
  *check(view) {
    for (const seen of view.steps('media')) {
      const { aim } = seen.exchange;
      if (aim?.step === 'left') yield* leftBehind(seen, view);
      if (aim?.wrong === undefined || seen.status === undefined) continue;
      if (isRefused(seen)) yield kept;
      else {
        const type = seen.exchange.request.headers['content-type'];
        yield breach({
          path: `POST /serviceOrder (${type})`,
          valueClass: isSuccess(seen) ? 'accepted' : '5xx',
          message: `an order of type ${type} was answered ${seen.status}`,
          evidence: [seen],
        });
      }
    }
  },
};

/** An order that came of a body that was refused. */
function* leftBehind(look: Seen, view: View): Iterable<Observation> {
  const [refused] = view.step('media', 'text').filter(isRefused);
  const externalId = look.query.externalId?.[0];
  const found = objectsOf(look.got).find((order) => order.externalId === externalId);
  if (refused === undefined || found === undefined) return;
  const message = `an order of type text/plain was answered ${refused.status}, and made all the same`;
  yield breach({
    path: 'POST /serviceOrder (text/plain)',
    valueClass: 'made all the same',
    message,
    evidence: [refused, look],
  });
}

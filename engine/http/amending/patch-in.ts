/** What a PATCH request carries, whatever it is about: a merge patch or a JSON patch. */
import { errorAnswer, errorOfStatus } from '../../../contracts/schemas/tmf-error.ts';
import type { HttpResponse } from '../../../exchange/message.ts';
import type { RoutedRequest } from '../../../exchange/router.ts';
import type { Json } from '../../model/json.ts';
import type { PatchKind } from '../../wire/north/patch/patching.ts';
import { errorResponse } from '../answers.ts';

export interface PatchSaid {
  readonly kind: PatchKind;
  readonly body: Json;
}

/** The published files have plain JSON, which means a merge patch. */
const kinds: { readonly [mediaType: string]: PatchKind } = {
  'application/json': 'merge',
  'application/merge-patch+json': 'merge',
  'application/json-patch+json': 'json',
};

/** Or why it is none. */
export function patchIn({ headers, body }: RoutedRequest): PatchSaid | HttpResponse {
  const mediaType = (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  const accepted = Object.keys(kinds).join(', ');
  if (body === undefined) return errorResponse(errorAnswer(400, '21', 'Missing body', 'Send what is to change'));
  const kind = Object.hasOwn(kinds, mediaType) ? kinds[mediaType] : undefined;
  if (kind === undefined)
    return errorResponse(errorOfStatus(415, `Send one of ${accepted}; this is "${mediaType}"`), {
      'accept-patch': accepted,
    });
  return { kind, body: body.json as Json }; // JSON: the router has seen to it
}

/** What a PATCH may do: merge patches (RFC 7396) only, and only to attributes that are the requester's to change. */
import { checkOf } from '../../contracts/profile/contract.ts';
import { type Finding, shown } from '../../contracts/schemas/finding.ts';
import { errorAnswer, errorOfFindings } from '../../contracts/schemas/tmf-error.ts';
import type { Answer } from '../../exchange/endpoint.ts';
import type { RoutedRequest } from '../../exchange/router.ts';
import { refusal } from '../answers.ts';
import type { InventoryApi } from './telling.ts';

export type Patch = { readonly [attribute: string]: unknown };

export type ReadPatch = { readonly ok: true; readonly patch: Patch } | { readonly ok: false; readonly refusal: Answer };

/** @param fixed by attribute: why it cannot be patched. */
export function readPatch(
  { headers, body }: RoutedRequest,
  api: InventoryApi,
  definition: string,
  fixed: { readonly [attribute: string]: string } = {},
): ReadPatch {
  const mediaType = headers['content-type'] ?? '';
  if (/json-patch/i.test(mediaType)) {
    const message = `Send application/json or application/merge-patch+json; this is "${mediaType}"`;
    return refused(errorAnswer(415, '22', 'Unsupported media type', message));
  }
  if (body === undefined) return refused(errorAnswer(400, '21', 'Missing body', `Send a ${definition}`));
  const findings = checkOf(api, 'conformance', definition)(body.json);
  if (findings.length > 0) return refused(errorOfFindings(findings));
  const patch = body.json as Patch; // an object, as just checked
  const forbidden = Object.entries(patch).flatMap(([attribute, value]): Finding[] => {
    const why = Object.hasOwn(fixed, attribute) ? fixed[attribute] : undefined;
    if (why === undefined) return [];
    return [{ pointer: `/${attribute}`, rule: 'not-patchable', expected: `nothing: ${why}`, got: shown(value) }];
  });
  return forbidden.length > 0 ? refused(errorOfFindings(forbidden)) : { ok: true, patch };
}

function refused(error: Parameters<typeof refusal>[0]): ReadPatch {
  return { ok: false, refusal: refusal(error) };
}

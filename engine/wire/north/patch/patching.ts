/** Carries out a patch on what an API shows, of either kind, before anybody judges what came of it. */
import type { Finding } from '../../../../contracts/schemas/finding.ts';
import type { Json, JsonObject } from '../../../model/json.ts';
import { type Refusal, refusal } from '../../../model/refusals.ts';
import { jsonPatchedOrder } from './json-patch.ts';
import { mergePatchedOrder } from './merge-patch.ts';
import type { Patched } from './patched.ts';

export type PatchKind = 'merge' | 'json';

export interface Patch {
  readonly kind: PatchKind;
  readonly body: Json;
}

export type Made = Extract<Patched, { ok: true }>;

/** What cannot be carried out; that of the caller has more kinds. */
export type Unmade =
  | { readonly kind: 'invalid'; readonly findings: readonly Finding[] }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** @param list the attribute with the items. */
export function patched(shown: JsonObject, { kind, body }: Patch, list: string): Made | Unmade {
  const outcome = kind === 'json' ? jsonPatchedOrder(shown, body) : mergePatchedOrder(shown, body, list);
  if (outcome.ok) return outcome;
  if ('operation' in outcome) {
    const { operation, why } = outcome;
    const values = { operation: String(operation), why };
    return { kind: 'refused', refusal: refusal('patchUnreadable', values, `/${operation}`) };
  }
  const { pointer, expected } = outcome;
  return { kind: 'invalid', findings: [{ pointer, rule: 'type', expected, got: 'something else' }] };
}

/** Where the patch speaks of an attribute; the whole request where it does not. */
export function pointerOf({ named }: Pick<Made, 'named'>, attribute: string): string {
  return named.find((each) => each.attribute === attribute)?.pointer ?? '';
}

/** What comes of a patch before anybody has judged it. */
import type { JsonObject } from '../../../model/json.ts';
import type { ItemPlace } from './items.ts';

export type Patched =
  | {
      readonly ok: true;
      readonly document: JsonObject;
      /** Each attribute of the order that the patch speaks of, and where in the request it does. */
      readonly named: readonly { readonly attribute: string; readonly pointer: string }[];
      /** The items that it speaks of one by one, as they stand in the request. */
      readonly places: readonly ItemPlace[];
    }
  /** Where the request is wrong, and what was expected there. */
  | { readonly ok: false; readonly pointer: string; readonly expected: string }
  /** One of its operations cannot be carried out on the order as it is. */
  | { readonly ok: false; readonly operation: number; readonly why: string };

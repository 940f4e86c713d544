/**
 * Orders that are captured as drafts. TMF622 v5.0 has an attribute for it, requestedInitialState, which is taken in the older
 * APIs as well: unknown attributes are legal there.
 */
import type { CustomerOrder } from '../../model/order.ts';

export const initialState = 'requestedInitialState';

export const initialStates = ['acknowledged', 'draft'] as const;

export function draftOf(body: object): { asDraft?: true } {
  return Reflect.get(body, initialState) === 'draft' ? { asDraft: true } : {};
}

/** A draft says that it is one, also where it has become one again. */
export function shownDraft({ state }: Pick<CustomerOrder, 'state'>): { requestedInitialState?: 'draft' } {
  return state === 'draft' ? { requestedInitialState: 'draft' } : {};
}

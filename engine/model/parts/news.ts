/** What becomes of the resource orders and work orders of an order, as far as whoever listens to them can see. */
import type { DomainOrder } from '../order.ts';

/**
 * Tells whoever has subscribed. Made where steps are taken, and only while somebody listens: most of these orders are never
 * asked about, and there are many.
 */
export interface NotifyOfParts {
  readonly type: 'NotifyOfParts';
  readonly news: readonly PartNews[];
}

/** `part`: its id. `state`: as it is shown, then. */
export type PartNews =
  | { readonly kind: 'created' | 'stateChanged'; readonly part: string; readonly state: ShownState }
  /** Names of attributes as they are shown. */
  | { readonly kind: 'attributesChanged'; readonly part: string; readonly attributes: readonly string[] }
  | { readonly kind: 'deleted'; readonly was: DomainOrder };

/** States of resource orders and work orders, as TMF652 and TMF697 have them. */
export type ShownState = 'acknowledged' | 'inProgress' | 'held' | 'completed' | 'pendingCancellation' | 'cancelled';

/** The cells of decision tables and conditions, as people write them. */
import type { DecisionRow, OutboundColumn } from '../model/policies.ts';

/** One value, or any of several. */
export type Cells = { readonly [column in OutboundColumn]?: string | readonly string[] };

export function cellsOf(when: Cells = {}): DecisionRow<OutboundColumn, never>['when'] {
  return Object.fromEntries(Object.entries(when).map(([column, cell]) => [column, [cell].flat()]));
}

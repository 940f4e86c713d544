/** The cells of decision tables and conditions, as people write them. */
import type { DecisionRow, OutboundColumn } from '../model/policies.ts';

/** One value, or any of several. */
export type Cells<Column extends string = OutboundColumn> = {
  readonly [column in Column]?: string | readonly string[];
};

export function cellsOf<Column extends string = OutboundColumn>(
  when: Cells<Column> = {},
): DecisionRow<Column, never>['when'] {
  const cells = Object.entries<string | readonly string[] | undefined>(when).map(([column, cell]) => [
    column,
    [cell].flat(),
  ]);
  // The same columns, each with a list.
  return Object.fromEntries(cells) as DecisionRow<Column, never>['when'];
}

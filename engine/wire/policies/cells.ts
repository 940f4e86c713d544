/** Decision tables and conditions as people write them: rows of cells. */
import type { DecisionRow, DecisionTable, OutboundColumn } from '../../model/policies.ts';

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

export interface TableInFile<Column extends string, Then> {
  readonly rows: readonly { readonly name: string; readonly when?: Cells<Column>; readonly then: Then }[];
  readonly default?: Then;
}

export function tableOf<Column extends string, Then, Decision>(
  written: TableInFile<Column, Then> | undefined,
  decisionOf: (then: Then) => Decision,
): DecisionTable<Column, Decision> {
  const { rows = [], default: otherwise } = written ?? {};
  return {
    rows: rows.map(({ name, when, then }) => ({ name, when: cellsOf(when), decision: decisionOf(then) })),
    ...(otherwise === undefined ? {} : { default: decisionOf(otherwise) }),
  };
}

export function renderTable<Column extends string, Decision>({
  rows,
  default: otherwise,
}: DecisionTable<Column, Decision>): TableInFile<Column, Decision> {
  return {
    rows: rows.map(({ name, when, decision }) => ({ name, when: when as Cells<Column>, then: decision })), // lists of values are cells
    ...(otherwise === undefined ? {} : { default: otherwise }),
  };
}

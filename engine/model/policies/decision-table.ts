/** Decision tables: what operators decide by rows of conditions. */

/** Ordered rows; the first whose every cell matches decides, otherwise the default, if there is one. */
export interface DecisionTable<Column extends string, Decision> {
  readonly rows: readonly DecisionRow<Column, Decision>[];
  readonly default?: Decision;
}

export interface DecisionRow<Column extends string, Decision> {
  readonly name: string;
  /** Blank cells are absent and match anything; a cell matches when the input is one of its values. */
  readonly when: { readonly [column in Column]?: readonly string[] };
  readonly decision: Decision;
}

/** Reads a decision table: the first row whose every cell matches decides, and the trace says why the others did not. */
import type { DecisionRow, DecisionTable, Evaluation, RowTrace } from '../model/policies.ts';

export type ColumnValues<Column extends string> = { readonly [column in Column]?: string | undefined };

export function evaluate<Column extends string, Decision>(
  table: DecisionTable<Column, Decision>,
  values: ColumnValues<Column>,
): Evaluation<Decision> {
  const trace: RowTrace[] = [];
  for (const row of table.rows) {
    const failed = firstMismatch(row.when, values);
    if (failed === undefined) {
      trace.push({ row: row.name, matched: true });
      return { decision: row.decision, matched: row.name, trace };
    }
    trace.push({ row: row.name, matched: false, failed });
  }
  return { decision: table.default, matched: table.default === undefined ? 'none' : 'default', trace };
}

/** The first cell whose values do not include the column's; `undefined` when every cell matches. */
export function firstMismatch<Column extends string>(
  when: DecisionRow<Column, unknown>['when'],
  values: ColumnValues<Column>,
): RowTrace['failed'] {
  for (const column of Object.keys(when) as Column[]) {
    // keys of `when` are columns by its type
    const expected: readonly string[] = when[column] ?? [];
    const got = values[column] ?? '';
    if (!expected.includes(got)) return { column, expected, got };
  }
  return undefined;
}

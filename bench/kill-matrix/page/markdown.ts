/** Markdown of tables. */

/** Each row has a cell for each column. */
export function table(columns: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]): string => `| ${cells.map(cell).join(' | ')} |`;
  return [line(columns), `|${columns.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n');
}

function cell(content: string | number): string {
  return String(content).replaceAll('\n', ' ').replaceAll('|', '\\|');
}

export function code(text: string): string {
  return `\`${text}\``;
}

export function percentOf(part: number, whole: number): string {
  return whole === 0 ? '' : `${((100 * part) / whole).toFixed(1)} %`;
}

/** `2 of 3`, and nothing where there is nothing to count. */
export function partOf(part: number, whole: number): string {
  return whole === 0 ? '' : `${part} of ${whole}`;
}

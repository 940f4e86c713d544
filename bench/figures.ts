/** Several measurements of the same thing: machines are noisy, so none stands alone. */
export interface Figures {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

export function figuresOf(measurements: readonly number[]): Figures {
  const sorted = measurements.toSorted((one, other) => one - other);
  return {
    median: sorted[Math.floor(sorted.length / 2)] ?? Number.NaN,
    least: sorted[0] ?? Number.NaN,
    most: sorted.at(-1) ?? Number.NaN,
  };
}

export function shownFigures({ median, least, most }: Figures, digits: number, unit: string): string {
  return `${median.toFixed(digits)}${unit} (${least.toFixed(digits)} to ${most.toFixed(digits)})`;
}

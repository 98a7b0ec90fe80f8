/** Numbers for people: three columns, what, value, unit. */
export type Row = readonly [label: string, value: number | string | null, unit: string];

/** Four significant digits; an undefined quantity is a dash. */
function show(value: number | string | null): string {
  if (value === null) return '-';
  if (typeof value === 'string') return value;
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size < 1e-3 || size >= 1e6) return value.toExponential(1);
  return value.toFixed(Math.max(0, 3 - Math.floor(Math.log10(size))));
}

export function formatTable(rows: readonly Row[]): string {
  const labelWidth = Math.max(...rows.map(([label]) => label.length));
  const values = rows.map(([, value]) => show(value));
  const valueWidth = Math.max(...values.map((v) => v.length));
  return rows
    .map(([label, , unit], i) =>
      `  ${label.padEnd(labelWidth)}  ${values[i].padStart(valueWidth)} ${unit}`.trimEnd(),
    )
    .join('\n');
}

/** Numbers for people: a true minus sign, and an en dash where there is no value. */
export const ABSENT = '–';

export function fixed(value: number | null | undefined, decimals: number): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return ABSENT;
  const text = value.toFixed(decimals);
  return Number(text) === 0 ? text.replace('-', '') : text.replace('-', '−');
}

/** What the device said of its enable; nothing believable is not "disabled". */
export const driveWord = (enabled: boolean | null | undefined): string =>
  enabled === true ? 'enabled' : enabled === false ? 'disabled' : 'unknown';

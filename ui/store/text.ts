/** Numbers for people: a true minus sign, and an en dash where there is no value. */
export const ABSENT = '–';

export function fixed(value: number | null | undefined, decimals: number): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return ABSENT;
  const text = value.toFixed(decimals);
  return Number(text) === 0 ? text.replace('-', '') : text.replace('-', '−');
}

/** A span of time as a person would say it: `0.4 s`, `12 s`, `3 min`. */
export function ago(ms: number): string {
  if (!Number.isFinite(ms)) return ABSENT;
  if (ms < 10_000) return `${(ms / 1000).toFixed(1)} s`;
  if (ms < 120_000) return `${Math.round(ms / 1000)} s`;
  return `${Math.round(ms / 60_000)} min`;
}

/** What the device said of its enable; nothing believable is not "disabled". */
export const driveWord = (enabled: boolean | null | undefined): string =>
  enabled === true ? 'enabled' : enabled === false ? 'disabled' : 'unknown';

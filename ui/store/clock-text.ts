/** Device time as minutes and seconds of the rig's clock. */
export function clockText(seconds: number, decimals = 0): string {
  const sign = seconds < 0 ? '−' : '';
  const unit = 10 ** decimals;
  const total = Math.round(Math.abs(seconds) * unit) / unit;
  const hours = Math.floor(total / 3600);
  const minutes = Math.floor((total % 3600) / 60);
  const rest = (total % 60).toFixed(decimals).padStart(decimals > 0 ? 3 + decimals : 2, '0');
  return hours > 0
    ? `${sign}${hours}:${String(minutes).padStart(2, '0')}:${rest}`
    : `${sign}${minutes}:${rest}`;
}

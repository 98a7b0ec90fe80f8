/**
 * ∫ T ds along a closed loop of temperature (K) and entropy (J/(kg K)), J/kg: what is taken up while the entropy rises and
 * given off while it falls, both positive. Their difference is the area of the loop.
 */
export function heatAlong(
  count: number,
  kelvin: (i: number) => number,
  entropy: (i: number) => number,
): { readonly up: number; readonly down: number } {
  let [up, down] = [0, 0];
  for (let i = 0; i < count; i++) {
    const next = (i + 1) % count;
    const heat = 0.5 * (kelvin(i) + kelvin(next)) * (entropy(next) - entropy(i));
    if (heat > 0) up += heat;
    else down -= heat;
  }
  return { up, down };
}

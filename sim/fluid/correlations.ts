/** Laminar flow between parallel walls, which is what a gap of 0.2 mm around a tube of 8 mm is. */

/** Developed Nusselt number of a gap with one active and one inert wall (exact laminar solution). */
export const NUSSELT_ONE_SIDED = 4.861;
/** Developed Nusselt number of a gap with two walls at equal temperature (exact laminar solution). */
export const NUSSELT_TWO_SIDED = 7.541;

/**
 * Mean Nusselt number over the length including thermal entry, Nickolay & Martin (2002):
 * Nu = [Nu∞ⁿ + (1.841 Gz^⅓)ⁿ]^(1/n), n = 3.592, Gz = Re Pr d_h / L. They give it for two active walls; with one, the
 * entry term stands per wall and is the same, because the boundary layer there does not know the far wall.
 * @param developed Nu∞: NUSSELT_ONE_SIDED or NUSSELT_TWO_SIDED
 */
export function gapNusselt(developed: number, graetz: number): number {
  if (graetz === 0) return developed;
  const n = 3.592;
  return (developed ** n + (1.841 ** 3 * graetz) ** (n / 3)) ** (1 / n);
}

/** Above this Reynolds number (on d_h = 2 gap) the laminar formulas leave their range. */
export const LAMINAR_REYNOLDS_LIMIT = 2300;

/**
 * Volume flow through a gap per pressure drop, m³/(s Pa), laminar (96/Re Darcy): Q = width gap³ Δp / (12 μ L).
 * @param width circumference of the gap, m
 */
export function gapConductance(width: number, gap: number, length: number, viscosity: number): number {
  return (width * gap ** 3) / (12 * viscosity * length);
}

/**
 * The first law of one cycle, as mean powers: what goes in, what comes out, and what is left over. A flow that runs
 * backwards stands on the other side, so that none is negative.
 */
export const FLOWS = ['cold_heat', 'loading', 'hot_heat', 'returned', 'loss', 'stored'] as const;
export type FlowName = (typeof FLOWS)[number];

/** W; NaN what is not known, which then is part of what is left over. */
export interface CyclePowers {
  readonly cooling_W: number;
  readonly heating_W: number;
  readonly loading_W: number;
  readonly net_work_W: number;
  readonly loss_W: number;
  readonly stored_W: number;
}

export interface Flow {
  readonly name: FlowName | 'residual';
  readonly watts: number;
}

export interface Account {
  readonly into: readonly Flow[];
  readonly out: readonly Flow[];
  /** All that goes in less all that comes out, W; it stands among `out` where positive, among `into` where negative. */
  readonly residual_W: number;
  /** The larger of both sides, residual included, W: the height of the picture. */
  readonly through_W: number;
}

/** Null while powers that every account needs are absent. */
export function accountOf(powers: CyclePowers): Account | null {
  const { cooling_W, heating_W, loading_W, net_work_W, loss_W, stored_W } = powers;
  if (![cooling_W, heating_W, loading_W, net_work_W].every(Number.isFinite)) return null;
  const known = (watts: number): number => (Number.isFinite(watts) ? watts : 0);
  const signed: readonly (readonly [FlowName, number])[] = [
    ['cold_heat', cooling_W],
    ['loading', loading_W],
    ['hot_heat', -heating_W],
    ['returned', -(loading_W - net_work_W)],
    ['loss', -known(loss_W)],
    ['stored', -known(stored_W)],
  ];
  const residual_W = signed.reduce((sum, [, watts]) => sum + watts, 0);
  const side = (sign: number): Flow[] => {
    const flows: Flow[] = signed
      .filter(([, watts]) => sign * watts > 0)
      .map(([name, watts]) => ({ name, watts: sign * watts }));
    return sign * residual_W < 0 ? [...flows, { name: 'residual', watts: Math.abs(residual_W) }] : flows;
  };
  const [into, out] = [side(1), side(-1)];
  return { into, out, residual_W, through_W: into.reduce((sum, { watts }) => sum + watts, 0) };
}

/** Work of a loop in stress (MPa) and strain (%) by its own area, J, from the peaks that the device latched. */
export function loopWorkJ(
  areaMPaPercent: number,
  peak: {
    readonly force_kN: number;
    readonly stress_MPa: number;
    readonly stroke_mm: number;
    readonly strain_percent: number;
  },
): number {
  // F = σ A with A from the peaks, u = ε L with L from them: ∮ F du = ∮ σ dε · A L; kN mm = J, and both % cancel
  return (areaMPaPercent * (peak.force_kN / peak.stress_MPa) * peak.stroke_mm) / peak.strain_percent;
}

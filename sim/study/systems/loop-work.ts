/**
 * What the loop work of a cycle goes into, per mass of alloy: hysteresis, ∮ Y |dξ|, and the rest. The rest is paid for
 * heat that flows at a difference of temperature: the alloy warms by its adiabatic change before it gives heat off, and
 * cools by it before it takes heat up, so that loading meets a higher stress than unloading even without hysteresis.
 */
import { workedAlloy } from '../../machine/geometry.ts';
import { measureCycle, runToSteadyState } from '../operating-point.ts';
import { runCycle } from '../steady-state.ts';
import type { MachineRef, Study } from '../study.ts';

export interface LoopWork {
  /** All J a gram of alloy and a cycle. */
  readonly cooling_J_per_g: number;
  readonly loop_J_per_g: number;
  readonly hysteresis_J_per_g: number;
}

/** For alloys of the smooth law, whose every change of ξ dissipates Y; null where no steady state is found. */
export const loopWork: Study<MachineRef, LoopWork | null> = {
  name: 'systems-loop-work',
  run(machine, load) {
    const { device } = load(machine);
    const run = runToSteadyState(device, { toleranceK: 1e-3 });
    const point = measureCycle(run);
    if (!point.converged) return null;
    const { banks } = run.machine;
    const before = banks.map(({ law }) => law.fraction.slice());
    const moved = banks.map(() => 0);
    runCycle(run.machine, run.schedule, run.ports, () => {
      for (const [k, { law }] of banks.entries()) {
        for (let i = 0; i < law.fraction.length; i++) moved[k] += Math.abs(law.fraction[i] - before[k][i]);
        before[k].set(law.fraction);
      }
    });
    const dissipated = banks.reduce(
      (sum, bank, k) =>
        sum +
        workedAlloy(bank.config).parameters.dissipation *
          moved[k] *
          bank.area *
          bank.nodeLength *
          bank.multiplicity,
      0,
    );
    const perCycle = device.recipe.frequency * point.sma_mass_g;
    return {
      cooling_J_per_g: point.cooling_power_W / perCycle,
      loop_J_per_g: point.mechanical_power_W / perCycle,
      hysteresis_J_per_g: dissipated / point.sma_mass_g,
    };
  },
};

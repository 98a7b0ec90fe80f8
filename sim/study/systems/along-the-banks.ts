/** How far temperatures and martensite swing along the banks of a machine in a cycle, beside the windows of the alloys. */
import type { Bank } from '../../machine/bank.ts';
import { workingWindow } from '../literature/window.ts';
import { measureCycle, runToSteadyState } from '../operating-point.ts';
import { runCycle } from '../steady-state.ts';
import type { MachineRef, Study } from '../study.ts';

/** Least and most of a cycle at each node, °C or 1, from the cold to the hot end of the bank. */
export interface Swing {
  readonly low: number[];
  readonly high: number[];
}

export interface BankSwing {
  readonly name: string;
  readonly fluid_C: Swing;
  readonly alloy_C: Swing;
  readonly fraction: Swing;
  /** At the peak stress of its train; temperatures of the alloy at the end of a stroke (see workingWindow). */
  readonly window_low_C: number;
  readonly window_high_C: number;
}

export interface AlongTheBanks {
  readonly cooling_power_W: number;
  readonly peak_stress_MPa: number;
  readonly banks: readonly BankSwing[];
}

/** The first cell of each bank, and its first passage. */
export const alongTheBanks: Study<MachineRef, AlongTheBanks> = {
  name: 'systems-along-the-banks',
  run(machine, load) {
    const run = runToSteadyState(load(machine).device, { toleranceK: 1e-3 });
    const point = measureCycle(run);
    const { banks } = run.machine;
    const swings = banks.map(({ nodes }) => ({
      fluid_C: noSwing(nodes),
      alloy_C: noSwing(nodes),
      fraction: noSwing(nodes),
    }));
    runCycle(run.machine, run.schedule, run.ports, () => {
      for (const [k, { fluidK, law }] of banks.entries()) {
        widen(swings[k].fluid_C, fluidK[0], 273.15);
        widen(swings[k].alloy_C, law.temperature, 273.15);
        widen(swings[k].fraction, law.fraction, 0);
      }
    });
    return {
      cooling_power_W: point.cooling_power_W,
      peak_stress_MPa: point.peak_stress_MPa,
      banks: banks.map((bank, k) => ({ ...swings[k], ...windowOf(bank, point.peak_stress_MPa) })),
    };
  },
};

function windowOf({ config }: Bank, peakStressMPa: number) {
  const { low_C, high_C } = workingWindow(config.material, peakStressMPa);
  return { name: config.name, window_low_C: low_C, window_high_C: high_C };
}

const noSwing = (nodes: number): Swing => ({
  low: Array<number>(nodes).fill(Number.POSITIVE_INFINITY),
  high: Array<number>(nodes).fill(Number.NEGATIVE_INFINITY),
});

function widen({ low, high }: Swing, values: Float64Array, zero: number): void {
  for (let i = 0; i < low.length; i++) {
    low[i] = Math.min(low[i], values[i] - zero);
    high[i] = Math.max(high[i], values[i] - zero);
  }
}

/** One cycle of the cyclic steady state, cell by cell: all of a train feel one force, and yet do not do the same. */
import { UserError } from '../../config/quantity.ts';
import { workedAlloy } from '../../machine/geometry.ts';
import type { Bank } from '../../machine/bank.ts';
import { strain } from '../../material/superelastic.ts';
import { type SteadyRun, runToSteadyState } from '../operating-point.ts';
import { runCycle } from '../steady-state.ts';
import type { MachineRef, Study } from '../study.ts';

/** Values at the end of each step. */
export interface CellsCycle {
  /** 0 to 1, shape [steps]. */
  phase: number[];
  /** Of the first bank, shape [steps]; one force, so the same in all cells of a bank. */
  stress_MPa: number[];
  /** Means along the alloy of each cell, first bank, shape [cells][steps]. */
  cells: { strain_percent: number[]; fraction: number[]; temperature_C: number[] }[];
  /** Least and largest along all cells, shape [steps]. */
  lowest: { fraction: number[]; temperature_C: number[] };
  highest: { fraction: number[]; temperature_C: number[] };
}

/** Null where the machine cannot run so; the law must be the superelastic one, whose strain is known in closed form. */
export const cellsCycle: Study<MachineRef, CellsCycle | null> = {
  name: 'kilowatt-cells-cycle',
  run(machine, load) {
    try {
      return traceCells(runToSteadyState(load(machine).device, { toleranceK: 1e-4 }));
    } catch (error) {
      if (error instanceof UserError) return null;
      throw error;
    }
  },
};

function traceCells({ machine, schedule, ports }: SteadyRun): CellsCycle {
  const [bank] = machine.banks;
  const [train] = machine.trains;
  const trace: CellsCycle = {
    phase: [...schedule.phaseEnd],
    stress_MPa: [],
    cells: Array.from({ length: bank.cells }, () => ({
      strain_percent: [],
      fraction: [],
      temperature_C: [],
    })),
    lowest: { fraction: [], temperature_C: [] },
    highest: { fraction: [], temperature_C: [] },
  };
  runCycle(machine, schedule, ports, () => {
    trace.stress_MPa.push(train.force / bank.area / 1e6);
    trace.cells.forEach((cell, k) => {
      cell.strain_percent.push(100 * meanStrain(bank, k, train.force / bank.area));
      cell.fraction.push(meanOf(bank, bank.law.fraction, k));
      cell.temperature_C.push(meanOf(bank, bank.law.temperature, k) - 273.15);
    });
    for (const [extreme, into] of [
      [Math.min, trace.lowest],
      [Math.max, trace.highest],
    ] as const) {
      into.fraction.push(extreme(...bank.law.fraction));
      into.temperature_C.push(extreme(...bank.law.temperature) - 273.15);
    }
  });
  return trace;
}

function meanOf({ nodes }: Bank, field: Float64Array, cell: number): number {
  let sum = 0;
  for (let i = cell * nodes; i < (cell + 1) * nodes; i++) sum += field[i];
  return sum / nodes;
}

/** Stress and strain belong to the temperatures of the last balance; the strain is linear in them and in the fraction. */
function meanStrain(bank: Bank, cell: number, stressPa: number): number {
  const { parameters } = workedAlloy(bank.config);
  return strain(
    parameters,
    stressPa,
    meanOf(bank, bank.law.balanced, cell),
    meanOf(bank, bank.law.fraction, cell),
  );
}

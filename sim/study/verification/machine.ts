/**
 * The machine in limits that have a closed form: the Carnot cycle of an alloy without hysteresis, the single-stage cycle
 * of a whole machine, the washing-out of its dead volumes.
 */
import type { BankConfig, DeviceConfig, Preset } from '../../config/device-config.ts';
import { buildCycleSchedule } from '../../cycle-schedule.ts';
import { Bank } from '../../machine/bank.ts';
import { superelasticParameters } from '../../machine/geometry.ts';
import { Machine, workingFluid } from '../../machine/machine.ts';
import type { SuperelasticParameters } from '../../material/superelastic.ts';
import { operationRecipe } from '../operating-point.ts';
import { runCycle, toCyclicSteadyState } from '../steady-state.ts';
import { type Check, atMost, extrapolated, near, observedOrder, once } from './case.ts';
import { Specimen, fullStrain, heatedBy, workingTemperature } from './specimen.ts';

const SUBJECT = 'machine';
const LIFT = 10;

/** @param preset gives the alloy and the fluid; sizes are those of the checks */
export function machineChecks({ key, device }: Preset): Check[] {
  const law = { ...superelasticParameters(device.layout.banks[0]), dissipation: 0 };
  const coldK = workingTemperature(law, device.operation.mean_temperature);
  const hotK = coldK + LIFT;
  const carnot = coldK / LIFT;
  const ideal = once(() => [400, 800, 1600].map((steps) => carnotCycle(law, coldK, hotK, steps)));
  const single = once(() => [1, 2, 4].map((times) => singleStageCop(device, times * THIN_GAP, coldK, hotK)));
  const check = (name: string, reason: string, measure: Check['measure']): Check => ({
    subject: SUBJECT,
    name,
    reason,
    measure,
  });
  return [
    check(
      `${key} without hysteresis, ideal cycle at ${LIFT} K lift: COP in the limit of many steps (Carnot)`,
      'every step in contact produces entropy of (ΔT/T)²/2: first order in all, so two resolutions leave its square',
      () => near(extrapolated(ideal()[1], ideal()[2], 1), carnot, 3e-4),
    ),
    check(
      `${key} without hysteresis, ideal cycle: order in which the COP nears Carnot`,
      'first, as above; the steps on which contact begins fall differently at each resolution, a few percent',
      () => near(observedOrder(ideal(), 2), 1, 0.1),
    ),
    check(
      `${key} without hysteresis, ideal cycle of 1600 steps: COP / Carnot, at most 1`,
      'second law: nothing between two reservoirs does better',
      () => atMost(ideal()[2] / carnot, 1),
    ),
    check(
      `${key} without hysteresis, a machine of a single stage: COP without fluid hold-up (closed form)`,
      'parabola through hold-ups of 0.8, 1.6 and 3.1 %, 400 steps a stroke: 1e-4 as refinement of either shows',
      () => near(withoutHoldUp(single()), singleStageLimit(law), 3e-4),
    ),
    ...[0.5, 1, 2].map((volumes) =>
      check(
        `dead volumes at both ends, washed by ${volumes} of them (two stirred vessels)`,
        'relative to the step: the channel between holds 1.5e-4 of a dead volume, its alloy less; 40,000 steps',
        () => near(washedOut(device, volumes), 1 - (1 + volumes) * Math.exp(-volumes), 3e-4, 1),
      ),
    ),
  ];
}

/**
 * Adiabatic loading to the hot temperature, the rest of it in contact with the hot reservoir, the way back likewise with
 * the cold one. No hysteresis: in small steps this is the Carnot cycle, whatever the shape of f(ξ).
 * @returns COP, approached from below: each step in contact first leaves the temperature of the reservoir
 */
function carnotCycle(law: SuperelasticParameters, coldK: number, hotK: number, steps: number): number {
  const specimen = new Specimen(law, coldK);
  const full = fullStrain(law, hotK);
  let cooling = 0;
  const cycle = () =>
    specimen.loop(full, steps, (k) => {
      if (k <= steps && specimen.temperatureK > hotK) specimen.touch(hotK);
      if (k > steps && specimen.temperatureK < coldK) cooling += specimen.touch(coldK);
    });
  // the last, elastic part of unloading changes the temperature, too: the second cycle starts as it ends
  cycle();
  const [before, work] = [cooling, specimen.work];
  cycle();
  return (cooling - before) / (specimen.work - work);
}

/** Gap between the plates, m: with plates of 5 mm the fluid holds 0.8 % of the heat of the alloy. */
const THIN_GAP = 30e-6;

/** The value at gap 0 of the parabola through g, 2g and 4g. */
const withoutHoldUp = ([one, two, four]: readonly number[]): number => (8 * one - 6 * two + four) / 3;

/**
 * Single stage, slow, all heat exchanged, nothing lost, α = 0: strained adiabatically the alloy goes from T_c to T_c e^φ
 * and from T_h to T_h e^(−φ), φ = Δs/c. So Q_h = C (T_c e^φ − T_h), Q_c = C (T_c − T_h e^(−φ)), and
 * COP = Q_c / (Q_h − Q_c) = 1 / (e^φ − 1) at every lift; where the cooling ends, at T_h = T_c e^φ, this is Carnot.
 */
const singleStageLimit = ({ entropyChange, heatCapacity }: SuperelasticParameters): number =>
  1 / Math.expm1(entropyChange / heatCapacity);

/** COP with all work recovered of a machine of one cell of plates, each blow from and to one reservoir. */
function singleStageCop(device: DeviceConfig, gapM: number, coldK: number, hotK: number): number {
  const base = device.layout.banks[0];
  const bank: BankConfig = {
    ...plates(base, { length: 0.1, thickness: 5e-3, gap: gapM, deadVolume: 0 }),
    material: { ...base.material, law: 'smooth', hysteresis_energy: 0, thermal_expansion: 0 },
  };
  const law = superelasticParameters(bank);
  const blow = { through: [{ bank: 0, direction: 1 }], train: 0, opens: null, lasts: null, flow: 1 } as const;
  const single: DeviceConfig = {
    ...device,
    layout: {
      banks: [bank],
      trains: [{ banks: [0], phase: 0 }],
      sharedDrive: true,
      blows: [
        { ...blow, name: 'hot', from: 'hot', to: 'hot', after: 'loading' },
        { ...blow, name: 'cold', from: 'cold', to: 'cold', after: 'unloading' },
      ],
    },
    drive: { ...device.drive, control: 'stroke', ramp_share: 0.05, clearance: 0, frame_stiffness: 1e12 },
    circuit: { ...device.circuit, blow_delay: 0, valve_switch_time: 0, pump: 'prescribed' },
    // blows of 20 s; the plates follow the fluid within about a second, which comes in abundance
    recipe: {
      frequency: 0.02,
      strain: fullStrain(law, heatedBy(law, hotK)),
      blow_flow: 2e-3,
      blow_duty: 0.4,
    },
    numerics: { nodes: 4, courant: 0.5, blow_steps: 4, ramp_steps: 400 },
  };
  const machine = new Machine(single, single.recipe.frequency, coldK);
  const schedule = buildCycleSchedule(single, operationRecipe(single));
  const ports = { cold: coldK, hot: hotK, ambient: coldK };
  toCyclicSteadyState(machine, schedule, ports);
  const { books } = machine.circuit;
  const [cooling, work] = [books.coolingJ, machine.workJ];
  runCycle(machine, schedule, ports);
  return (books.coolingJ - cooling) / (machine.workJ - work);
}

/** How far the outlet has followed a step at the inlet after so many dead volumes; alloy and channel are next to nothing. */
function washedOut(device: DeviceConfig, volumes: number): number {
  const [deadVolume, length, gap] = [1e-4, 5e-3, 1.5e-4];
  const bank = plates(device.layout.banks[0], { length, thickness: 20e-6, gap, deadVolume });
  const small: DeviceConfig = { ...device, numerics: { ...device.numerics, nodes: 4 } };
  const fluid = workingFluid(small);
  const vessel = new Bank(small, bank, fluid, 1, 300);
  const flow = 1e-5;
  vessel.takeStock(0);
  vessel.setFlow(flow * fluid.density);
  // a quarter of a node in a step
  const steps = Math.ceil((volumes * deadVolume) / ((PLATE_WIDTH * gap * length) / 16));
  const dt = (volumes * deadVolume) / flow / steps;
  vessel.setExchange(dt);
  let outlet = 300;
  for (let k = 0; k < steps; k++) outlet = vessel.advance(dt, 1, 301);
  return outlet - 300;
}

const PLATE_WIDTH = 0.02;

/** A bank of one cell with one plate. */
function plates(
  base: BankConfig,
  size: { length: number; thickness: number; gap: number; deadVolume: number },
): BankConfig {
  return {
    ...base,
    cell: { ...base.cell, form: 'plates', cells: 1, length: size.length },
    plate: { plates_per_cell: 1, plate_width: PLATE_WIDTH, plate_thickness: size.thickness },
    channel: {
      ...base.channel,
      plate_gap: size.gap,
      gap_tolerance: 0,
      dead_volume: size.deadVolume,
      housing_loss: 0,
    },
  };
}

/**
 * The machine in limits that are known: the Carnot cycle of an alloy without hysteresis, the single-stage cycle of a whole
 * machine, one that is never strained as a passive regenerator, the washing-out of its dead volumes.
 */
import type { BankConfig, DeviceConfig, Preset } from '../../config/device-config.ts';
import { PLATES } from '../../fluid/correlation.ts';
import { Bank } from '../../machine/bank.ts';
import { superelasticParameters } from '../../machine/geometry.ts';
import { workingFluid } from '../../machine/machine.ts';
import type { SuperelasticParameters } from '../../material/superelastic.ts';
import { type Check, atMost, extrapolated, near, observedOrder, once } from './case.ts';
import { PLATE_WIDTH, plateBank, plateDevice, steadyCycle } from './plate-device.ts';
import { referenceEffectiveness } from './regenerator-reference.ts';
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
  const passive = once(() => [1, 2, 4].map((times) => passiveLoss(device, times * THIN_GAP, coldK, hotK)));
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
    check(
      `a machine never strained, NTU ${PASSIVE.ntu}, utilization ${PASSIVE.utilization}: loss 1 − effectiveness (independent solution)`,
      'splitting, (NTU of a node)²/24 = 7e-4; hold-ups of 1.6, 3.1 and 6.3 % of a blow, by a parabola: their product, 3e-5, times some 10',
      () =>
        near(withoutHoldUp(passive()), 1 - referenceEffectiveness(PASSIVE.ntu, PASSIVE.utilization), 1e-3),
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

/** A thick plate beside a thin gap, m: the fluid in it holds 0.8 % of the heat that the alloy holds. */
const THICK_PLATE = { length: 0.1, thickness: 5e-3 };
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

/** COP with all work recovered of a machine of one plate, each blow from and to one reservoir. */
function singleStageCop(device: DeviceConfig, gap: number, coldK: number, hotK: number): number {
  const base = device.layout.banks[0];
  const bank: BankConfig = {
    ...plateBank(base, { ...THICK_PLATE, gap }),
    material: { ...base.material, law: 'smooth', hysteresis_energy: 0, thermal_expansion: 0 },
  };
  // blows of 20 s; the plate follows the fluid within about a second, which comes in abundance
  const recipe = {
    frequency: 0.02,
    strain: fullStrain(superelasticParameters(bank), heatedBy(superelasticParameters(bank), hotK)),
    blow_flow: 2e-3,
    blow_duty: 0.4,
  };
  const single = plateDevice(
    device,
    bank,
    { loading: { from: 'hot', to: 'hot' }, unloading: { from: 'cold', to: 'cold' } },
    recipe,
    { nodes: 4, courant: 0.5, blow_steps: 4, ramp_steps: 400 },
  );
  const { cooling, work } = steadyCycle(single, { cold: coldK, hot: hotK, ambient: coldK });
  return cooling / work;
}

/** Never strained, fluid to and fro: a passive regenerator of the machine's own conductances. */
const PASSIVE = { ntu: 10, utilization: 0.5, nodes: 80 };

/** Loss 1 − effectiveness of such a machine; flow and frequency are set so that NTU and utilization are as wanted. */
function passiveLoss(device: DeviceConfig, gap: number, coldK: number, hotK: number): number {
  const { length, thickness } = THICK_PLATE;
  const bank = plateBank(device.layout.banks[0], { length, thickness, gap });
  const fluid = workingFluid(device);
  const meanK = (coldK + hotK) / 2;
  const [viscosity, conductivity] = [fluid.viscosityAt(meanK), fluid.conductivityAt(meanK)];
  const prandtl = (viscosity * fluid.heatCapacity) / conductivity;
  // heated from both faces, a plate has a mean conduction path of a sixth of its thickness
  const wall = thickness / 6 / bank.material.conductivity;
  let flow = 1e-3;
  // h hardly knows the flow: a few rounds settle it
  for (let k = 0; k < 20; k++) {
    const reynolds = (flow * 2 * gap) / (PLATE_WIDTH * gap * viscosity);
    const film = (2 * gap) / (PLATES.nusselt(reynolds, prandtl, (2 * gap) / length) * conductivity);
    flow = (2 * PLATE_WIDTH * length) / (film + wall) / (PASSIVE.ntu * fluid.heatCapacity);
  }
  const { density, heat_capacity } = bank.material;
  const capacity = density * heat_capacity * PLATE_WIDTH * thickness * length;
  const duty = 0.45;
  const passive = plateDevice(
    device,
    bank,
    { loading: { from: 'cold', to: 'hot' }, unloading: { from: 'hot', to: 'cold' } },
    {
      frequency: (duty * flow * fluid.heatCapacity) / (PASSIVE.utilization * capacity),
      strain: 0,
      blow_flow: flow,
      blow_duty: duty,
    },
    { nodes: PASSIVE.nodes, courant: 0.5, blow_steps: 4, ramp_steps: 4 },
  );
  // no force, so that the plate may expand and the gap stays as it is
  const idle: DeviceConfig = { ...passive, drive: { ...passive.drive, control: 'force', peak_force: 0 } };
  const { cooling } = steadyCycle(idle, { cold: coldK, hot: hotK, ambient: coldK });
  return -cooling / (PASSIVE.utilization * capacity * (hotK - coldK));
}

/** How far the outlet has followed a step at the inlet after so many dead volumes; alloy and channel are next to nothing. */
function washedOut(device: DeviceConfig, volumes: number): number {
  const [deadVolume, length, gap] = [1e-4, 5e-3, 1.5e-4];
  const bank = plateBank(device.layout.banks[0], { length, thickness: 20e-6, gap, deadVolume });
  const small: DeviceConfig = { ...device, numerics: { ...device.numerics, nodes: 4 } };
  const fluid = workingFluid(small);
  const vessel = new Bank(small, bank, fluid, 1, 300);
  const flow = 1e-5;
  vessel.flows.takeStock(vessel.law, vessel.fluidK);
  vessel.flows.flowKgPerS = flow * fluid.density;
  vessel.flows.setFlow();
  // a quarter of a node in a step
  const steps = Math.ceil((volumes * deadVolume) / ((PLATE_WIDTH * gap * length) / 16));
  const dt = (volumes * deadVolume) / flow / steps;
  vessel.subStepS = dt;
  vessel.setSubStep();
  vessel.enteringK = 301;
  for (let k = 0; k < steps; k++) {
    vessel.exchangeHeat(false, true);
    vessel.moveFluid(1);
    vessel.exchangeHeat(false, false);
  }
  return vessel.leavingK - 300;
}

/**
 * One cycle of the cyclic steady state by the first and the second law, as mean powers.
 *
 * Exergy is counted against the hot inlet T₀, to which the machine rejects its heat: heat rejected there is worth
 * nothing, heat taken in at the cold inlet costs at least q (T₀/T_cold − 1), all else is destroyed. By Gouy and Stodola
 * what is destroyed is T₀ times the entropy produced, and that is known from the ports alone:
 *
 *   S = Q_hot/T_hot − Q_cold/T_cold + Q_housing/T_ambient
 *
 * Its causes are summed where they act: hysteresis in the alloy (by the law), heat that crosses the film to the alloy and
 * to the inert walls, fluid that leaves for a reservoir of another temperature, heat of the housings. What remains is
 * mixing: in the dead volumes, of the streams that leave together, and the numerical dispersion of the transport.
 *
 * Pump and drive stand outside of the fluid and the alloy in the engine, hence in this account too: all electricity of the
 * pump is destroyed, and the heat it leaves in the fluid is not in the heat flows.
 */
import type { MachineRef, Study } from '../study.ts';
import type { DeviceConfig } from '../../config/device-config.ts';
import { UserError } from '../../config/quantity.ts';
import { type SteadyRun, counters, runToSteadyState } from '../operating-point.ts';
import { runCycle } from '../steady-state.ts';
import { filmEntropy } from './film-entropy.ts';

/** Mean powers, W; all but `stored`, `housing_loss` and the residuals are usually positive. */
export interface CycleAccount {
  lift_K: number;
  cold_K: number;
  hot_K: number;
  ambient_K: number;
  first_law: {
    /** Work the alloy takes in while it is loaded, and what it gives back while it is unloaded. */
    loading_work: number;
    returned_work: number;
    heat_from_cold_side: number;
    heat_to_hot_side: number;
    /** From the housings to the air around. */
    housing_loss: number;
    stored: number;
    /** Sum of what goes in less what goes out. */
    residual: number;
  };
  /** Electricity in, and where its exergy goes. */
  second_law: {
    drive_electricity: number;
    pump_electricity: number;
    cooling: number;
    housing: number;
    /** Work given back that the drive does not use again, and what it loses of the rest. */
    unrecovered_work: number;
    drive_loss: number;
    pump: number;
    hysteresis: number;
    film_alloy: number;
    film_wall: number;
    reservoirs: number;
    mixing: number;
    /** Electricity in less all of the others. */
    residual: number;
  };
  /** W/K: by the ports, and all causes but mixing. */
  entropy_production: { ports: number; causes: number };
}

export const cycleAccount: Study<MachineRef, CycleAccount | null> = {
  name: 'kilowatt-cycle-account',
  run(machine, load) {
    try {
      return accountOf(load(machine).device);
    } catch (error) {
      if (error instanceof UserError) return null;
      throw error;
    }
  },
};

/** The cycle repeats itself to this, K: of what is stored some 1e-6 W are left. */
const TOLERANCE_K = 1e-6;

/**
 * Null where there is no cyclic steady state.
 * @throws UserError on an impossible recipe, or where a pump curve may cut the flow
 */
export function accountOf(device: DeviceConfig): CycleAccount | null {
  if (device.circuit.pump === 'curve')
    throw new UserError(
      'circuit.pump: the account of a cycle needs the flows as commanded; set it to prescribed.',
    );
  const run = runToSteadyState(device, { toleranceK: TOLERANCE_K });
  return run.steady.converged ? accountCycle(run) : null;
}

function accountCycle(run: SteadyRun): CycleAccount {
  const { device, machine, schedule, ports } = run;
  const before = counters(run.machine);
  const local = { film_alloy: 0, film_wall: 0, reservoirs: 0, housing: 0 };
  let last = films(run);
  let lost = machine.lossJ;
  runCycle(machine, schedule, ports, (step) => {
    const dt = schedule.dtS[step];
    const now = films(run);
    local.film_alloy += (dt * (last.alloy + now.alloy)) / 2;
    local.film_wall += (dt * (last.wall + now.wall)) / 2;
    local.reservoirs += reservoirEntropy(run, step);
    local.housing += (machine.lossJ - lost) / ports.ambient - (machine.lossJ - lost) / housingK(run);
    last = now;
    lost = machine.lossJ;
  });
  const after = counters(run.machine);
  const power = (key: keyof typeof before) => (after[key] - before[key]) / schedule.periodS;
  const rate = (entropy: number) => entropy / schedule.periodS;

  const { hot, cold, ambient } = ports;
  const loading = power('loading');
  const returned = loading - power('work');
  const [cooling, heating, loss] = [power('cooling'), power('heating'), power('loss')];
  const produced = heating / hot - cooling / cold + loss / ambient;
  const causes = power('entropy') + Object.values(local).reduce((sum, entropy) => sum + rate(entropy), 0);

  const { work_recovery, drive_efficiency } = device.drive;
  const unrecovered = (1 - work_recovery) * returned;
  const driveElectricity = (loading - work_recovery * returned) / drive_efficiency;
  const pump = power('pump');
  const exergy = {
    cooling: cooling * (hot / cold - 1),
    // what goes with the heat of the housings, and what is destroyed on its way out
    housing: loss * (1 - hot / ambient) + hot * rate(local.housing),
    unrecovered_work: unrecovered,
    drive_loss: (1 - drive_efficiency) * driveElectricity,
    pump,
    hysteresis: hot * power('entropy'),
    film_alloy: hot * rate(local.film_alloy),
    film_wall: hot * rate(local.film_wall),
    reservoirs: hot * rate(local.reservoirs),
    mixing: hot * (produced - causes),
  };
  const spent = Object.values(exergy).reduce((sum, part) => sum + part, 0);
  const electricity = driveElectricity + pump;
  return {
    lift_K: hot - cold,
    cold_K: cold,
    hot_K: hot,
    ambient_K: ambient,
    first_law: {
      loading_work: loading,
      returned_work: returned,
      heat_from_cold_side: cooling,
      heat_to_hot_side: heating,
      housing_loss: loss,
      stored: power('stored'),
      residual: loading + cooling - returned - heating - loss - power('stored'),
    },
    second_law: {
      drive_electricity: driveElectricity,
      pump_electricity: pump,
      ...exergy,
      residual: electricity - spent,
    },
    entropy_production: { ports: produced, causes },
  };
}

function films({ machine }: SteadyRun): { alloy: number; wall: number } {
  const all = machine.banks.map(filmEntropy);
  return {
    alloy: all.reduce((sum, { alloy }) => sum + alloy, 0),
    wall: all.reduce((sum, { wall }) => sum + wall, 0),
  };
}

/** J/K of a step: fluid that leaves at T comes to the temperature of its reservoir, whose heat it is. */
function reservoirEntropy({ device, machine, schedule, ports }: SteadyRun, step: number): number {
  const { circuit, fluid } = machine;
  return device.layout.blows.reduce((sum, { to }, b) => {
    const massKg = schedule.flowKgPerS[b][step] * schedule.dtS[step];
    if (massKg === 0 || to === null) return sum;
    const [leaves, waits] =
      to === 'cold' ? [circuit.coldOutletK, ports.cold] : [circuit.hotOutletK, ports.hot];
    return sum + massKg * fluid.heatCapacity * ((leaves - waits) / waits - Math.log(leaves / waits));
  }, 0);
}

/** Mean of the walls that lose heat. */
function housingK({ machine }: SteadyRun): number {
  const fields = machine.banks.map(({ flows, linerK }) => linerK[flows.passagesPerCell - 1]);
  const count = fields.reduce((sum, field) => sum + field.length, 0);
  return fields.reduce((sum, field) => sum + field.reduce((s, t) => s + t, 0), 0) / count;
}

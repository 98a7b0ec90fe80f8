/**
 * What the full step is held against, both with the schedule of a machine of one bank and blows there and back.
 *
 * The plain kernel: heat and fluid on plain typed arrays and nothing else. Van Leer advection and the exact exchange
 * liner–fluid–alloy–fluid–liner, half of it before and half of it after each movement, with the sub-steps, exchange shares
 * and Courant numbers of the full machine, taken down beforehand. No phase change, no stress, no heat of either, no force
 * to be found. It stays as it is when the machine learns to do with fewer exchanges.
 *
 * The transport alone: the step of the machine itself with its strokes left out.
 */
import { type CycleSchedule, commandStep } from '../../sim/index.ts';
import type { PortTemperatures } from '../../sim/machine/circuit.ts';
import type { Machine } from '../../sim/machine/machine.ts';
import { SHARES_PER_STREAM, exchangeChain } from '../../sim/numerics/exchange.ts';
import { advect } from '../../sim/numerics/van-leer.ts';

const STREAMS = 2;

/** A step as the plain kernel needs it; arrays by passage, `courant` with the sign of the direction. */
interface PlainStep {
  readonly subSteps: number;
  readonly isMoving: boolean;
  readonly halfShare: Float64Array;
  readonly courant: Float64Array;
}

/**
 * @param machine near its cyclic steady state; moves on by one cycle
 * @returns runs one cycle
 */
export function plainKernel(machine: Machine, schedule: CycleSchedule, ports: PortTemperatures): () => void {
  const [bank] = machine.banks;
  const { cells, nodes } = bank;
  const steps = Array.from({ length: schedule.steps }, (_, i) => takeDown(machine, schedule, ports, i));
  const [liner0, liner1, fluid0, fluid1, alloy] = Array.from({ length: 5 }, () =>
    Float64Array.from({ length: cells * nodes }, (_, i) => ports.cold + (i % 17)),
  );

  const exchange = (shares: Float64Array, forward: boolean) => {
    for (let cell = 0; cell < cells; cell++) {
      const at = SHARES_PER_STREAM * STREAMS * cell;
      exchangeChain(liner0, fluid0, alloy, fluid1, liner1, cell * nodes, nodes, shares, at, forward);
    }
  };
  const move = (courant: Float64Array) => {
    for (let cell = 0; cell < cells; cell++) {
      advect(fluid0, cell * nodes, nodes, courant[STREAMS * cell], ports.hot);
      advect(fluid1, cell * nodes, nodes, courant[STREAMS * cell + 1], ports.hot);
    }
  };
  return () => {
    for (const { subSteps, isMoving, halfShare, courant } of steps) {
      for (let n = 0; n < 2 * subSteps; n++) {
        exchange(halfShare, true);
        if (isMoving) move(courant);
        exchange(halfShare, false);
      }
    }
  };
}

function takeDown(machine: Machine, schedule: CycleSchedule, ports: PortTemperatures, i: number): PlainStep {
  const [bank] = machine.banks;
  commandStep(machine, schedule, i);
  machine.step(ports);
  const blow = schedule.flowKgPerS.findIndex((flow) => flow[i] > 0);
  const direction = blow < 0 ? 0 : machine.config.layout.blows[blow].through[0].direction;
  return {
    subSteps: blow < 0 ? 1 : machine.circuit.subSteps[blow],
    isMoving: blow >= 0,
    halfShare: bank.halfShare.slice(),
    courant: bank.courantOf.map((courant) => direction * courant),
  };
}

/** @returns runs one cycle of the machine with its trains at rest */
export function transportAlone(
  machine: Machine,
  schedule: CycleSchedule,
  ports: PortTemperatures,
): () => void {
  const { banks, circuit } = machine;
  return () => {
    for (let i = 0; i < schedule.steps; i++) {
      commandStep(machine, schedule, i);
      for (const { flows, law, fluidK } of banks) flows.takeStock(law, fluidK);
      circuit.stepS = schedule.dtS[i];
      circuit.prepare();
      circuit.moveHalf(ports, true);
      circuit.moveHalf(ports, false);
      for (const bank of banks) bank.loseHeat(schedule.dtS[i], ports.ambient);
    }
  };
}

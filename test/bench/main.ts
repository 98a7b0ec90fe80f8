/**
 * `npm run bench`: how fast the physics runs. Machines are shared and noisy, so every figure is a ratio against a
 * reference kernel timed in the same run, and processor time is counted, not wall time. Nothing here asserts.
 */
import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { buildCycleSchedule, parsePreset, runRoomPulldown, solveOperatingPoint } from '../../sim/index.ts';
import { Machine } from '../../sim/machine/machine.ts';
import { operationRecipe, runCycle } from '../../sim/study/operating-point.ts';

const FILE = new URL('../../fixtures/presets/hkust-kilowatt-2025.yaml', import.meta.url);
const preset = (changes: Readonly<Record<string, string>> = {}) =>
  parsePreset(readFileSync(FILE, 'utf8'), 'hkust-kilowatt-2025.yaml', new Map(Object.entries(changes)));

/** Processor seconds of `work`, the smallest of `repeats` after one warm-up. */
function cpuSeconds(work: () => void, repeats = 5): number {
  work();
  let best = Number.POSITIVE_INFINITY;
  for (let k = 0; k < repeats; k++) {
    const before = process.cpuUsage();
    work();
    const used = process.cpuUsage(before);
    best = Math.min(best, (used.user + used.system) / 1e6);
  }
  return best;
}

/** The reference: an explicit upwind and exchange step on plain typed arrays, without any phase change. */
function referenceNodeUpdates(): number {
  const nodes = 400;
  const steps = 20_000;
  const fluid = new Float64Array(nodes).fill(300);
  const solid = Float64Array.from({ length: nodes }, (_, i) => 290 + (i % 17));
  const seconds = cpuSeconds(() => {
    for (let k = 0; k < steps; k++) {
      let upstream = 300;
      for (let i = 0; i < nodes; i++) {
        const here = fluid[i];
        const q = 0.02 * (solid[i] - here);
        fluid[i] = here + 0.4 * (upstream - here) + q;
        solid[i] -= 0.3 * q;
        upstream = here;
      }
    }
  });
  return (2 * nodes * steps) / seconds;
}

function report(label: string, value: string): void {
  process.stdout.write(`${label.padEnd(58)}${value}\n`);
}

const [cpu] = cpus();
process.stdout.write(
  `node ${process.version}, ${cpu?.model.trim() ?? 'unknown processor'}, ${new Date().toISOString().slice(0, 10)}\n\n`,
);

const reference = referenceNodeUpdates();
report('reference kernel, node-updates/s', `${(reference / 1e6).toFixed(0)} M`);

const { device } = preset();
const schedule = buildCycleSchedule(device, operationRecipe(device));
const machine = new Machine(device, device.recipe.frequency, device.operation.mean_temperature);
const ports = { cold: 299.15, hot: 299.15, ambient: 299.15 };
const CYCLES = 20;
const seconds = cpuSeconds(() => {
  for (let k = 0; k < CYCLES; k++) runCycle(machine, schedule, ports);
});
const simulated = CYCLES * schedule.periodS;
// per axial position: alloy, two streams, two inert walls
const updates = (CYCLES * schedule.steps * machine.cells * machine.nodes * 5) / seconds;
report('ten unequal cells, 40 nodes along each of alloy and gaps', `${schedule.steps} steps a cycle`);
report(
  '  node-updates/s',
  `${(updates / 1e6).toFixed(0)} M, ${(updates / reference).toFixed(2)} of the reference`,
);
report('  real-time factor (simulated s per processor s)', (simulated / seconds).toFixed(0));
report('  passes of the force solve a step', (machine.train.passes / machine.train.steps).toFixed(2));

report(
  'simulate to cyclic steady state, processor s',
  cpuSeconds(() => void solveOperatingPoint(device), 3).toFixed(2),
);
const house = cpuSeconds(() => void runRoomPulldown(preset(), 900, 30), 1);
report('house of 15 minutes, ten unequal cells, processor s', house.toFixed(1));
const collapsed = cpuSeconds(() => void runRoomPulldown(preset({ gap_tolerance: '0' }), 900, 30), 1);
report('house of 15 minutes, equal cells computed as one', collapsed.toFixed(1));

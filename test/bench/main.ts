/**
 * `npm run bench`: how fast the physics runs, and against what. Machines are shared and noisy: figures that belong
 * together are timed in turns, the least of several counts, and processor time, not wall time. Nothing here asserts.
 *
 * A node-update is one node of one lump (alloy, two streams, two inert walls) taken through one step of the schedule,
 * however many sub-steps and passes of the force solve that step takes; it is counted the same way for all kernels.
 *
 * WebAssembly was weighed in November 2026 and left out. The two kernels that take most, the law and the exchange, were
 * written in AssemblyScript with f64x2 and timed in turns with ours: 1.5 to 1.8 and 2.2 times as fast. Advection was tried
 * without SIMD only: no faster. By their shares of a step (36 % and 20 %) that comes to 1.35 for the whole; with advection
 * (13 %) at twice the speed, which was not tried, to 1.5. A second language, a build step and laws written twice would
 * have to be worth more.
 */
import { cpus } from 'node:os';
import { buildCycleSchedule, buildStrokeSchedule, runRoom, solveOperatingPoint } from '../../sim/index.ts';
import { listPresets, loadPreset } from '../../sim/command/preset-file.ts';
import { Machine } from '../../sim/machine/machine.ts';
import { operationRecipe } from '../../sim/study/operating-point.ts';
import { runCycle } from '../../sim/study/steady-state.ts';
import { C_OPTIONS, compileReference, largestDifference } from './c-reference.ts';
import { printPictureCosts } from './charts.ts';
import { heapBytes } from './heap.ts';
import { busThroughput, stopLatency } from './modbus-line.ts';
import { printPageCosts } from './page.ts';
import { plainKernel, transportAlone } from './plain-kernel.ts';
import { marchedState, referenceCase } from './reference-case.ts';
import { streamCost } from './stream.ts';
import { planSteps } from './predictive.ts';
import { pageCost } from './stream-page.ts';
import { surrogateSpeed } from './surrogate.ts';
import { SWEEP_POINTS, printSweepCost } from './sweep.ts';
import { leastSeconds, processorSeconds } from './timing.ts';

const KEY = 'hkust-kilowatt-2025';
type Changes = Readonly<Record<string, string>>;
const preset = (changes: Changes = {}) => loadPreset(KEY, new Map(Object.entries(changes)));

/** Cycles before anything is counted, and cycles of a timing. */
const WARM_UP = 20;
const CYCLES = 40;
const ROUNDS = 12;
/** Code is compiled anew for some thousands of steps, and compiling allocates. */
const HEAP_WARM_UP = 600;
const HEAP_CYCLES = 200;
const LUMPS = 5;

function report(label: string, value: string): void {
  process.stdout.write(`${label.padEnd(58)}${value}\n`);
}

const [cpu] = cpus();
process.stdout.write(
  `node ${process.version}, ${cpu?.model.trim() ?? 'unknown processor'}, ${new Date().toISOString().slice(0, 10)}\n\n`,
);

const { device } = preset();
const recipe = operationRecipe(device);
const schedule = buildCycleSchedule(device, recipe);
const ports = { cold: 294.15, hot: 304.15, ambient: 299.15 };
const made = () => new Machine(device, device.recipe.frequency, device.operation.mean_temperature);
const machine = made();
const [bank] = machine.banks;
const [train] = machine.trains;
const march = (cycles: number) => {
  for (let k = 0; k < cycles; k++) runCycle(machine, schedule, ports);
};

march(WARM_UP);
const marched = marchedState(machine);
// before other callers of the same functions make the compiler more cautious
march(HEAP_WARM_UP);
const heap = heapBytes(() => march(HEAP_CYCLES));
const plainCycle = plainKernel(machine, schedule, ports);
const transportCycle = transportAlone(made(), schedule, ports);
const cCase = referenceCase(machine, buildStrokeSchedule(device, recipe), ports, {
  warmUp: WARM_UP,
  timed: CYCLES,
});
const reference = compileReference();
const [full, plain, transport, c] = leastSeconds(ROUNDS, [
  () => processorSeconds(() => march(CYCLES)),
  ...[plainCycle, transportCycle].map(
    (cycle) => () =>
      processorSeconds(() => {
        for (let k = 0; k < CYCLES; k++) cycle();
      }),
  ),
  () => reference?.run(cCase).seconds ?? Number.NaN,
]);

const updates = CYCLES * schedule.steps * bank.cells * bank.nodes * LUMPS;
const speed = (seconds: number) => `${(updates / seconds / 1e6).toFixed(0)} M`;
report(
  `${bank.cells} unequal cells, ${bank.nodes} nodes along each of ${LUMPS} lumps`,
  `${schedule.steps} steps a cycle`,
);
report('plain kernel, node-updates/s', speed(plain));
report('full step, node-updates/s', `${speed(full)}, ${(plain / full).toFixed(2)} of the plain kernel`);
report(
  '  its own transport alone',
  `${speed(transport)}, so that law and force take ${share(full - transport)}`,
);
report('  real-time factor (simulated s per processor s)', ((CYCLES * schedule.periodS) / full).toFixed(0));
report('  passes of the force solve a step', (train.passes / train.steps).toFixed(2));
if (reference === null) {
  report('the same step in C', 'left out: no C compiler (cc) here');
} else {
  const difference = largestDifference(marched, reference.run(cCase).state);
  report(
    `the same step in C (cc ${C_OPTIONS.join(' ')})`,
    `${speed(c)}; ours has ${(c / full).toFixed(2)} of it`,
  );
  report(`  largest difference of the states after ${WARM_UP} cycles`, difference.toExponential(0));
  reference.remove();
}
// rounded: measuring is not exact to a few hundred bytes; and no minus zero
const perStep = (bytes: number) => Math.round(bytes / HEAP_CYCLES / schedule.steps) + 0;
report('heap, bytes a step', `${perStep(heap.allocated)}, of which stay ${perStep(heap.kept)}`);

const once = (work: () => unknown, rounds: number) =>
  leastSeconds(rounds, [() => processorSeconds(() => void work())])[0];
process.stdout.write('\nsimulate to cyclic steady state, processor s\n');
for (const key of listPresets())
  report(`  ${key}`, once(() => solveOperatingPoint(loadPreset(key, new Map()).device), 2).toFixed(2));

process.stdout.write('\na surrogate of the size that training gives it, processor time\n');
const learned = surrogateSpeed();
for (const [label, seconds] of [
  ['one by one', learned.oneS],
  ['a thousand at once', learned.batchS],
] as const)
  report(
    `  an evaluation, ${label}`,
    `${(1e6 * seconds).toFixed(1)} µs, ${(learned.simulationS / seconds).toFixed(0)} in the time of one simulation`,
  );
process.stdout.write(
  `\na sweep of ${SWEEP_POINTS} points of ${KEY}, from start to file: processor time, wall time\n`,
);
printSweepCost(report);

process.stdout.write('\nthe model house, processor s\n');
const house = (durationS: number, method: 'full' | 'multirate', changes: Changes = {}) =>
  once(() => runRoom(preset(changes), { place: 'house', durationS, sampleEveryS: 30, method }), 1).toFixed(1);
report('  15 minutes, every cycle', house(900, 'full'));
report('  15 minutes, every cycle, equal cells as one', house(900, 'full', { gap_tolerance: '0' }));
report('  15 minutes, multirate', house(900, 'multirate'));
report(
  '  a day, multirate',
  house(86_400, 'multirate', { outdoor_swing: '3 K', outdoor_dew_point: '24 °C' }),
);

process.stdout.write('\nthe web process, 64 channels at 1 kHz, processor time by wall time\n');
for (const clients of [0, 1, 8]) {
  const { shareOfCore, bytesPerS } = await streamCost(clients, 10);
  const rate = clients === 0 ? '' : `, ${(bytesPerS / 1000).toFixed(0)} kB/s to each`;
  report(`  to ${clients} clients`, `${(100 * shareOfCore).toFixed(1)} % of a core${rate}`);
}

process.stdout.write('\na picture of 64 curves at 1 kHz on 1,800 px, before it is painted, processor time\n');
printPictureCosts(report);

process.stdout.write('\na page with 64 channels at 1 kHz, processor time\n');
const page = pageCost();
report('  taking in a second of it', milliseconds(page.takeS));
for (const [windowS, seconds] of page.traceS)
  report(`  tracing all channels over ${windowS} s on 1,920 px`, milliseconds(seconds));
process.stdout.write(
  '\nthe page in Chromium, 64 curves at 1 kHz drawn, seven plain clients beside it, wall time\n',
);
await printPageCosts(report, 1);

process.stdout.write(
  '\na Modbus bus of three slaves on a pseudo-terminal held to the speed of a wire, wall time\n',
);
for (const [baudRate, isPaced] of [
  [115_200, true],
  [921_600, true],
  [921_600, false],
] as const) {
  const through = await busThroughput(baudRate, 4, isPaced);
  if (through === null) continue;
  const { transactionsPerS, shareOfWire } = through;
  const percent = (100 * shareOfWire).toFixed(0);
  report(
    `  reads of 10 registers at ${baudRate} Bd${isPaced ? '' : ', no wire between'}`,
    `${transactionsPerS.toFixed(0)} a second, ${percent} % of the wire's limit`,
  );
}
const stop = await stopLatency(115_200, 500);
if (stop !== null)
  report(
    '  from a STOP to its bytes, one slave dead, three polled',
    `p50 ${stop.p50Ms.toFixed(1)} ms, p99 ${stop.p99Ms.toFixed(1)} ms, worst ${stop.worstMs.toFixed(1)} ms of 500`,
  );

const { median_ms, p99_ms } = planSteps();
process.stdout.write('\na regulator that looks ahead, wall time\n');
report('  a decision with a plan', `median ${median_ms.toFixed(2)} ms, p99 ${p99_ms.toFixed(2)} ms`);

function milliseconds(seconds: number): string {
  return `${(1000 * seconds).toFixed(1)} ms`;
}

function share(seconds: number): string {
  return `${((100 * seconds) / full).toFixed(0)} %`;
}

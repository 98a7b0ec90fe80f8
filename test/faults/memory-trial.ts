/** One fault in memory, judged as the command judges it against real processes. */
import { trialRigText } from '../../controller/command/faults/trial-rig-file.ts';
import {
  createSafetyTimer,
  GOES_ON_S,
  HEALTHY_CYCLES,
  isOver,
  judge,
  type Seen,
  SETTLE_MS,
  type Verdict,
} from '../../controller/command/faults/verdict.ts';
import { type FaultSpec, WITHIN_S } from '../../controller/protocol/faults/fault.ts';
import { VirtualClock } from '../../controller/league/virtual-clock.ts';
import { RigBench } from './rig-bench.ts';

const LOOK_MS = 4;
/** A process takes its time to start. */
const RESTART_MS = 1000;
const ASK_AFTER_MS = 300;

export interface MemoryTrial {
  readonly verdict: Verdict;
  readonly bench: RigBench;
}

export async function runInMemory(spec: FaultSpec): Promise<MemoryTrial> {
  const bench = new RigBench(new VirtualClock(), 1, trialRigText());
  const timer = createSafetyTimer(spec);
  await bench.run();
  const cycles = spec.afterCycles ?? HEALTHY_CYCLES;
  while (bench.rig.firmware.cyclesCompleted < cycles + 1 || !bench.rig.truth().isLoaded)
    await bench.clock.advance(LOOK_MS);
  if (bench.faults().length > 0 || bench.state() !== 'EXECUTE')
    throw new Error(`not healthy before ${spec.name}: ${bench.told.join('\n')}`);

  const injectedMs = bench.clock.nowMs();
  const seen = (): Seen => ({
    state: bench.state(),
    faults: bench.faults(),
    safeAfterMs: timer.safeAfterMs(),
  });
  const watch = async (ms: number, isDone = (): boolean => false): Promise<void> => {
    const untilMs = bench.clock.nowMs() + ms;
    while (bench.clock.nowMs() < untilMs && !isDone()) {
      await bench.clock.advance(LOOK_MS);
      const { isUnloaded, isEnabled } = bench.rig.truth();
      timer.take(isUnloaded, isEnabled, bench.clock.nowMs() - injectedMs);
    }
  };

  await inject(spec, bench, watch);
  if (spec.asks !== undefined) {
    await watch(ASK_AFTER_MS);
    bench.command(spec.asks);
  }
  const goesOn = spec.rest === 'running' && spec.cause === 'none';
  await watch(1000 * (goesOn ? GOES_ON_S : (spec.within_s ?? WITHIN_S)), () => isOver(spec, seen()));
  if (!goesOn) await watch(SETTLE_MS);
  return { verdict: judge(spec, seen()), bench };
}

async function inject(
  { name, place, parameter }: FaultSpec,
  bench: RigBench,
  watch: (ms: number) => Promise<void>,
): Promise<void> {
  if (place !== 'host') {
    const problem = bench.rig.inject(name);
    if (problem !== null) throw new Error(problem);
  } else if (name === 'host-stall') bench.host.stall(parameter?.value ?? 0);
  else {
    bench.killController();
    await watch(RESTART_MS);
    bench.restartController();
  }
}

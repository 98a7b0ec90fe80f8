/**
 * `node test/bench/framed-stream.ts [seconds]`: what a stream of the framed contract costs. The virtual rig as a process,
 * 64 columns at 1 kHz through its pseudo-terminal (some of its channels stand there more than once), at a line speed
 * that carries them; then 22 channels at the default speed.
 */
import { fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { openPort } from '../../controller/port/open-port.ts';
import { systemClock } from '../../controller/port/system-clock.ts';
import { FramedLink } from '../../controller/protocol/framed-link.ts';
import type { VirtualRigReady } from '../../controller/protocol/virtual-rig-channel.ts';

const path = (relative: string): string => fileURLToPath(new URL(`../../${relative}`, import.meta.url));
const SECONDS = Number(process.argv[2] ?? 20);
/** Clock ticks a second of /proc/PID/stat on Linux. */
const TICKS_PER_S = 100;

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Processor time that a process has taken, s; NaN where the system does not say. */
function processorS(pid: number | undefined): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
    return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_S;
  } catch {
    return Number.NaN;
  }
}

async function measure(columns: number, baudRate: number): Promise<void> {
  const options = { presetFile: path('fixtures/presets/hkust-kilowatt-2025.yaml'), baudRate };
  const rig = fork(path('controller/virtual-rig/main.ts'), [JSON.stringify(options)], { execArgv: [] });
  const ready = await new Promise<VirtualRigReady>((resolve) => rig.once('message', resolve));
  const port = await openPort(ready.framed.pseudoTerminal ?? ready.framed.tcp, { baudRate });
  if (typeof port === 'string') throw new Error(port);
  const link = new FramedLink(port, systemClock, { nonce: 1, timeoutMs: 250 });
  const dictionary = await link.connect();
  if (!dictionary.ok) throw new Error(dictionary.sentence);
  await link.command('enable');
  await link.command('run');
  const names = dictionary.value.channels.map(({ name }) => name);
  const chosen = Array.from({ length: columns }, (_, i) => names[i % names.length] ?? '');
  const rowBytes = chosen.reduce((sum, name) => sum + (name.endsWith('_C') ? 2 : 4), 0);
  const own = process.cpuUsage();
  const before = processorS(rig.pid);
  await link.subscribe(chosen, 1000, () => {});
  for (const endMs = performance.now() + 1000 * SECONDS; performance.now() < endMs; await sleep(20))
    await link.beat(Math.floor(performance.now()) & 0xffff);
  const { stream, damagedFrames, longestRoundTripMs } = link.statistics();
  const taken = process.cpuUsage(own);
  const clock = link.clock();
  const share = (seconds: number): string => `${((100 * seconds) / SECONDS).toFixed(1)} %`;
  process.stdout.write(
    `${columns} columns (some ${rowBytes} bytes) x 1 kHz at ${baudRate} Bd, ${SECONDS} s:\n` +
      `  rows ${stream?.rows}, missing ${stream?.missingRows} (overrun ${stream?.overrunRows}), frames ${stream?.frames}, ` +
      `lost ${stream?.lostFrames}, damaged ${damagedFrames}\n` +
      `  host ${share((taken.user + taken.system) / 1e6)} of a core with 50 heartbeats a second, rig ${share(processorS(rig.pid) - before)} with its physics\n` +
      `  longest round trip ${longestRoundTripMs.toFixed(1)} ms; clock ±${clock?.uncertaintyMs.toFixed(2)} ms, residual ` +
      `${clock?.residualMs.toFixed(3)} ms, drift ${clock?.driftPpm.toFixed(1)} ± ${clock?.driftUncertaintyPpm.toFixed(1)} ppm, ${clock?.samples} exchanges\n`,
  );
  link.close();
  rig.disconnect();
}

await measure(64, 4_000_000);
await measure(22, 921_600);

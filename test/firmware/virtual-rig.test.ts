/** The virtual rig as a process, over a pseudo-terminal and over TCP. */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { systemClock } from '../../controller/port/system-clock.ts';
import type { BytePort } from '../../controller/protocol/byte-port.ts';
import type { VirtualRigReady } from '../../controller/protocol/virtual-rig-channel.ts';
import { type Bench, openPatiently } from './bench.ts';
import { conformance } from './conformance.ts';

const path = (relative: string): string => fileURLToPath(new URL(`../../${relative}`, import.meta.url));
const OPTIONS = { presetFile: path('fixtures/presets/hkust-kilowatt-2025.yaml'), baudRate: 921_600 };

async function rigBench(lineOf: (ready: VirtualRigReady) => string): Promise<Bench> {
  const rig = fork(path('controller/virtual-rig/main.ts'), [JSON.stringify(OPTIONS)], { execArgv: [] });
  const ready = await new Promise<VirtualRigReady>((resolve) => rig.once('message', resolve));
  let port: BytePort | null = null;
  return {
    clock: systemClock,
    async open() {
      port?.close();
      port = await openPatiently(lineOf(ready));
      return port;
    },
    run: (promise) => promise,
    sleepMs: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    async end() {
      port?.close();
      const exited = new Promise((resolve) => rig.once('exit', resolve));
      rig.disconnect();
      await exited;
    },
  };
}

if (process.platform !== 'win32')
  conformance('virtual rig on a pseudo-terminal', () =>
    rigBench(({ framed }) => framed.pseudoTerminal ?? ''),
  );

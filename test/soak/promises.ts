/**
 * The numbers of the plan that a fault shows, beside what others promise for printers. In simulated time, from the
 * fault to the train unloaded and enable off; and the lateness of a real control loop while this program computes.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeTrialRigFile } from '../../controller/command/faults/trial-rig-file.ts';
import { TrialPair } from '../../controller/command/faults/trial-pair.ts';
import { faultNamed } from '../../controller/protocol/faults/index.ts';
import { runInMemory } from '../faults/memory-trial.ts';

/** What takes the machine to safety without help of whoever lost the other, and what was promised, ms. */
const RACES = [
  { fault: 'silence', title: 'replies lost: the controller aborts', promised: 'alarm at most 250' },
  { fault: 'deaf', title: 'requests lost: the dead-man of the device', promised: 'dead-man at most 500' },
  { fault: 'unplug', title: 'adapter pulled', promised: 'dead-man at most 500' },
  { fault: 'controller-killed', title: 'controller killed (kill -9)', promised: 'dead-man at most 500' },
] as const;

const OTHERS = `For comparison: Klipper notices a dead MCU after 4 to 5 s, OctoPrint a dead printer after 30 s.`;

export interface Promises {
  /** The table; `lostLinkMs`: from the last reading to the alarm, of every lost link of the soak. */
  conclude(lostLinkMs: readonly number[]): Promise<string>;
}

export async function measurePromises(): Promise<Promises> {
  const folder = mkdtempSync(join(tmpdir(), 'elastocool-soak-'));
  const rigFile = join(folder, 'rig.yaml');
  writeTrialRigFile(rigFile);
  const rig = { preset: 'hkust-kilowatt-2025', baudRate: 921_600, kind: 'modbus' } as const;
  const pair = await TrialPair.start({ rigFile, rig }, 'inherit');
  const isRunning = await pair.makeHealthy(1);
  return {
    async conclude(lostLinkMs) {
      const rows = await Promise.all(RACES.map(race));
      const state = pair.control.state()?.state ?? 'none';
      console.log(
        `A real controller beside this soak ${isRunning ? 'ran' : 'did not get healthy'}, now in ${state}:`,
      );
      // It says its own lateness when it ends.
      await pair.end();
      rmSync(folder, { recursive: true, force: true });
      return [
        'From the fault to safety, train unloaded and enable off (simulated time):',
        ...rows,
        alarm(lostLinkMs),
        OTHERS,
      ].join('\n');
    },
  };
}

async function race({ fault, title, promised }: (typeof RACES)[number]): Promise<string> {
  const spec = faultNamed(fault);
  if (spec === undefined) throw new Error(fault);
  const { verdict } = await runInMemory(spec);
  return `  ${title.padEnd(44)}${String(verdict.time_to_safe_ms).padStart(6)} ms   (promised: ${promised} ms, then the train unloads in 100 to 300)`;
}

function alarm(lostLinkMs: readonly number[]): string {
  const sorted = lostLinkMs.toSorted((a, b) => a - b);
  const middle = sorted[sorted.length >> 1];
  if (middle === undefined) return 'No link was lost in this soak.';
  return `From the last reading to the alarm of a lost link, stalls of the controller aside, ${sorted.length} times: median ${middle.toFixed(0)} ms, longest ${sorted.at(-1)?.toFixed(0)} ms (promised: at most 250 ms).`;
}

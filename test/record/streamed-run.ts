/** A record of a board that streams two channels at 1 kHz for two seconds: row `n` is n and -n; 1000 to 1199 were lost. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Hub } from '../../controller/server/hub.ts';
import { tablesOf } from '../../controller/wire/channels.ts';
import { encodeFrame } from '../../controller/wire/frame.ts';
import { FakeControl } from '../server/fake-control.ts';
import { MadeUpRun, tickFrame } from './made-up-run.ts';

export const STREAMED = ['a', 'b'].map((name) => ({ name, unit: 'kN', title: name }));
const ROWS = 20;
const LOST = { from: 1000, to: 1200 };

/** Its bytes. Numbers of rows that were kept go into `kept`. */
export async function streamedRun(folder: string, kept: number[] = []): Promise<Uint8Array<ArrayBuffer>> {
  const made = new MadeUpRun(folder);
  const hub = new Hub();
  hub.keep(made.recorder);
  const machine = new FakeControl();
  machine.tables = tablesOf(STREAMED);
  hub.attach(machine);
  made.state('EXECUTE');
  for (let first = 0; first < 2000; first += ROWS) {
    made.nowMs += ROWS;
    const tick = first / ROWS;
    machine.deliver({ kind: 'frame', group: 'tick', sequence: tick, bytes: tickFrame(tick) });
    if (first >= LOST.from && first < LOST.to) continue;
    const numbers = Float32Array.from({ length: ROWS }, (_, row) => first + row);
    kept.push(...numbers);
    const sequence = first + ROWS - 1;
    const frame = { group: 'stream', sequence, startS: first / 1000, cycle: 0, rows: ROWS } as const;
    const offsetS = Float32Array.from({ length: ROWS }, (_, row) => row / 1000);
    const bytes = encodeFrame({ ...frame, offsetS, columns: [numbers, numbers.map((n) => -n)] });
    machine.deliver({ kind: 'frame', group: 'stream', sequence, bytes });
  }
  const id = made.recorder.run ?? '';
  await made.recorder.end('over');
  return new Uint8Array(readFileSync(join(folder, id, 'record.mcap')));
}

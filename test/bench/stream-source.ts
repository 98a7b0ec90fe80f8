/**
 * The control process of the stream bench: 64 channels at 1 kHz in 50 frames of 20 rows a second, beside a state twice
 * a second.
 */
import type { ControlToWeb } from '../../controller/control/ipc.ts';
import { tablesOf } from '../../controller/wire/channels.ts';
import { encodeFrame } from '../../controller/wire/frame.ts';
import { greeting } from '../server/fake-control.ts';

export const CHANNEL_COUNT = 64;
export const ROWS = 20;
const FRAME_MS = 20;

let sequence = 0;
let startedMs = 0;

function frame(): ControlToWeb {
  const columns = Array.from({ length: CHANNEL_COUNT }, (_, n) =>
    Float32Array.from({ length: ROWS }, (_row, k) => Math.sin(sequence + k / ROWS + n)),
  );
  const offsetS = Float32Array.from({ length: ROWS }, (_, k) => k / 1000);
  const lastRow = (sequence + 1) * ROWS - 1;
  const startS = (sequence * FRAME_MS) / 1000;
  const bytes = encodeFrame({
    group: 'stream',
    sequence: lastRow,
    startS,
    cycle: 0,
    rows: ROWS,
    offsetS,
    columns,
  });
  sequence++;
  return { kind: 'frame', group: 'stream', sequence: lastRow, bytes };
}

/** What is due by now: a timer that comes late sends the rest, so that the rate holds. */
function sendDue(): void {
  startedMs ||= performance.now();
  while (sequence * FRAME_MS < performance.now() - startedMs) process.send?.(frame());
}

if (process.send !== undefined) {
  const channels = Array.from({ length: CHANNEL_COUNT }, (_, n) => ({ name: `x_${n}`, unit: '', title: '' }));
  const hello: ControlToWeb = { kind: 'message', message: greeting(tablesOf(channels)) };
  process.send(hello);
  setInterval(sendDue, FRAME_MS);
}
process.on('disconnect', () => process.exit(0));

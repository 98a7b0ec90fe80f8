/**
 * The control process of the stream bench: 64 channels at 1 kHz in 50 frames of 20 rows a second, beside a state twice
 * a second. Group `waveform` is the one whose frames may have any shape.
 */
import type { ControlToWeb } from '../../controller/control/ipc.ts';
import { encodeFrame } from '../../controller/wire/frame.ts';

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
  const startS = (sequence * FRAME_MS) / 1000;
  const bytes = encodeFrame({ group: 'waveform', sequence, startS, cycle: 0, rows: ROWS, offsetS, columns });
  return { kind: 'frame', group: 'waveform', sequence: sequence++, bytes };
}

/** What is due by now: a timer that comes late sends the rest, so that the rate holds. */
function sendDue(): void {
  startedMs ||= performance.now();
  while (sequence * FRAME_MS < performance.now() - startedMs) process.send?.(frame());
}

if (process.send !== undefined) setInterval(sendDue, FRAME_MS);
process.on('disconnect', () => process.exit(0));

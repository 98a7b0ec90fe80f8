/**
 * The binary telemetry frame, little-endian:
 *
 *   0  u8   frame version (1)
 *   1  u8   group index in GROUPS
 *   2  u16  rows
 *   4  u32  sequence number of the LAST row within the group, +1 a row; a whole cycle (waveform, picture) counts as one
 *   8  f64  device time of the first row, s
 *  16  u32  cycle number (0 for ticks)
 *  20  u32  columns
 *  24  f32  column-major: `columns + 1` columns of `rows` values; column 0 is time after the first row in s
 *
 * Column-major because a chart wants columns; one encode serves every client.
 */
import { GROUPS, type GroupName } from './channels.ts';

export const FRAME_VERSION = 1;
const HEADER_BYTES = 24;

export interface Frame {
  readonly group: GroupName;
  readonly sequence: number;
  /** Device time of the first row in s. */
  readonly startS: number;
  readonly cycle: number;
  readonly rows: number;
  /** Time of each row after `startS` in s, shape [rows]. */
  readonly offsetS: Float32Array;
  /** One array of shape [rows] a channel, in the order of the channel table. */
  readonly columns: readonly Float32Array[];
}

/** Encodes a frame; throws RangeError where a column's length is not `rows`. */
export function encodeFrame(frame: Frame): Uint8Array<ArrayBuffer> {
  const { rows, columns } = frame;
  const bytes = new Uint8Array(HEADER_BYTES + 4 * rows * (columns.length + 1));
  const view = new DataView(bytes.buffer);
  view.setUint8(0, FRAME_VERSION);
  view.setUint8(1, GROUPS.indexOf(frame.group));
  view.setUint16(2, rows, true);
  view.setUint32(4, frame.sequence, true);
  view.setFloat64(8, frame.startS, true);
  view.setUint32(16, frame.cycle, true);
  view.setUint32(20, columns.length, true);
  const values = new Float32Array(bytes.buffer, HEADER_BYTES);
  let at = 0;
  for (const column of [frame.offsetS, ...columns]) {
    if (column.length !== rows)
      throw new RangeError(`a column has ${column.length} values, the frame ${rows} rows`);
    values.set(column, at);
    at += rows;
  }
  if (!IS_LITTLE_ENDIAN) swapBytes(bytes.subarray(HEADER_BYTES));
  return bytes;
}

/** Typed arrays use the byte order of the processor; on all but the rarest it is that of the wire. */
const IS_LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

function swapBytes(bytes: Uint8Array): void {
  for (let i = 0; i < bytes.length; i += 4) bytes.subarray(i, i + 4).reverse();
}

/** Column-major values; over the bytes themselves where they lie so that an array can, over a copy otherwise. */
function valuesOf(bytes: Uint8Array): Float32Array {
  const isAligned = IS_LITTLE_ENDIAN && bytes.byteOffset % 4 === 0;
  // Not slice(): that of node's Buffer copies nothing.
  const own = isAligned ? bytes : new Uint8Array(bytes);
  if (!IS_LITTLE_ENDIAN) swapBytes(own);
  return new Float32Array(own.buffer, own.byteOffset, own.length / 4);
}

/** Writes another sequence number into an encoded frame: the server counts on where a control process was restarted. */
export function renumberFrame(bytes: Uint8Array, sequence: number): void {
  new DataView(bytes.buffer, bytes.byteOffset).setUint32(4, sequence, true);
}

/**
 * Decodes a frame; returns a sentence instead where the bytes are not a frame of this version. The columns may lie in
 * `bytes` itself, which must not be used for anything else as long as they are.
 */
export function decodeFrame(bytes: Uint8Array): Frame | string {
  if (bytes.byteLength < HEADER_BYTES)
    return `a frame of ${bytes.byteLength} bytes is shorter than its header`;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = view.getUint8(0);
  if (version !== FRAME_VERSION) return `frame version ${version}; this client reads ${FRAME_VERSION}`;
  const group = GROUPS[view.getUint8(1)];
  if (group === undefined) return `frame group ${view.getUint8(1)} is unknown`;
  const rows = view.getUint16(2, true);
  const columnCount = view.getUint32(20, true);
  const expected = HEADER_BYTES + 4 * rows * (columnCount + 1);
  if (bytes.byteLength !== expected)
    return `a frame of ${bytes.byteLength} bytes; its header says ${expected}`;
  const values = valuesOf(bytes.subarray(HEADER_BYTES));
  const read = (column: number): Float32Array => values.subarray(column * rows, (column + 1) * rows);
  return {
    group,
    sequence: view.getUint32(4, true),
    startS: view.getFloat64(8, true),
    cycle: view.getUint32(16, true),
    rows,
    offsetS: read(0),
    columns: Array.from({ length: columnCount }, (_, i) => read(i + 1)),
  };
}

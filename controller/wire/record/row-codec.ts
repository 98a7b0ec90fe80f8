/**
 * Telemetry frames as protobuf messages and back. Rows are written into a template whose tags never change: a row of 64
 * channels costs 64 stores, not 64 calls of a general encoder.
 */
import { BinaryReader, BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { type GroupName, isWholeCycle } from '../channels.ts';
import type { Frame } from '../frame.ts';
import { FIELD } from './row-schema.ts';

/** One protobuf message and the device time of it in s. */
export interface EncodedRow {
  readonly data: Uint8Array;
  readonly deviceS: number;
}

export interface RowEncoder {
  /** The messages of a frame, in order. The bytes are the caller's. */
  encode(frame: Frame): EncodedRow[];
}

export const createRowEncoder = (group: GroupName, columns: number): RowEncoder =>
  isWholeCycle(group) ? { encode: (frame) => [encodeBatch(frame)] } : createTemplateEncoder(columns);

function createTemplateEncoder(columns: number): RowEncoder {
  const writer = new BinaryWriter();
  writer.tag(FIELD.deviceTime, WireType.Bit64).double(0);
  writer.tag(FIELD.cycle, WireType.Bit32).fixed32(0);
  for (let i = 0; i < columns; i++) writer.tag(FIELD.firstChannel + i, WireType.Bit32).float(0);
  const template = writer.finish();
  const places = valuePlaces(template);
  return {
    encode: (frame) =>
      Array.from({ length: frame.rows }, (_, row) => {
        const data = template.slice();
        const view = new DataView(data.buffer);
        const deviceS = frame.startS + frame.offsetS[row];
        view.setFloat64(places[0], deviceS, true);
        view.setUint32(places[1], frame.cycle, true);
        for (const [i, column] of frame.columns.entries()) view.setFloat32(places[i + 2], column[row], true);
        return { data, deviceS };
      }),
  };
}

/** Where the values of a message of fixed-size fields begin. */
function valuePlaces(message: Uint8Array): number[] {
  const reader = new BinaryReader(message);
  const places: number[] = [];
  while (reader.pos < reader.len) {
    const [number, type] = reader.tag();
    places.push(reader.pos);
    reader.skip(type, number);
  }
  return places;
}

function encodeBatch(frame: Frame): EncodedRow {
  const writer = new BinaryWriter();
  writer.tag(FIELD.deviceTime, WireType.Bit64).double(frame.startS);
  writer.tag(FIELD.cycle, WireType.Bit32).fixed32(frame.cycle);
  const packed = (number: number, values: Float32Array): void => {
    writer.tag(number, WireType.LengthDelimited).bytes(littleEndian(values));
  };
  packed(FIELD.offset, frame.offsetS);
  for (const [i, column] of frame.columns.entries()) packed(FIELD.firstChannel + i, column);
  return { data: writer.finish(), deviceS: frame.startS };
}

function littleEndian(values: Float32Array): Uint8Array {
  const bytes = new Uint8Array(4 * values.length);
  const view = new DataView(bytes.buffer);
  for (const [i, value] of values.entries()) view.setFloat32(4 * i, value, true);
  return bytes;
}

/**
 * The frame of one message; a sentence where the bytes are not one. `columns`: of the channel table that the record
 * carries. A channel that is not in the message is NaN in every row.
 */
export function decodeRow(
  group: GroupName,
  columns: number,
  sequence: number,
  data: Uint8Array,
): Frame | string {
  try {
    return isWholeCycle(group)
      ? decodeBatch(group, columns, sequence, data)
      : decodeSingle(group, columns, sequence, data);
  } catch (error) {
    return `a ${group} message of ${data.byteLength} bytes is not protobuf: ${error instanceof Error ? error.message : ''}`;
  }
}

function decodeSingle(group: GroupName, columns: number, sequence: number, data: Uint8Array): Frame {
  const reader = new BinaryReader(data);
  // a loop and no iterator: a board streams a thousand of these a second
  const values: Float32Array[] = [];
  for (let i = 0; i < columns; i++) values.push(new Float32Array(1).fill(Number.NaN));
  let startS = Number.NaN;
  let cycle = 0;
  while (reader.pos < reader.len) {
    const [number, type] = reader.tag();
    const column = values[number - FIELD.firstChannel];
    if (number === FIELD.deviceTime) startS = reader.double();
    else if (number === FIELD.cycle) cycle = reader.fixed32();
    else if (column !== undefined && type === WireType.Bit32) column[0] = reader.float();
    else reader.skip(type, number);
  }
  return { group, sequence, startS, cycle, rows: 1, offsetS: new Float32Array(1), columns: values };
}

function decodeBatch(group: GroupName, columns: number, sequence: number, data: Uint8Array): Frame {
  const reader = new BinaryReader(data);
  const found = new Map<number, Float32Array>();
  let startS = Number.NaN;
  let cycle = 0;
  while (reader.pos < reader.len) {
    const [number, type] = reader.tag();
    if (number === FIELD.deviceTime) startS = reader.double();
    else if (number === FIELD.cycle) cycle = reader.fixed32();
    else if (type === WireType.LengthDelimited) found.set(number, floatsOf(reader.bytes()));
    else reader.skip(type, number);
  }
  const offsetS = found.get(FIELD.offset) ?? new Float32Array(0);
  const column = (i: number): Float32Array => {
    const values = found.get(FIELD.firstChannel + i);
    return values?.length === offsetS.length ? values : new Float32Array(offsetS.length).fill(Number.NaN);
  };
  return {
    group,
    sequence,
    startS,
    cycle,
    rows: offsetS.length,
    offsetS,
    columns: Array.from({ length: columns }, (_, i) => column(i)),
  };
}

function floatsOf(bytes: Uint8Array): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float32Array.from({ length: bytes.byteLength >> 2 }, (_, i) => view.getFloat32(4 * i, true));
}

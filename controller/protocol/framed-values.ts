/** Numbers as the framed contract puts them on the line: little-endian, by the type names of the dictionary. */

export const VALUE_TYPES = ['u8', 'i8', 'u16', 'i16', 'u32', 'i32', 'f32'] as const;
export type ValueType = (typeof VALUE_TYPES)[number];

const SIZES: Readonly<Record<ValueType, number>> = { u8: 1, i8: 1, u16: 2, i16: 2, u32: 4, i32: 4, f32: 4 };

export const sizeOf = (type: ValueType): number => SIZES[type];

const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

export function readValue(view: DataView, at: number, type: ValueType): number {
  switch (type) {
    case 'u8':
      return view.getUint8(at);
    case 'i8':
      return view.getInt8(at);
    case 'u16':
      return view.getUint16(at, true);
    case 'i16':
      return view.getInt16(at, true);
    case 'u32':
      return view.getUint32(at, true);
    case 'i32':
      return view.getInt32(at, true);
    default:
      return view.getFloat32(at, true);
  }
}

export function writeValue(view: DataView, at: number, type: ValueType, value: number): void {
  if (type === 'u8') view.setUint8(at, value);
  else if (type === 'i8') view.setInt8(at, value);
  else if (type === 'u16') view.setUint16(at, value, true);
  else if (type === 'i16') view.setInt16(at, value, true);
  else if (type === 'u32') view.setUint32(at, value, true);
  else if (type === 'i32') view.setInt32(at, value, true);
  else view.setFloat32(at, value, true);
}

/** Lowest and highest of every whole type. */
export const WHOLE_RANGE: Readonly<Record<Exclude<ValueType, 'f32'>, readonly [low: number, high: number]>> =
  {
    u8: [0, 0xff],
    i8: [-0x80, 0x7f],
    u16: [0, 0xffff],
    i16: [-0x8000, 0x7fff],
    u32: [0, 0xffffffff],
    i32: [-0x80000000, 0x7fffffff],
  };

/** A type holds this value as it is (f32: up to its rounding; NaN and infinities too). */
export function holds(type: ValueType, value: number): boolean {
  if (type === 'f32') return !Number.isFinite(value) || Number.isFinite(Math.fround(value));
  const [low, high] = WHOLE_RANGE[type];
  return Number.isInteger(value) && value >= low && value <= high;
}

/** Grows a message field by field. */
export class ByteWriter {
  private bytes = new Uint8Array(64);
  private length = 0;

  value(type: ValueType, value: number): this {
    const at = this.room(sizeOf(type));
    writeValue(viewOf(this.bytes), at, type, value);
    return this;
  }

  /** A whole number from 0 to 2^53 − 1. */
  u64(value: number): this {
    return this.value('u32', value % 2 ** 32).value('u32', Math.floor(value / 2 ** 32));
  }

  raw(bytes: Uint8Array): this {
    const at = this.room(bytes.length);
    this.bytes.set(bytes, at);
    return this;
  }

  done(): Uint8Array {
    return this.bytes.slice(0, this.length);
  }

  private room(count: number): number {
    const at = this.length;
    this.length += count;
    if (this.length > this.bytes.length) {
      const larger = new Uint8Array(2 * this.length);
      larger.set(this.bytes.subarray(0, at));
      this.bytes = larger;
    }
    return at;
  }
}

/** Reads a message field by field; past its end every value is NaN and `isShort` says so. */
export class ByteReader {
  /** More was asked for than there is. */
  isShort = false;
  private readonly bytes: Uint8Array;
  private readonly view: DataView;
  private at = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.view = viewOf(bytes);
  }

  get left(): number {
    return this.bytes.length - this.at;
  }

  value(type: ValueType): number {
    if (this.left < sizeOf(type)) {
      this.isShort = true;
      return Number.NaN;
    }
    const value = readValue(this.view, this.at, type);
    this.at += sizeOf(type);
    return value;
  }

  u64(): number {
    const low = this.value('u32');
    return this.value('u32') * 2 ** 32 + low;
  }

  rest(): Uint8Array {
    const rest = this.bytes.subarray(this.at);
    this.at = this.bytes.length;
    return rest;
  }
}

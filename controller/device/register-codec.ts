/** Numbers in Modbus registers: 16, 32 and 64 bits, integers and floats, in every order of bytes and words. */
import type { Order, RegisterType } from './profile-points.ts';

const BITS: Readonly<Record<RegisterType, number>> = {
  u16: 16,
  i16: 16,
  u32: 32,
  i32: 32,
  u64: 64,
  i64: 64,
  f32: 32,
  f64: 64,
};

/** How many registers a value of this type takes. */
export const registersOf = (type: RegisterType): number => BITS[type] / 16;

/** `words` are as they crossed the wire. 64-bit integers beyond 2^53 lose their last digits. */
export function decodeRegisters(words: ArrayLike<number>, type: RegisterType, order: Order): number {
  const view = bytesOf(words, order);
  switch (type) {
    case 'u16':
      return view.getUint16(0);
    case 'i16':
      return view.getInt16(0);
    case 'u32':
      return view.getUint32(0);
    case 'i32':
      return view.getInt32(0);
    case 'u64':
      return Number(view.getBigUint64(0));
    case 'i64':
      return Number(view.getBigInt64(0));
    case 'f32':
      return view.getFloat32(0);
    case 'f64':
      return view.getFloat64(0);
    default:
      return type satisfies never;
  }
}

/** The registers of a whole (or, for floats, any) number within `rangeOf`. */
export function encodeRegisters(value: number, type: RegisterType, order: Order): Uint16Array {
  const view = new DataView(new ArrayBuffer(2 * registersOf(type)));
  switch (type) {
    case 'u16':
    case 'i16':
      view.setInt16(0, value);
      break;
    case 'u32':
    case 'i32':
      view.setInt32(0, value);
      break;
    case 'u64':
    case 'i64':
      view.setBigInt64(0, BigInt(value));
      break;
    case 'f32':
      view.setFloat32(0, value);
      break;
    case 'f64':
      view.setFloat64(0, value);
      break;
    default:
      return type satisfies never;
  }
  const straight = Uint16Array.from({ length: registersOf(type) }, (_, i) => view.getUint16(2 * i));
  return Uint16Array.from(reorder(straight, order));
}

/** Smallest and largest raw value; floats: any finite one. */
export function rangeOf(type: RegisterType): readonly [number, number] {
  if (type === 'f32') return [-3.402_823_4e38, 3.402_823_4e38];
  if (type === 'f64') return [-Number.MAX_VALUE, Number.MAX_VALUE];
  const bits = Math.min(BITS[type], 53);
  if (type.startsWith('u')) return [0, 2 ** bits - 1];
  return BITS[type] === 64 ? [-(2 ** 53 - 1), 2 ** 53 - 1] : [-(2 ** (bits - 1)), 2 ** (bits - 1) - 1];
}

function bytesOf(words: ArrayLike<number>, order: Order): DataView {
  const straight = reorder(words, order);
  const view = new DataView(new ArrayBuffer(2 * straight.length));
  for (const [i, word] of straight.entries()) view.setUint16(2 * i, word);
  return view;
}

/** Its own inverse: C before A turns the words round, B before A the bytes of each. */
function reorder(words: ArrayLike<number>, order: Order): number[] {
  const turned = order === 'CDAB' || order === 'DCBA' ? Array.from(words).toReversed() : Array.from(words);
  const swaps = order === 'BADC' || order === 'DCBA';
  return swaps ? turned.map((word) => ((word & 0xff) << 8) | (word >> 8)) : turned;
}

/**
 * Which requests read or write a set of points: neighbours together, as long as device and protocol carry, and no value
 * of several registers is ever cut in two.
 */
import { MOST, type Request } from '../protocol/pdu.ts';
import type { ModbusPoint } from './profile-points.ts';
import type { ProfileOf } from './profile.ts';
import { registersOf } from './register-codec.ts';

type Table = ModbusPoint['table'];

export interface PlacedPoint {
  readonly name: string;
  readonly table: Table;
  /** On the wire, from 0. */
  readonly address: number;
  /** Registers, or 1 bit. */
  readonly size: number;
}

/** One request that reads several points. */
export interface ReadBlock {
  readonly request: Extract<Request, { readonly fc: 1 | 2 | 3 | 4 }>;
  readonly points: readonly PlacedPoint[];
}

const READ_FC = { coil: 1, discrete: 2, input: 4, holding: 3 } as const;
export const isBit = (table: Table): boolean => table === 'coil' || table === 'discrete';

export function place({ modbus, points }: ProfileOf<'modbus'>, name: string): PlacedPoint {
  const { table, address, type } = points[name];
  const wire = modbus.addressing === 'plc1' ? address - 1 : address;
  return { name, table, address: wire, size: isBit(table) ? 1 : registersOf(type) };
}

export function planReads(profile: ProfileOf<'modbus'>, names: readonly string[]): ReadBlock[] {
  const { maxGap, maxRead } = profile.modbus;
  const placed = names
    .map((name) => place(profile, name))
    .toSorted((a, b) => a.table.localeCompare(b.table) || a.address - b.address);
  const blocks: PlacedPoint[][] = [];
  for (const point of placed) {
    const block = blocks.at(-1);
    const fits =
      block !== undefined && joins(block, point, maxGap, isBit(point.table) ? MOST.bitsRead : maxRead);
    if (fits) block.push(point);
    else blocks.push([point]);
  }
  return blocks.map(toBlock);
}

const endOf = (block: readonly PlacedPoint[]): number =>
  Math.max(...block.map(({ address, size }) => address + size));

function joins(block: readonly PlacedPoint[], point: PlacedPoint, maxGap: number, most: number): boolean {
  const [first] = block;
  if (first.table !== point.table || point.address > endOf(block) + maxGap) return false;
  return Math.max(endOf(block), point.address + point.size) - first.address <= most;
}

function toBlock(points: readonly PlacedPoint[]): ReadBlock {
  const [{ table, address }] = points;
  return { request: { fc: READ_FC[table], address, count: endOf(points) - address }, points };
}

/** One request that writes several points. */
export interface WriteBlock {
  readonly points: readonly PlacedPoint[];
  /** By function 05 or 06. */
  readonly single: boolean;
}

/** In the order given; only what stands side by side and follows each other goes out together. */
export function planWrites(profile: ProfileOf<'modbus'>, names: readonly string[]): WriteBlock[] {
  const blocks: { points: PlacedPoint[]; single: boolean }[] = [];
  for (const name of names) {
    const point = place(profile, name);
    const single = profile.points[name].function === 'single';
    const block = blocks.at(-1);
    const most = isBit(point.table) ? MOST.bitsWritten : profile.modbus.maxWrite;
    const follows = block !== undefined && !block.single && !single && joins(block.points, point, 0, most);
    if (follows && point.address === endOf(block.points)) block.points.push(point);
    else blocks.push({ points: [point], single });
  }
  return blocks;
}

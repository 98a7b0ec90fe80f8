/** The part of a rig file that says what electronics the machine has and how they are reached. */
import { z } from 'zod';
import { RigDevicesSchema } from '../../device/rig-devices.ts';
import { MachineMap } from './assembly/machine-map.ts';

/** A board with the register map of this project: `elastocool virtual-rig --register-map` prints it. */
const ModbusBoard = z.strictObject({
  kind: z.literal('modbus'),
  /** Line speed in Bd. */
  baudRate: z.int().min(1200).max(4_000_000),
  /** Modbus address of the device. */
  slave: z.int().min(1).max(247),
  /** How long a reply may take. */
  timeoutMs: z.int().min(5).max(150),
  /** Silence between frames. */
  interFrameMs: z.number().min(0).max(20),
  /** Silence after a time-out before the line is proven to be in step again. */
  lateReplyGuardMs: z.int().min(0).max(150),
});
export type ModbusBoard = Readonly<z.infer<typeof ModbusBoard>>;

/** A board with the reference firmware contract: controller/firmware/PROTOCOL.md. */
const FramedBoard = z.strictObject({
  kind: z.literal('framed'),
  /** Line speed in Bd. */
  baudRate: z.int().min(9600).max(4_000_000),
  /** How long a reply may take before the request is repeated. */
  timeoutMs: z.int().min(5).max(150),
  /** How often a request goes out before it is given up. */
  attempts: z.int().min(1).max(10),
  /** Every channel at the rate of the device, beside the heartbeats: for a line with room to spare. */
  stream: z.boolean().optional(),
});
export type FramedBoard = Readonly<z.infer<typeof FramedBoard>>;

/** Several devices on several lines, by their profiles. */
const Assembly = RigDevicesSchema.extend({
  kind: z.literal('assembly'),
  /** Longer, and readings would be too old to be acted on. */
  periodMs: z.number().min(10).max(100).default(50),
  machine: MachineMap,
});
export type Assembly = z.infer<typeof Assembly>;

export const ElectronicsSettings = z.discriminatedUnion('kind', [ModbusBoard, FramedBoard, Assembly]);
export type ElectronicsSettings = Readonly<z.infer<typeof ElectronicsSettings>>;

/** The settings of a board behind one line; null for an assembly. */
export const boardOf = (settings: ElectronicsSettings): ModbusBoard | FramedBoard | null =>
  settings.kind === 'assembly' ? null : settings;

/**
 * Why one lost reply would cost more than `mostMs`, or null. Over Modbus it costs a time-out, a guard and the proof of
 * step; a framed request is repeated at once.
 */
export function lossProblem(settings: ElectronicsSettings, mostMs: number): string | null {
  // Each device has its own; a loss that takes too long aborts, which is the safe side.
  if (settings.kind === 'assembly') return null;
  const { timeoutMs } = settings;
  const guardMs = settings.kind === 'modbus' ? settings.lateReplyGuardMs : 0;
  if (2 * timeoutMs + guardMs <= mostMs) return null;
  const guard = settings.kind === 'modbus' ? ` and electronics.lateReplyGuardMs ${guardMs}` : '';
  return `electronics.timeoutMs: twice ${timeoutMs}${guard} given, allowed is ${mostMs} ms together, the smaller of limits.data_age_ms and watchdog_timeout_ms.`;
}

/** Period of the control loop, ms: a board answers in 20; devices on slow lines say how long they need. */
export const tickMsOf = (settings: { readonly kind: string; readonly periodMs?: number }): number =>
  settings.periodMs ?? 20;

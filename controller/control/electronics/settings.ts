/** The part of a rig file that says what electronics the machine has and how they are reached. */
import { z } from 'zod';

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
});
export type FramedBoard = Readonly<z.infer<typeof FramedBoard>>;

export const ElectronicsSettings = z.discriminatedUnion('kind', [ModbusBoard, FramedBoard]);
export type ElectronicsSettings = Readonly<z.infer<typeof ElectronicsSettings>>;

/**
 * Why one lost reply would cost more than `mostMs`, or null. Over Modbus it costs a time-out, a guard and the proof of
 * step; a framed request is repeated at once.
 */
export function lossProblem(settings: ElectronicsSettings, mostMs: number): string | null {
  const { timeoutMs } = settings;
  const guardMs = settings.kind === 'modbus' ? settings.lateReplyGuardMs : 0;
  if (2 * timeoutMs + guardMs <= mostMs) return null;
  const guard = settings.kind === 'modbus' ? ` and electronics.lateReplyGuardMs ${guardMs}` : '';
  return `electronics.timeoutMs: twice ${timeoutMs}${guard} given, allowed is ${mostMs} ms together, the smaller of limits.data_age_ms and watchdog_timeout_ms.`;
}

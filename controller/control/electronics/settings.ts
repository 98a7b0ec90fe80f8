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

export const ElectronicsSettings = z.discriminatedUnion('kind', [ModbusBoard]);
export type ElectronicsSettings = Readonly<z.infer<typeof ElectronicsSettings>>;

/** Longest wait that one lost reply costs: a time-out, a guard and the proof of step; ms. */
export const oneLossMs = ({ timeoutMs, lateReplyGuardMs }: ModbusBoard): number =>
  2 * timeoutMs + lateReplyGuardMs;

/** The reply to a heartbeat: what the state machine needs, then the status channels of the dictionary. */
import type { Dictionary } from './framed-dictionary.ts';
import { decodeFields, type FieldValues } from './framed-fields.ts';
import { ByteReader } from './framed-values.ts';

export interface FramedStatus {
  readonly heartbeat_echo: number;
  /** By the enumerations of the dictionary. */
  readonly drive_state: number;
  readonly watchdog_state: number;
  /** Latched faults by bit number, and the bit that came first; null while there is none. */
  readonly fault_word: number;
  readonly first_fault: number | null;
  /** A recipe waits for the next cycle start. */
  readonly isRecipePending: boolean;
  readonly cycle_number: number;
  readonly device_us: number;
  readonly channels: FieldValues;
}

const NO_FAULT = 0xff;

/** @returns null where the body is shorter than the dictionary says */
export function readStatus({ channels, status }: Dictionary, body: Uint8Array): FramedStatus | null {
  const reader = new ByteReader(body);
  const head = {
    heartbeat_echo: reader.value('u16'),
    drive_state: reader.value('u8'),
    watchdog_state: reader.value('u8'),
    fault_word: reader.value('u16'),
  };
  const firstFault = reader.value('u8');
  const flags = reader.value('u8');
  const cycle_number = reader.value('u32');
  const device_us = reader.u64();
  const fields = status.flatMap((name) => channels.filter((channel) => channel.name === name));
  const values = decodeFields(fields, reader);
  if (values === null) return null;
  return {
    ...head,
    first_fault: firstFault === NO_FAULT ? null : firstFault,
    isRecipePending: (flags & 1) === 1,
    cycle_number,
    device_us,
    channels: values,
  };
}

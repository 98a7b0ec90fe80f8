/** What simulated devices are started with, and what their process tells its parent once they answer. */
import type { FramingName } from './framings.ts';

export interface VirtualBus {
  readonly name: string;
  readonly protocol: `modbus-${FramingName}` | 'line';
  readonly baudRate: number;
  /** Time of one character on the line, ms. */
  readonly byteMs: number;
  readonly devices: readonly {
    readonly name: string;
    /** Name of the profile whose product is simulated. */
    readonly profile: string;
    readonly address: number | string | null;
  }[];
}

export interface VirtualDevicesReady {
  readonly kind: 'ready';
  /** What to open, by the name of the bus: a pseudo-terminal, or tcp://127.0.0.1:PORT where the system has none. */
  readonly ports: Readonly<Record<string, string>>;
}

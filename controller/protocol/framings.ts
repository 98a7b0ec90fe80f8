/** The framings by name. RTU through a TCP socket is 'rtu' on a tcp port. */
import { asciiFraming } from './ascii-framing.ts';
import type { Framing } from './framing.ts';
import { rtuFraming } from './rtu-framing.ts';
import { tcpFraming } from './tcp-framing.ts';

export type FramingName = 'rtu' | 'ascii' | 'tcp';

export const FRAMINGS: Readonly<Record<FramingName, Framing>> = {
  rtu: rtuFraming,
  ascii: asciiFraming,
  tcp: tcpFraming,
};

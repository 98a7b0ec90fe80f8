/** From the rig file to the electronics it names. */
import { randomInt } from 'node:crypto';
import type { Clock } from '../../protocol/byte-port.ts';
import { openPort } from '../../port/open-port.ts';
import type { RigFile } from '../rig-file.ts';
import { openAssembly } from './assembly/open-assembly.ts';
import type { OpenElectronics } from './electronics.ts';
import { framedBoard } from './framed-board.ts';
import { modbusBoard } from './modbus-board.ts';
import type { Place } from './place.ts';

const MOST_NONCE = 2 ** 32;

/** One sentence where the rig file names what does not fit together. */
export function openElectronics(
  { electronics }: RigFile,
  place: Place,
  clock: Clock,
): OpenElectronics | string {
  if (electronics.kind === 'assembly') return openAssembly(electronics, place, clock);
  const known: string[] = [];
  return async () => {
    const port = await openPort(place.line, electronics);
    if (typeof port === 'string') return port;
    if (electronics.kind === 'modbus') return modbusBoard(port, clock, electronics);
    return framedBoard({ port, clock, settings: electronics, nonce: randomInt(1, MOST_NONCE), known });
  };
}

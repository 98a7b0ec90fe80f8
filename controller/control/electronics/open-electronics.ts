/** From the rig file to the electronics it names. */
import { randomInt } from 'node:crypto';
import type { Clock } from '../../protocol/byte-port.ts';
import { openPort } from '../../port/open-port.ts';
import type { RigFile } from '../rig-file.ts';
import type { OpenElectronics } from './electronics.ts';
import { framedBoard } from './framed-board.ts';
import { modbusBoard } from './modbus-board.ts';

const MOST_NONCE = 2 ** 32;

/** `line`: device path or tcp://HOST:PORT of a machine that has one. */
export function openElectronics({ electronics }: RigFile, line: string, clock: Clock): OpenElectronics {
  const known: string[] = [];
  return async () => {
    const port = await openPort(line, electronics);
    if (typeof port === 'string') return port;
    if (electronics.kind === 'modbus') return modbusBoard(port, clock, electronics);
    return framedBoard({ port, clock, settings: electronics, nonce: randomInt(1, MOST_NONCE), known });
  };
}

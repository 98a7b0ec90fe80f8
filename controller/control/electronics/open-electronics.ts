/** From the rig file to the electronics it names. */
import type { Clock } from '../../protocol/byte-port.ts';
import { openPort } from '../../port/open-port.ts';
import type { RigFile } from '../rig-file.ts';
import type { OpenElectronics } from './electronics.ts';
import { modbusBoard } from './modbus-board.ts';

/** `line`: device path or tcp://HOST:PORT of a machine that has one. */
export function openElectronics({ electronics }: RigFile, line: string, clock: Clock): OpenElectronics {
  return async () => {
    const port = await openPort(line, electronics);
    return typeof port === 'string' ? port : modbusBoard(port, clock, electronics);
  };
}

/** The virtual rig's end of the framed contract in memory and virtual time, on as many lines as asked for. */
import type { BytePort, Clock } from '../../controller/protocol/byte-port.ts';
import { Firmware, type FirmwareOptions } from '../../controller/virtual-rig/firmware.ts';
import { framedService } from '../../controller/virtual-rig/framed-serve.ts';
import { Pace } from '../../controller/virtual-rig/pace.ts';
import { FAKE_RECIPE, FakePlant, fakeSchedule } from '../virtual-rig/fake-plant.ts';

/** As the device loop naps where nothing is owed. */
const TURN_MS = 2;
const BAUD_RATE = 921_600;

export interface FramedMachine {
  readonly firmware: Firmware;
  serve(port: BytePort): void;
}

type Parts = Pick<FirmwareOptions, 'plant' | 'buildSchedule' | 'recipe'>;
const fakeParts = (): Parts => ({ plant: new FakePlant(), buildSchedule: fakeSchedule, recipe: FAKE_RECIPE });

export function framedMachine(clock: Clock, parts: Parts = fakeParts()): FramedMachine {
  const pace = new Pace(1, clock.nowMs());
  const firmware = new Firmware({ ...parts, nowMs: () => clock.nowMs() });
  const service = framedService(firmware, pace, clock, BAUD_RATE);
  const turn = (): void => {
    firmware.superviseHost();
    pace.accrue(clock.nowMs());
    while (pace.owedS > 0) {
      pace.pay(firmware.step());
      service.stepped();
    }
    service.turned();
    clock.after(TURN_MS, turn);
  };
  clock.after(TURN_MS, turn);
  return { firmware, serve: (port) => service.serve(port) };
}

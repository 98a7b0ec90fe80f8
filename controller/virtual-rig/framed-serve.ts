/** The framed contract of one rig on any number of lines, sampled as the machine steps. */
import type { BytePort, Clock } from '../protocol/byte-port.ts';
import { BlackBox } from './black-box.ts';
import type { LoopWatcher } from './device-loop.ts';
import type { Firmware } from './firmware.ts';
import { FrameSender } from './frame-sender.ts';
import { FramedDevice } from './framed-device.ts';
import { framedRig } from './framed-rig.ts';
import { FramedSampler } from './framed-sampler.ts';
import type { Pace } from './pace.ts';
import { BLACK_BOX_ROWS, rigDictionary } from './rig-dictionary.ts';

const NO_FAULT = 0xff;

export interface FramedService extends LoopWatcher {
  /** Serves one line until it ends. */
  serve(port: BytePort): void;
}

export function framedService(
  firmware: Firmware,
  pace: Pace,
  clock: Clock,
  baudRate: number,
  isInstrumented = false,
): FramedService {
  const known = rigDictionary(isInstrumented);
  const { dictionary } = known;
  const devices = new Set<FramedDevice>();
  const blackBox = new BlackBox(BLACK_BOX_ROWS, dictionary.channels.slice(0, dictionary.status.length));
  const nowS = (): number => pace.clockS(firmware.plant.readings.timeS, clock.nowMs());
  let faultWord = firmware.faultWord;
  let firstFault = NO_FAULT;

  const model = framedRig({ firmware, pace, blackBox, known, nowS, firstFault: () => firstFault });
  const sampler = new FramedSampler(firmware, pace, dictionary, (sample, timeUs, values) => {
    blackBox.add(timeUs, values);
    const lateMs = (1000 * (nowS() - timeUs / 1e6)) / pace.asked;
    for (const { streamer } of devices) streamer.add(sample, timeUs, values, lateMs);
  });

  /** Of several in one step the lowest bit counts as the first. */
  function watchFaults(): void {
    const fresh = firmware.faultWord & ~faultWord;
    const wasClear = faultWord === 0;
    faultWord = firmware.faultWord;
    if (faultWord === 0) firstFault = NO_FAULT;
    if (fresh === 0 || !wasClear) return;
    firstFault = 31 - Math.clz32(fresh & -fresh);
    blackBox.trip(faultWord, firstFault, Math.round(1e6 * firmware.plant.readings.timeS));
  }

  return {
    serve(port) {
      const device = new FramedDevice(port, clock, model, new FrameSender(port, clock, baudRate));
      devices.add(device);
      device.onClose(() => devices.delete(device));
    },
    stepped() {
      watchFaults();
      sampler.stepped();
    },
    turned() {
      watchFaults();
      sampler.sampleUntil(nowS());
      for (const { streamer } of devices) streamer.flush(clock.nowMs());
    },
  };
}

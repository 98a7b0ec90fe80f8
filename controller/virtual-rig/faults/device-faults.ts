/** The faults of the device's electronics: flaws that stay until they are cleared, and blows that fall once. */
import type { DeviceFault } from '../../protocol/faults/device.ts';
import type { Firmware } from '../firmware.ts';
import type { FaultyLine } from './faulty-line.ts';
import type { FaultyPlant } from './faulty-plant.ts';
import type { Flaws } from './flaws.ts';

export interface Device {
  readonly firmware: Firmware;
  readonly plant: FaultyPlant;
  readonly flaws: Flaws;
  readonly line: FaultyLine;
}

/** Injects the fault; what comes back clears it. */
export type Break = (device: Device, amount: number) => () => void;

const flaw =
  (name: keyof Flaws): Break =>
  ({ flaws }) => {
    flaws[name] = true;
    return () => {
      flaws[name] = false;
    };
  };

const once =
  (blow: (device: Device, amount: number) => void): Break =>
  (device, amount) => {
    blow(device, amount);
    return () => {};
  };

function restart({ firmware, plant }: Device): void {
  firmware.restart();
  plant.restartClock();
}

export const BREAKS: Readonly<Record<DeviceFault, Break>> = {
  reboot: once((device, silentMs) => {
    restart(device);
    device.line.mute(silentMs);
  }),
  'brown-out': once(restart),
  'firmware-hang': (device, amount) => {
    device.plant.stopClock(true);
    const heal = flaw('hangs')(device, amount);
    return () => {
      device.plant.stopClock(false);
      heal();
    };
  },
  'watchdog-dead': ({ firmware: { watchdog } }) => {
    watchdog.canArm = false;
    watchdog.arm(false);
    return () => {
      watchdog.canArm = true;
    };
  },
  'stop-ignored': flaw('ignoresStop'),
  'commands-ignored': flaw('ignoresCommands'),
  'relay-stuck': flaw('relayStuck'),
  'enable-lost': once(({ firmware }) => firmware.dropEnable()),
  'counter-jump': once(({ firmware }, cycles) => {
    firmware.cyclesCompleted += Math.round(cycles);
  }),
};

/** Two faults of the plant need a device that does not see them. */
export const BLINDED: Break = flaw('isBlind');

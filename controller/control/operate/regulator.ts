/** The thermostat on the machine: it pauses a run and goes on with it, and counts its waits from those changes. */
import type { State } from '../../wire/messages.ts';
import type { RigFile } from '../rig-file.ts';
import { THERMOSTAT_START, thermostat } from './thermostat.ts';

export interface Regulator {
  setpointC(): number;
  setSetpoint(valueC: number): void;
  /** The machine entered this state. `deviceS`: device time, s. */
  entered(state: State, deviceS: number): void;
  /** What the thermostat asks for now; null where it asks for nothing or has no say. */
  decide(state: State, roomC: number, deviceS: number): 'SUSPEND' | 'UNSUSPEND' | null;
}

export function createRegulator({ thermostat: settings }: RigFile): Regulator {
  let setpointC = settings.setpoint_C;
  let memory = THERMOSTAT_START;

  return {
    setpointC: () => setpointC,
    setSetpoint(valueC) {
      setpointC = valueC;
    },
    entered(state, deviceS) {
      if (state !== 'EXECUTE' && state !== 'SUSPENDED') return;
      memory = { calling: state === 'EXECUTE', sinceS: deviceS };
    },
    decide(state, roomC, deviceS) {
      if (state !== 'EXECUTE' && state !== 'SUSPENDED') return null;
      memory = thermostat(memory, settings, setpointC, roomC, deviceS);
      if (state === 'EXECUTE') return memory.calling ? null : 'SUSPEND';
      return memory.calling ? 'UNSUSPEND' : null;
    },
  };
}

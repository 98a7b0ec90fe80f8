import { describe, expect, it } from 'vitest';
import {
  THERMOSTAT_START,
  thermostat,
  type ThermostatState,
} from '../../controller/control/regulate/thermostat.ts';

const settings = { band_K: 1, min_run_s: 30, min_rest_s: 60 };
const SETPOINT = 21.5;
const next = (state: ThermostatState, roomC: number, deviceS: number) =>
  thermostat(state, settings, SETPOINT, roomC, deviceS);
const running: ThermostatState = { calling: true, sinceS: 0 };
const resting: ThermostatState = { calling: false, sinceS: 0 };

describe('thermostat', () => {
  it('starts calling and waits its shortest run from the first reading on', () => {
    const first = next(THERMOSTAT_START, 10, 1000);
    expect(first).toEqual({ calling: true, sinceS: 1000 });
    expect(next(first, 10, 1029.9).calling).toBe(true);
    expect(next(first, 10, 1030)).toEqual({ calling: false, sinceS: 1030 });
  });

  it.each([
    [running, 21.0, true],
    [running, 20.99, false],
    [resting, 22.0, false],
    [resting, 22.01, true],
    [running, 22.5, true],
    [resting, 20.5, false],
  ])('from %o at %d °C after long enough: calling %s', (state, roomC, calling) => {
    expect(next(state, roomC, 1000).calling).toBe(calling);
  });

  it('rests at least min_rest_s of device time', () => {
    expect(next(resting, 30, 59.9).calling).toBe(false);
    expect(next(resting, 30, 60).calling).toBe(true);
  });

  it('does not move without a room temperature', () => {
    expect(next(running, Number.NaN, 1000)).toBe(running);
    expect(next(resting, Number.NaN, 1000)).toBe(resting);
  });

  it('begins its wait anew when the device clock went backwards', () => {
    const restarted = next({ calling: false, sinceS: 5000 }, 30, 3);
    expect(restarted).toEqual({ calling: false, sinceS: 3 });
    expect(next(restarted, 30, 62).calling).toBe(false);
    expect(next(restarted, 30, 63).calling).toBe(true);
  });

  it('a slow triangle of temperature switches twice a period, never in the band', () => {
    let state: ThermostatState = running;
    const changes: number[] = [];
    for (let t = 0; t < 4000; t++) {
      const roomC = 20 + 3 * Math.abs(((t / 1000) % 2) - 1);
      const before = state.calling;
      state = next(state, roomC, t);
      if (state.calling !== before) changes.push(roomC);
    }
    expect(changes).toHaveLength(4);
    for (const roomC of changes) expect(Math.abs(roomC - SETPOINT)).toBeGreaterThan(0.49);
  });
});

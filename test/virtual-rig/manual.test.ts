/** Hold to run and the end of a stop, as the device does them by itself. */
import { beforeEach, describe, expect, it } from 'vitest';
import { COMMAND, DRIVE_STATE, FAULT_BITS } from '../../controller/protocol/register-map.ts';
import { Firmware } from '../../controller/virtual-rig/firmware.ts';
import { FAKE_RECIPE, FakePlant, fakeSchedule, STIFFNESS_N_PER_M, STROKE_M } from './fake-plant.ts';

let plant: FakePlant;
let firmware: Firmware;
let wallMs: number;

beforeEach(() => {
  plant = new FakePlant();
  wallMs = 0;
  firmware = new Firmware({ plant, buildSchedule: fakeSchedule, recipe: FAKE_RECIPE, nowMs: () => wallMs });
});

const strokeMm = (): number => 1000 * plant.readings.shorteningM;
const flow = (): number => plant.steps.at(-1)?.command.flowKgPerS ?? Number.NaN;

/** Device and wall time pass together. */
function advance(seconds: number): void {
  const until = plant.readings.timeS + seconds - 1e-9;
  while (plant.readings.timeS < until) wallMs += 1000 * firmware.step();
  firmware.superviseHost();
}

const jog = (stroke: number, flowKgPerS = 0, force = 100, life = 300) =>
  firmware.jog({
    manual_stroke_mm_per_s: stroke,
    manual_flow_kg_per_s: flowKgPerS,
    manual_force_limit_kN: force,
    manual_life_ms: life,
  });

/** Renews every 100 ms, as the host does. */
function holdFor(seconds: number, stroke: number, force = 100): void {
  for (let t = 0; t < seconds - 1e-9; t += 0.1) {
    expect(jog(stroke, 0, force)).toBeNull();
    advance(0.1);
  }
}

describe('manual', () => {
  it('moves while it is renewed and stands 300 ms after the last word, enabled and where it is', () => {
    holdFor(1, 2);
    expect(firmware.driveState).toBe(DRIVE_STATE.manual);
    expect(strokeMm()).toBeCloseTo(2, 6);
    // 300 ms after the last word, of which 100 ms have passed; a step of 5 ms may end after it.
    advance(5);
    expect(strokeMm()).toBeGreaterThan(2.39);
    expect(strokeMm()).toBeLessThan(2.42);
    expect(firmware.driveState).toBe(DRIVE_STATE.manual);
  });

  it('stands at once when told to', () => {
    holdFor(1, 2);
    expect(jog(0)).toBeNull();
    advance(1);
    expect(strokeMm()).toBeCloseTo(2, 6);
  });

  it('does not go below zero, beyond the stroke of the recipe, or on loading above the force', () => {
    holdFor(1, -5);
    expect(strokeMm()).toBe(0);
    holdFor(12, 5);
    expect(strokeMm()).toBeCloseTo(1000 * STROKE_M, 6);
    holdFor(4, -5);
    const limitKN = 5;
    holdFor(10, 5, limitKN);
    const limitMm = (1e6 * limitKN) / STIFFNESS_N_PER_M;
    // One step of 5 ms at 5 mm/s may pass the force; the way back is not barred.
    expect(strokeMm()).toBeGreaterThan(limitMm - 1e-9);
    expect(strokeMm()).toBeLessThan(limitMm + 0.026);
    holdFor(1, -5, limitKN);
    expect(strokeMm()).toBeLessThan(limitMm - 4.9);
  });

  it('blows while it is renewed', () => {
    expect(jog(0, -0.1)).toBeNull();
    advance(0.2);
    expect(flow()).toBe(-0.1);
    advance(0.2);
    expect(flow()).toBe(0);
  });

  it.each([
    ['two axes at once', [1, 0.1]],
    ['too fast', [5.1]],
    ['too much flow', [0, 0.21]],
    ['a force that is no number', [1, 0, Number.NaN]],
    ['too long a life', [1, 0, 1, 501]],
    ['no life', [1, 0, 1, 0]],
  ])('refuses %s', (_what, values) => {
    expect(jog(...(values as [number]))).toBe(3);
    advance(1);
    expect(strokeMm()).toBe(0);
  });

  it('is refused while the machine is enabled, runs, unloads or is tripped', () => {
    firmware.obey(COMMAND.enable);
    expect(jog(1)).toBe(4);
    firmware.obey(COMMAND.run);
    advance(0.1);
    expect(jog(1)).toBe(4);
    firmware.obey(COMMAND.stop);
    expect(jog(1)).toBe(4);
    firmware.obey(COMMAND.abort);
    expect(jog(1)).toBe(4);
  });

  it('is no way around RESET: enable and run are refused in manual', () => {
    holdFor(0.2, 1);
    expect(firmware.obey(COMMAND.enable)).toBe(4);
    expect(firmware.obey(COMMAND.run)).toBe(4);
  });

  it.each([
    ['stop', COMMAND.stop, DRIVE_STATE.disabled],
    ['disable', COMMAND.disable, DRIVE_STATE.disabled],
    ['abort', COMMAND.abort, DRIVE_STATE.tripped],
  ])('%s unloads and ends it', (_name, command, ends) => {
    holdFor(2, 5);
    expect(strokeMm()).toBeGreaterThan(9);
    firmware.obey(command);
    advance(0.5);
    expect(strokeMm()).toBe(0);
    expect(firmware.driveState).toBe(ends);
    advance(1);
    expect(strokeMm()).toBe(0);
  });

  it('trips on its own limits', () => {
    // 60 kPa a newton, 250 N a millimetre: 50 MPa at 3.3 mm.
    firmware.limits = { ...firmware.limits, stress_limit_MPa: 50 };
    holdFor(0.6, 5);
    expect(firmware.driveState).toBe(DRIVE_STATE.manual);
    jog(5);
    advance(0.2);
    expect(firmware.driveState).toBe(DRIVE_STATE.tripped);
    expect(firmware.faultWord).toBe(1 << FAULT_BITS.overStress);
  });

  it('its watchdog unloads though the jog is renewed', () => {
    firmware.watchdog.arm(true);
    holdFor(0.5, 5);
    expect(strokeMm()).toBeGreaterThan(2);
    jog(5);
    advance(0.1);
    expect(firmware.driveState).toBe(DRIVE_STATE.unloading);
    advance(0.5);
    expect(strokeMm()).toBe(0);
    expect(firmware.driveState).toBe(DRIVE_STATE.tripped);
  });
});

describe('the end of a stop', () => {
  beforeEach(() => {
    firmware.pumpOverrunS = 2;
    firmware.obey(COMMAND.enable);
    firmware.obey(COMMAND.run);
    advance(0.1);
  });

  it('unloads, runs the pump on, shuts the valves, then drops enable', () => {
    firmware.obey(COMMAND.stop);
    advance(0.35);
    expect(firmware.driveState).toBe(DRIVE_STATE.enabled);
    firmware.obey(COMMAND.disable);
    advance(1.5);
    expect([strokeMm(), flow()]).toEqual([0, FAKE_RECIPE.blowFlowKgPerS]);
    expect(firmware.driveState).toBe(DRIVE_STATE.unloading);
    advance(1);
    expect(flow()).toBe(0);
    expect(firmware.driveState).toBe(DRIVE_STATE.disabled);
  });

  it('a hold does not run the pump on', () => {
    firmware.obey(COMMAND.stop);
    advance(2);
    expect(firmware.driveState).toBe(DRIVE_STATE.enabled);
    expect(flow()).toBe(0);
  });

  it('abort does not wait for the pump', () => {
    firmware.obey(COMMAND.disable);
    advance(1);
    firmware.obey(COMMAND.abort);
    expect(firmware.driveState).toBe(DRIVE_STATE.tripped);
    advance(0.2);
    expect(flow()).toBe(0);
  });

  it('a watchdog that trips meanwhile ends it', () => {
    firmware.obey(COMMAND.disable);
    advance(1);
    firmware.watchdog.arm(true);
    wallMs += 600;
    firmware.superviseHost();
    advance(0.1);
    expect(flow()).toBe(0);
    expect(firmware.driveState).toBe(DRIVE_STATE.tripped);
  });
});

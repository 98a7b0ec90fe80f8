import { beforeEach, describe, expect, test } from 'vitest';
import { COMMAND, DRIVE_STATE, FAULT_BITS, WATCHDOG_STATE } from '../../controller/protocol/register-map.ts';
import { POWER_UP_LIMITS } from '../../controller/virtual-rig/device-limits.ts';
import { Firmware } from '../../controller/virtual-rig/firmware.ts';
import { toRecipeValues } from '../../controller/virtual-rig/recipe-registers.ts';
import { CELL_REST_K, FAKE_RECIPE, FakePlant, fakeSchedule, STROKE_M } from './fake-plant.ts';

const CYCLE_S = 1 / FAKE_RECIPE.frequencyHz;

let plant: FakePlant;
let firmware: Firmware;
let wallMs: number;

beforeEach(() => {
  plant = new FakePlant();
  wallMs = 0;
  firmware = new Firmware({ plant, buildSchedule: fakeSchedule, recipe: FAKE_RECIPE, nowMs: () => wallMs });
});

const strokeM = (): number => plant.readings.shorteningM;
const hasFault = (fault: keyof typeof FAULT_BITS): boolean => firmware.faultWord === 1 << FAULT_BITS[fault];

function advance(seconds: number): void {
  const until = plant.readings.timeS + seconds - 1e-9;
  while (plant.readings.timeS < until) firmware.step();
}

function start(): void {
  expect(firmware.obey(COMMAND.enable)).toBeNull();
  expect(firmware.obey(COMMAND.run)).toBeNull();
}

/** Into a cycle, at full stroke. */
function load(): void {
  start();
  advance(0.4 * CYCLE_S);
  expect(strokeM()).toBeCloseTo(STROKE_M, 9);
}

test('at power-up it is disabled and at rest, and the house lives on', () => {
  advance(10);
  expect(firmware.driveState).toBe(DRIVE_STATE.disabled);
  expect(plant.steps.every(({ command }) => command.shorteningM === 0 && command.flowKgPerS === 0)).toBe(
    true,
  );
  expect(plant.readings.timeS).toBeCloseTo(10, 6);
});

test('running walks the whole schedule, cycle after cycle', () => {
  start();
  advance(3 * CYCLE_S);
  expect(firmware.cyclesCompleted).toBe(3);
  const schedule = fakeSchedule(FAKE_RECIPE);
  const walked = plant.steps.slice(40, 80).map(({ command }) => command.shorteningM);
  expect(walked).toEqual([...schedule.shorteningM]);
  expect(plant.steps.slice(0, 40).map(({ command }) => command.flowKgPerS)).toEqual([...schedule.flowKgPerS]);
});

test('the phase runs from 0 to 1 while running and is 0 otherwise', () => {
  expect(firmware.phase).toBe(0);
  start();
  advance(0.5 * CYCLE_S);
  expect(firmware.phase).toBeCloseTo(0.5, 9);
  advance(0.5 * CYCLE_S);
  expect(firmware.phase).toBe(0);
});

describe('commands', () => {
  test('run needs enable', () => {
    expect(firmware.obey(COMMAND.run)).toBe(4);
    expect(firmware.driveState).toBe(DRIVE_STATE.disabled);
  });

  test('an unknown command is refused', () => {
    expect(firmware.obey(99)).toBe(3);
    expect(firmware.obey(0)).toBe(3);
  });

  test('stop unloads in 0.3 s without a jump, flow off, and stays enabled', () => {
    load();
    expect(firmware.obey(COMMAND.stop)).toBeNull();
    expect(firmware.driveState).toBe(DRIVE_STATE.unloading);
    const before = plant.steps.length;
    advance(0.15);
    expect(strokeM()).toBeGreaterThan(0.3 * STROKE_M);
    advance(0.15);
    expect(firmware.driveState).toBe(DRIVE_STATE.enabled);
    expect(plant.readings.forceN).toBe(0);
    const ramp = plant.steps.slice(before);
    expect(ramp.every(({ command }) => command.flowKgPerS === 0)).toBe(true);
    const strokes = ramp.map(({ command }) => command.shorteningM);
    const drops = strokes.map((stroke, i) => (i === 0 ? STROKE_M : strokes[i - 1]) - stroke);
    expect(Math.min(...drops)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...drops)).toBeLessThan(0.02 * STROKE_M);
    expect(firmware.obey(COMMAND.run)).toBeNull();
  });

  test('stop changes nothing where nothing runs', () => {
    expect(firmware.obey(COMMAND.stop)).toBeNull();
    expect(firmware.driveState).toBe(DRIVE_STATE.disabled);
  });

  test('disable while running unloads first', () => {
    load();
    expect(firmware.obey(COMMAND.disable)).toBeNull();
    expect(firmware.driveState).toBe(DRIVE_STATE.unloading);
    expect(firmware.obey(COMMAND.enable)).toBe(4);
    advance(0.3);
    expect(firmware.driveState).toBe(DRIVE_STATE.disabled);
    expect(strokeM()).toBe(0);
  });

  test('abort drops enable at once; the train releases in 0.1 s; only clear leads out', () => {
    load();
    expect(firmware.obey(COMMAND.abort)).toBeNull();
    expect(firmware.driveState).toBe(DRIVE_STATE.tripped);
    expect(firmware.obey(COMMAND.clearFaults)).toBe(4);
    advance(0.1);
    expect(strokeM()).toBe(0);
    expect(firmware.obey(COMMAND.enable)).toBe(4);
    expect(firmware.obey(COMMAND.run)).toBe(4);
    expect(firmware.obey(COMMAND.clearFaults)).toBeNull();
    expect(firmware.driveState).toBe(DRIVE_STATE.disabled);
  });

  test('abort overtakes a stop', () => {
    load();
    firmware.obey(COMMAND.stop);
    advance(0.02);
    firmware.obey(COMMAND.abort);
    expect(firmware.driveState).toBe(DRIVE_STATE.tripped);
    advance(0.1);
    expect(strokeM()).toBe(0);
  });
});

describe('its own limits trip it, whatever the host does', () => {
  test.each([
    ['overStress', { stress_limit_MPa: 500 }],
    ['overPressure', { pressure_limit_bar: 0.5 }],
    ['overTemperature', { temperature_high_C: 35 }],
  ] as const)('%s', (fault, limit) => {
    firmware.limits = { ...POWER_UP_LIMITS, ...limit };
    start();
    advance(0.3 * CYCLE_S);
    expect(hasFault(fault)).toBe(true);
    expect(firmware.driveState).toBe(DRIVE_STATE.tripped);
    advance(0.1);
    expect(strokeM()).toBe(0);
    expect(hasFault(fault)).toBe(true);
    firmware.obey(COMMAND.clearFaults);
    expect(firmware.faultWord).toBe(0);
  });

  test('under-temperature trips at rest too, and again while its cause is there', () => {
    firmware.limits = { ...POWER_UP_LIMITS, temperature_low_C: CELL_REST_K - 273.15 + 1 };
    advance(0.2);
    expect(hasFault('underTemperature')).toBe(true);
    expect(firmware.obey(COMMAND.clearFaults)).toBeNull();
    firmware.step();
    expect(firmware.driveState).toBe(DRIVE_STATE.tripped);
  });

  test('a reading that is no number trips', () => {
    start();
    plant.step = () => {
      plant.readings.stressPa = Number.NaN;
    };
    firmware.step();
    expect(hasFault('overStress')).toBe(true);
  });

  test('the trip acts in the step that crossed the limit', () => {
    firmware.limits = { ...POWER_UP_LIMITS, stress_limit_MPa: 300 };
    start();
    while (plant.readings.stressPa <= 300e6) firmware.step();
    expect(firmware.driveState).toBe(DRIVE_STATE.tripped);
  });
});

describe('the watchdog, in wall time', () => {
  beforeEach(() => {
    firmware.watchdog.timeoutMs = 400;
    firmware.watchdog.arm(true);
  });

  function beat(heartbeat: number, pauseMs: number): void {
    wallMs += pauseMs;
    firmware.watchdog.kick(heartbeat);
    firmware.superviseHost();
  }

  test('a heartbeat that changes keeps it quiet, at any pace of the device', () => {
    start();
    for (let i = 1; i <= 20; i++) {
      beat(i, 399);
      advance(4);
    }
    expect(firmware.watchdog.state).toBe(WATCHDOG_STATE.armed);
    expect(firmware.driveState).toBe(DRIVE_STATE.running);
  });

  test('silence unloads the machine by itself and latches', () => {
    load();
    wallMs += 401;
    firmware.superviseHost();
    expect(firmware.watchdog.state).toBe(WATCHDOG_STATE.tripped);
    expect(hasFault('watchdog')).toBe(true);
    expect(firmware.driveState).toBe(DRIVE_STATE.unloading);
    advance(0.3);
    expect(firmware.driveState).toBe(DRIVE_STATE.tripped);
    expect(strokeM()).toBe(0);
    beat(77, 1);
    expect(firmware.obey(COMMAND.enable)).toBe(4);
    firmware.obey(COMMAND.clearFaults);
    expect(firmware.watchdog.state).toBe(WATCHDOG_STATE.armed);
    expect(firmware.faultWord).toBe(0);
  });

  test('a heartbeat that repeats is silence', () => {
    start();
    beat(5, 300);
    beat(5, 300);
    expect(firmware.watchdog.state).toBe(WATCHDOG_STATE.armed);
    beat(5, 101);
    expect(firmware.watchdog.state).toBe(WATCHDOG_STATE.tripped);
  });

  test('disarmed it never trips', () => {
    firmware.watchdog.arm(false);
    start();
    wallMs += 1e6;
    firmware.superviseHost();
    expect(firmware.driveState).toBe(DRIVE_STATE.running);
  });
});

describe('the recipe', () => {
  const smaller = { ...toRecipeValues(FAKE_RECIPE), strain_percent: 2 };

  test('waits for the next cycle start', () => {
    start();
    advance(0.1 * CYCLE_S);
    expect(firmware.stageRecipe(smaller, true)).toBeNull();
    expect(firmware.isRecipePending).toBe(true);
    advance(0.3 * CYCLE_S);
    expect(strokeM()).toBeCloseTo(STROKE_M, 9);
    advance(0.6 * CYCLE_S);
    expect(firmware.isRecipePending).toBe(false);
    advance(0.4 * CYCLE_S);
    expect(strokeM()).toBeCloseTo(STROKE_M / 2, 9);
  });

  test('without "apply" it is only staged', () => {
    firmware.stageRecipe(smaller, false);
    expect(firmware.recipe).toEqual(smaller);
    start();
    advance(1.4 * CYCLE_S);
    expect(strokeM()).toBeCloseTo(STROKE_M, 9);
  });

  test.each([
    { frequency_Hz: 0 },
    { frequency_Hz: Number.NaN },
    { strain_percent: 9 },
    { blow_flow_kg_per_s: -0.1 },
    { blow_duty: 0.04 },
    { blow_duty: 0.48 },
  ])('%j is refused and changes nothing', (wrong) => {
    expect(firmware.stageRecipe({ ...smaller, ...wrong }, true)).toBe(3);
    expect(firmware.recipe).toEqual(toRecipeValues(FAKE_RECIPE));
    expect(firmware.isRecipePending).toBe(false);
  });
});

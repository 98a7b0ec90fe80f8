/** One machine of several devices: readings with their units, commands in their order, what is missing and what is late. */
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { assembly } from '../../controller/control/electronics/assembly/assembly.ts';
import { MachineMap } from '../../controller/control/electronics/assembly/machine-map.ts';
import { COMMAND, DRIVE_STATE, WATCHDOG_STATE } from '../../controller/protocol/register-map.ts';
import { impossibleReading } from '../../controller/control/line/readings.ts';
import type { Poll, RigPlan } from '../../controller/device/rig-devices.ts';
import { FakeDevice } from './fake-device.ts';

const MAP = `
readings:
  force_kN: cell.force_N
  stroke_mm: press.position_mm
  stress_MPa: cell.stress_MPa
  flow_kg_per_s: meter.flow_kg_per_h
  cold_inlet_C: fluid.channel_0_C
  hot_inlet_C: fluid.channel_1_C
  cold_outlet_C: fluid.channel_2_C
  hot_outlet_C: fluid.channel_3_C
  cell_C: [tubes.channel_0_K, tubes.channel_1_K]
state:
  tripped: { point: press.alarm, above: 0 }
  running: { point: press.moving, is: 1 }
  enabled: { point: press.servo_on, is: 1 }
faults:
  emergencyStop: { point: relays.stop_open, is: 1 }
commands:
  clearFaults: [{ press.alarm_reset: 1 }]
  enable: [{ relays.power: 1 }, { press.servo_on: 1 }]
  run: [{ relays.pump: 1 }, { press.start: 1, press.direction: 0 }]
  stop: [{ press.start: 0 }, { relays.pump: 0 }]
  abort: [{ press.servo_on: 0 }, { relays.power: 0 }]
  disable: [{ press.servo_on: 0 }]
recipe:
  frequency_Hz: press.rate_rpm
  strain_percent: press.strain_percent
  apply: [{ press.load: 1 }]
limits:
  stress_MPa: press.limit_Pa
`;

class Hall {
  nowMs = 1000;
  readonly clock = { nowMs: () => this.nowMs, after: () => () => {} };
  readonly log: string[] = [];
  readonly press = this.device(
    'press',
    {
      position_mm: 'mm',
      alarm: '',
      moving: '',
      servo_on: '',
      alarm_reset: '',
      start: '',
      direction: '',
      rate_rpm: 'rpm',
      strain_percent: '%',
      load: '',
      limit_Pa: 'Pa',
    },
    true,
  );
  readonly cell = this.device('cell', { force_N: 'N', stress_MPa: 'MPa' });
  readonly meter = this.device('meter', { flow_kg_per_h: 'kg/h' });
  readonly relays = this.device('relays', { power: '', pump: '', stop_open: '' });
  readonly fluid = this.device(
    'fluid',
    Object.fromEntries([0, 1, 2, 3].map((i) => [`channel_${i}_C`, '°C'])),
  );
  readonly tubes = this.device('tubes', { channel_0_K: 'K', channel_1_K: 'K' });

  device(name: string, units: Record<string, string>, hasWatchdog = false): FakeDevice {
    return new FakeDevice(name, this.clock, this.log, units, hasWatchdog);
  }

  assemble(text = MAP, slow: Readonly<Record<string, Poll>> = {}) {
    const all = [this.press, this.cell, this.meter, this.relays, this.fluid, this.tubes];
    return assembly({
      clock: this.clock,
      map: MachineMap.parse(parse(text)),
      devices: new Map(all.map((device) => [device.name, device])),
      plan: planOf(all, slow),
      close: () => void this.log.push('closed'),
    });
  }

  machine(text?: string, slow?: Readonly<Record<string, Poll>>) {
    const machine = this.assemble(text, slow);
    if (typeof machine === 'string') throw new Error(machine);
    return machine;
  }

  async status(machine = this.machine()) {
    const answer = await machine.beat(7);
    if (!answer.ok) throw new Error(answer.sentence);
    return answer.value;
  }
}

/** One bus with all of them; what has no rate in `poll` is read with every tick. */
function planOf(devices: readonly FakeDevice[], poll: Readonly<Record<string, Poll>>): RigPlan {
  const entries = devices.map(({ name, profile, units }) => ({
    name,
    profile,
    address: 1,
    points: Object.fromEntries(Object.entries(units).map(([point, unit]) => [point, { from: point, unit }])),
    poll: Object.fromEntries(
      Object.keys(units).map((point): [string, Poll] => [point, poll[point] ?? 'tick']),
    ),
  }));
  const bus = { name: 'bus', port: 'memory', protocol: 'modbus-rtu', adapterLatencyMs: 1 };
  return { periodMs: 20, slowEvery: 50, buses: [{ ...bus, devices: entries }] } as unknown as RigPlan;
}

describe('an assembly', () => {
  it('gives readings in the units of their names', async () => {
    const hall = new Hall();
    hall.cell.points['force_N'] = 15_000;
    hall.press.points['position_mm'] = 25;
    hall.meter.points['flow_kg_per_h'] = -720;
    hall.cell.points['stress_MPa'] = 579;
    hall.tubes.points['channel_0_K'] = 300;
    hall.tubes.points['channel_1_K'] = 310.15;
    hall.press.points['moving'] = 1;
    const status = await hall.status();
    expect(status.force_kN).toBe(15);
    expect(status.stress_MPa).toBe(579);
    expect(status.stroke_mm).toBe(25);
    expect(status.flow_kg_per_s).toBeCloseTo(-0.2, 12);
    expect(status.cell_C[0]).toBeCloseTo(26.85, 9);
    expect(status.cell_C[1]).toBeCloseTo(37, 9);
    expect(status.drive_state).toBe(DRIVE_STATE.running);
    expect(status.heartbeat_echo).toBe(7);
  });

  it('lacks what no device measures, and that is no fault', async () => {
    const warm = new Hall();
    Object.assign(warm.tubes.points, { channel_0_K: 300, channel_1_K: 300 });
    const status = await warm.status();
    expect(status.absent).toEqual(['phase', 'pressure_bar', 'room_C', 'outdoor_C']);
    expect(status.room_C).toBeNaN();
    expect(impossibleReading(status)).toBeNull();
    const hall = new Hall();
    hall.cell.quality = 'open';
    expect(impossibleReading(await hall.status())).toMatch(/force_kN reads NaN/);
  });

  it('tells the state by the first condition that holds', async () => {
    const hall = new Hall();
    const machine = hall.machine();
    const state = async () => (await hall.status(machine)).drive_state;
    expect(await state()).toBe(DRIVE_STATE.disabled);
    hall.press.points['servo_on'] = 1;
    expect(await state()).toBe(DRIVE_STATE.enabled);
    hall.press.points['moving'] = 1;
    expect(await state()).toBe(DRIVE_STATE.running);
    hall.press.points['alarm'] = 9;
    expect(await state()).toBe(DRIVE_STATE.tripped);
    hall.relays.points['stop_open'] = 1;
    expect((await hall.status(machine)).fault_word).toBe(1 << 6);
    hall.press.faultWords = ['AL009: excessive deviation'];
    expect((await hall.status(machine)).device_faults).toEqual(['press: AL009: excessive deviation']);
  });

  it('writes the steps of a command in order, a step on one device at once', async () => {
    const hall = new Hall();
    const machine = hall.machine();
    await machine.command(COMMAND.enable);
    await machine.command(COMMAND.run);
    expect(hall.log).toEqual([
      'relays.power=1',
      'press.servo_on=1',
      'relays.pump=1',
      'press.start=1',
      'press.direction=0',
    ]);
  });

  it('does not go on with a RUN that a device refused, but tries every step of an ABORT and what profiles call safe', async () => {
    const hall = new Hall();
    const machine = hall.machine();
    hall.relays.isMute = true;
    expect(await machine.command(COMMAND.run)).toMatchObject({ ok: false, sentence: 'relays is silent.' });
    expect(hall.log).toEqual(['relays.pump=1']);
    hall.log.length = 0;
    hall.relays.isMute = false;
    hall.press.isMute = true;
    expect(await machine.command(COMMAND.abort)).toMatchObject({ ok: false, sentence: 'press is silent.' });
    expect(hall.log.slice(0, 2)).toEqual(['press.servo_on=0', 'relays.power=0']);
    expect(hall.log.filter((line) => line.endsWith('onSafe'))).toHaveLength(6);
  });

  it('stages a recipe in the units of the drive and reads it back', async () => {
    const hall = new Hall();
    const machine = hall.machine();
    const recipe = { frequency_Hz: 0.5, strain_percent: 4, blow_flow_kg_per_s: 0.1, blow_duty: 0.4 };
    expect(await machine.stageRecipe(recipe)).toBeNull();
    expect(hall.log).toEqual(['press.rate_rpm=30', 'press.strain_percent=4', 'press.load=1']);
    expect(await machine.recipeMismatch(recipe)).toMatchObject({ ok: true, value: null });
    hall.press.points['strain_percent'] = 3;
    const answer = await machine.recipeMismatch(recipe);
    expect(answer.ok && answer.value).toMatch(
      /strain_percent: press.strain_percent reads back 3, 4 was written/,
    );
  });

  it('answers no heartbeat while a device of the tick is silent, and says which', async () => {
    const hall = new Hall();
    const machine = hall.machine();
    hall.cell.isMute = true;
    expect(await machine.beat(1)).toMatchObject({ ok: false, sentence: 'cell is silent.' });
  });

  it('keeps a slow reading for its period and a second, then has none', async () => {
    const hall = new Hall();
    const slow: Record<string, Poll> = { channel_0_K: 'slow', channel_1_K: 'slow' };
    const machine = hall.machine(MAP, slow);
    hall.tubes.points['channel_0_K'] = 300;
    await machine.beat(1);
    await machine.beat(2);
    hall.tubes.isMute = true;
    hall.nowMs += 1950;
    expect((await hall.status(machine)).cell_C[0]).toBeCloseTo(26.85, 9);
    hall.nowMs += 100;
    expect((await hall.status(machine)).cell_C[0]).toBeNaN();
  });

  it('is protected once every device that moves something has an armed watchdog', async () => {
    const hall = new Hall();
    const machine = hall.machine();
    expect(await machine.armWatchdog(400)).toBe(
      'relays: the profile knows no watchdog; a hard-wired one must take its place.',
    );
    const guarded = new Hall();
    const only = guarded.machine(MAP.replace('{ relays.pump: 1 }, ', ''));
    expect((await guarded.status(only)).watchdog_state).toBe(WATCHDOG_STATE.disarmed);
    expect(await only.armWatchdog(400)).toBeNull();
    expect((await guarded.status(only)).watchdog_state).toBe(WATCHDOG_STATE.armed);
    expect(guarded.press.kicks).toBe(2);
  });

  it('estimates a cycle from its ticks: work by force over stroke, heat by flow and temperatures', async () => {
    const hall = new Hall();
    const machine = hall.machine();
    await machine.stageRecipe({
      frequency_Hz: 1,
      strain_percent: 4,
      blow_flow_kg_per_s: 0.1,
      blow_duty: 0.4,
    });
    hall.press.points['moving'] = 1;
    Object.assign(hall.fluid.points, { channel_0_C: 20, channel_1_C: 30, channel_2_C: 18, channel_3_C: 33 });
    // A rectangle: 10 kN while loading 20 mm, 4 kN while unloading; hot blow in the first half, cold in the second.
    for (let tick = 0; tick <= 110; tick++) {
      const phase = (tick % 50) / 50;
      hall.press.points['position_mm'] = phase < 0.5 ? 40 * phase : 40 * (1 - phase);
      hall.cell.points['force_N'] = phase < 0.5 ? 10_000 : 4000;
      hall.meter.points['flow_kg_per_h'] = phase < 0.5 ? 360 : -360;
      await machine.beat(tick);
      hall.nowMs += 20;
    }
    const answer = await machine.readCycle();
    if (!answer.ok) throw new Error(answer.sentence);
    const cycle = answer.value;
    expect(cycle.period_ms).toBe(1000);
    // 0.1 kg/s in either blow of half a period: 0.05 kg/s over the cycle.
    expect(cycle.cooling_power_W).toBeCloseTo(4180 * 0.05 * 2, 6);
    expect(cycle.heating_power_W).toBeCloseTo(4180 * 0.05 * 3, 6);
    // 120 J a cycle; a trapezoid that spans one of the two jumps may be wrong by half of 6 kN × 0.8 mm.
    expect(Math.abs(cycle.mechanical_power_W - 120)).toBeLessThanOrEqual(2 * 2.4);
    expect(cycle.peak_force_kN).toBe(10);
  });

  it.each([
    [
      'force_kN: cell.force_N',
      'force_kN: scale.force_N',
      'machine: scale.force_N: there is no device scale in this rig file.',
    ],
    [
      'stroke_mm: press.position_mm',
      'stroke_mm: press.angle',
      'machine: press.angle: press has no point angle; it has position_mm, alarm',
    ],
    [
      'flow_kg_per_s: meter.flow_kg_per_h',
      'flow_kg_per_s: cell.force_N',
      'machine: flow_kg_per_s: cell.force_N is in N, kg/s is needed; derive a point in kg/s under devices.cell.points.',
    ],
    ['{ relays.pump: 1 }', '{ relays.pmup: 1 }', 'machine: relays.pmup: relays has no point pmup'],
  ])('says what does not fit: %s', (from, to, sentence) => {
    expect(new Hall().assemble(MAP.replace(from, to))).toContain(sentence);
  });

  it('refuses to read a point without a rate: no time budget would count it', () => {
    expect(new Hall().assemble(MAP, { stop_open: 'bulk' })).toBe(
      'machine: relays.stop_open is read and has no rate; write how often under devices.relays.poll, for example stop_open: tick.',
    );
  });
});

/** What every device does, whatever it speaks. Each family is run through the same suite. */
import { describe, expect, it } from 'vitest';
import type { Device } from '../../controller/device/device.ts';
import type { PlantSide } from '../../controller/virtual-rig/devices/plant-side.ts';
import type { VirtualClock } from '../protocol/virtual-clock.ts';
import type { MemoryLine } from './memory-line.ts';
import { settle } from './simulated-rig.ts';

export interface Specimen {
  readonly clock: VirtualClock;
  readonly device: Device;
  readonly line: MemoryLine;
  readonly plant: PlantSide;
}

export interface Conformance {
  readonly open: () => Specimen;
  /** A point that is read, how the plant makes it `value`, and one that shares its exchange. */
  readonly reading: {
    readonly point: string;
    readonly value: number;
    readonly prepare: (plant: PlantSide) => void;
  };
  /** A question of the same shape with another answer, once the plant was changed. */
  readonly after: {
    readonly point: string;
    readonly value: number;
    readonly prepare: (plant: PlantSide) => void;
  };
  /** A point that is written, a value within its bounds and one beyond, and how the plant shows it. */
  readonly writing: {
    readonly point: string;
    readonly value: number;
    readonly beyond: number;
    readonly held: (plant: PlantSide) => number;
  };
  /** A chunk that is no reply to anything the device was asked. */
  readonly foreign: Uint8Array;
  /** What tells a write on the wire from a read; absent where frames are too coded for that. */
  readonly isWrite?: (chunk: Uint8Array) => boolean;
}

export function conformance(
  name: string,
  { open, reading, after, writing, foreign, isWrite }: Conformance,
): void {
  const { point } = reading;
  const made = (): Specimen => {
    const specimen = open();
    reading.prepare(specimen.plant);
    return specimen;
  };

  describe(`${name} as a device`, () => {
    it('reads a value in its unit, with the time of its reply', async () => {
      const { clock, device } = made();
      const result = await settle(clock, device.read([point]));
      expect(result).toMatchObject({
        ok: true,
        value: { [point]: { quality: 'good', atMs: clock.nowMs() } },
      });
      expect(result.ok && result.value[point].value).toBeCloseTo(reading.value, 6);
    });

    it('writes, and tells once the device has acknowledged', async () => {
      const { clock, device, plant } = made();
      expect(await settle(clock, device.write({ [writing.point]: writing.value }))).toMatchObject({
        ok: true,
      });
      expect(writing.held(plant)).toBeCloseTo(writing.value, 6);
    });

    it('refuses what is out of bounds, and sends nothing', async () => {
      const { clock, device, line } = made();
      const result = await settle(clock, device.write({ [writing.point]: writing.beyond }));
      expect(result).toMatchObject({
        ok: false,
        kind: 'refused',
        sentence: expect.stringMatching(/given, allowed is/),
      });
      expect(line.sent.toDevice).toEqual([]);
    });

    it('refuses points that it does not have, and says which there are', async () => {
      const { clock, device, line } = made();
      expect(await settle(clock, device.read(['nonsense']))).toMatchObject({
        ok: false,
        kind: 'refused',
        sentence: expect.stringContaining(point),
      });
      expect(await settle(clock, device.write({ [point]: Number.NaN }))).toMatchObject({
        ok: false,
        kind: 'refused',
      });
      expect(line.sent.toDevice).toEqual([]);
    });

    it('identifies itself by reads alone', async () => {
      const { clock, device, line } = made();
      expect(await settle(clock, device.identify())).toMatchObject({
        ok: true,
        value: expect.stringContaining(device.profile.title),
      });
      if (isWrite !== undefined) expect(line.sent.toDevice.filter(isWrite)).toEqual([]);
    });

    it('does not hang where no reply comes, and is back when the device is', async () => {
      const { clock, device, line } = made();
      line.spoil = () => null;
      const silent = await settle(clock, device.read([point]));
      expect(silent).toMatchObject({ ok: false, sentence: expect.stringMatching(/no reply|check power/) });
      line.spoil = (chunk) => chunk;
      await clock.advance(20_000);
      expect(await settle(clock, device.read([point]))).toMatchObject({ ok: true });
    });

    it('never takes the late reply to one question for the reply to the next', async () => {
      const { clock, device, line, plant } = made();
      expect(await settle(clock, device.read([point]))).toMatchObject({ ok: true });
      const { timeoutMs } = device.profile.timing;
      // late by less than the guard that the profile promises
      line.delayMs = timeoutMs + device.profile.timing.lateReplyGuardMs / 2;
      // numbered frames may be answered late; then with the right value
      const late = await settle(clock, device.read([point]));
      if (late.ok) expect(late.value[point].value).toBeCloseTo(reading.value, 6);
      line.delayMs = 1;
      after.prepare(plant);
      for (let i = 0; i < 20; i++) {
        const result = await settle(clock, device.read([after.point]));
        if (result.ok) expect(result.value[after.point].value).toBeCloseTo(after.value, 6);
      }
      expect(await settle(clock, device.read([after.point]))).toMatchObject({ ok: true });
    });

    it('believes no foreign reply', async () => {
      const { clock, device, line } = made();
      line.spoil = () => foreign;
      expect(await settle(clock, device.read([point]))).toMatchObject({ ok: false });
    });

    it('ends every question when the line is unplugged', async () => {
      const { clock, device, line } = made();
      const asked = device.read([point]);
      line.unplug();
      expect(await settle(clock, asked)).toMatchObject({ ok: false, kind: 'closed' });
      expect(await settle(clock, device.write({ [writing.point]: writing.value }))).toMatchObject({
        ok: false,
        kind: 'closed',
      });
    });

    it.skipIf(isWrite === undefined)(
      'carries out every step of onSafe in its order, whatever becomes of the one before',
      async () => {
        if (isWrite === undefined) return;
        const { clock, device, line } = made();
        await settle(clock, device.read([point]));
        const before = line.sent.toDevice.length;
        expect(await settle(clock, device.runList('onSafe'))).toMatchObject({ ok: true });
        expect(line.sent.toDevice.slice(before).filter(isWrite)).toHaveLength(device.profile.onSafe.length);
        line.spoil = (chunk) => (isWrite(line.sent.toDevice.at(-1) ?? chunk) ? null : chunk);
        const steps = line.sent.toDevice.length;
        expect(await settle(clock, device.runList('onSafe'))).toMatchObject({ ok: false });
        expect(line.sent.toDevice.slice(steps).filter(isWrite).length).toBeGreaterThanOrEqual(
          device.profile.onSafe.length,
        );
      },
    );
  });
}

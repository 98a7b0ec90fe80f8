/**
 * What every device of the framed contract does, whatever it is made of: the virtual rig, the C firmware on a
 * simulated processor, the same C as a process. Names are those of the dictionary; none is assumed but those below.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { FramedExchange } from '../../controller/protocol/framed-exchange.ts';
import type { FieldValues } from '../../controller/protocol/framed-fields.ts';
import { helloBody } from '../../controller/protocol/framed-link.ts';
import type { FramedStatus } from '../../controller/protocol/framed-status.ts';
import type { Rows } from '../../controller/protocol/framed-stream.ts';
import { ByteReader, ByteWriter } from '../../controller/protocol/framed-values.ts';
import { BLOB, encodeMessage, REQUEST, STATUS_CODE } from '../../controller/protocol/framed-wire.ts';
import { PRIORITY } from '../../controller/protocol/transaction.ts';
import { type Bench, connect, type Connected, good, nextNonce, PATIENT } from './bench.ts';

/** A simulated processor beside a busy test runner takes its time. */
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

/** Nothing in these tests takes longer on a device that works, ms. */
const PATIENCE_MS = 8000;

export function conformance(name: string, start: () => Promise<Bench>): void {
  describe(`the framed contract: ${name}`, () => {
    let bench: Bench;
    let device: Connected;
    let beat = 0;

    const status = async (): Promise<FramedStatus> =>
      good(await bench.run(device.link.beat(++beat & 0xffff)));
    const command = async (given: string, args: FieldValues = {}): Promise<unknown> =>
      good(await bench.run(device.link.command(given, args)));
    const word = (list: string, index: number): string | undefined =>
      device.dictionary.enumerations[list]?.[index];
    const stateOf = ({ drive_state }: FramedStatus): string | undefined => word('drive_state', drive_state);
    const forceOf = ({ channels }: FramedStatus): number => Number(channels['force_kN']);

    /** Beats until the device is in this state. */
    async function until(wanted: string): Promise<FramedStatus> {
      const endMs = bench.clock.nowMs() + PATIENCE_MS;
      for (;;) {
        const seen = await status();
        if (stateOf(seen) === wanted) return seen;
        if (bench.clock.nowMs() > endMs) throw new Error(`${String(stateOf(seen))}, not ${wanted}`);
        await bench.sleepMs(10);
      }
    }

    async function untilCycle(count: number): Promise<FramedStatus> {
      const first = (await status()).cycle_number;
      const endMs = bench.clock.nowMs() + PATIENCE_MS;
      for (;;) {
        const seen = await status();
        if (seen.cycle_number >= first + count) return seen;
        if (bench.clock.nowMs() > endMs) throw new Error(`no cycle ended in ${PATIENCE_MS} ms`);
        await bench.sleepMs(10);
      }
    }

    async function runMachine(): Promise<void> {
      await command('enable');
      await command('run');
    }

    beforeAll(async () => {
      bench = await start();
    });
    afterAll(() => bench.end());

    /** Every test begins with a machine at rest, without faults, disabled. */
    beforeEach(async () => {
      device?.link.close();
      device = await connect(bench);
      await command('disarm_watchdog');
      await command('abort');
      const endMs = bench.clock.nowMs() + PATIENCE_MS;
      while (!(await bench.run(device.link.command('clear_faults'))).ok && bench.clock.nowMs() < endMs)
        await bench.sleepMs(20);
      await until('disabled');
    });

    test('says what it is, and a host that knows it already does not ask again', async () => {
      const { dictionary, link } = device;
      expect(dictionary.channels.length).toBeGreaterThan(3);
      expect(dictionary.faults).toContain('watchdog');
      const first = link.statistics().answered;
      const text = link.dictionaryText ?? '';
      link.close();
      device = await connect(bench, [text]);
      expect(device.dictionary).toEqual(dictionary);
      expect(device.link.statistics().answered).toBeLessThanOrEqual(2);
      expect(first).toBeGreaterThan(2);
    });

    test('runs cycles in which force follows stroke, and stops unloaded', async () => {
      expect(await bench.run(device.link.command('run'))).toMatchObject({ ok: false, kind: 'exception' });
      await runMachine();
      const seen = await untilCycle(2);
      const summary = good(await bench.run(device.link.readSummary()));
      expect(summary['cycle_number']).toBeGreaterThanOrEqual(seen.cycle_number);
      expect(summary['peak_force_kN']).toBeGreaterThan(1);
      expect(summary['peak_stroke_mm']).toBeGreaterThan(5);
      good(await bench.run(device.link.command('stop', {}, { urgent: true })));
      expect(Math.abs(forceOf(await until('enabled')))).toBeLessThan(0.3);
      await command('disable');
      await until('disabled');
    });

    test('streams a thousand rows a second and loses none', async () => {
      const names = ['phase', 'force_kN', 'stroke_mm', 'drive_state'];
      const seen: Rows[] = [];
      await runMachine();
      await untilCycle(1);
      expect(good(await bench.run(device.link.subscribe(names, 1000, (rows) => seen.push(rows))))).toBe(1000);
      await bench.sleepMs(1000);
      await bench.run(device.link.unsubscribe());
      const times = seen.flatMap((rows) => Array.from(rows.deviceUs));
      const [, force, stroke, state] = names.map((_, i) =>
        seen.flatMap((rows) => Array.from(rows.columns[i] ?? [])),
      );
      // Of 1000 rows the last may wait in a frame that is not yet full, and a busy computer may be late.
      expect(times.length).toBeGreaterThan(900);
      expect(seen.map(({ missing }) => missing)).toEqual(seen.map(() => 0));
      expect(times.slice(1).every((time, i) => time - (times[i] ?? 0) === 1000)).toBe(true);
      expect(new Set(state?.map((value) => word('drive_state', value)))).toEqual(new Set(['running']));
      expect(Math.max(...(force ?? []))).toBeGreaterThan(1);
      expect(Math.max(...(stroke ?? []))).toBeGreaterThan(5);
      expect(
        Math.min(...(force ?? []).filter((_, i) => (stroke?.[i] ?? 0) > 0.9 * Math.max(...(stroke ?? [])))),
      ).toBeGreaterThan(0.5);
    });

    test('streams slower where asked, each row at its own time', async () => {
      const times: number[] = [];
      const rate = await bench.run(
        device.link.subscribe(['force_kN'], 100, (rows) => times.push(...rows.deviceUs)),
      );
      expect(good(rate)).toBe(100);
      await bench.sleepMs(500);
      expect(times.length).toBeGreaterThan(30);
      expect(times.slice(1).every((time, i) => time - (times[i] ?? 0) === 10_000)).toBe(true);
      expect(await bench.run(device.link.subscribe(['no_such_channel'], 100, () => {}))).toMatchObject({
        ok: false,
        kind: 'refused',
      });
    });

    test('takes a recipe as a whole at the start of a cycle, and gives it back', async () => {
      const before = good(await bench.run(device.link.readRecipe()));
      const faster = Number(before['frequency_Hz']) === 4 ? 3 : 4;
      await runMachine();
      await untilCycle(1);
      good(await bench.run(device.link.uploadRecipe({ ...before, frequency_Hz: faster })));
      await untilCycle(3);
      expect(good(await bench.run(device.link.readRecipe()))).toEqual({ ...before, frequency_Hz: faster });
      expect((await status()).isRecipePending).toBe(false);
      const { period_ms } = good(await bench.run(device.link.readSummary()));
      // The device counts its period in whole steps of at most a millisecond.
      expect(Math.abs(Number(period_ms) - 1000 / faster)).toBeLessThanOrEqual(1);
      expect(await bench.run(device.link.uploadRecipe({ ...before, frequency_Hz: 1000 }))).toMatchObject({
        ok: false,
        kind: 'refused',
      });
    });

    test('refuses a recipe whose pieces do not add up, and keeps the one it has', async () => {
      const before = good(await bench.run(device.link.readRecipe()));
      const { exchange, close } = await raw();
      const piece = new ByteWriter().value('u16', 0).raw(new Uint8Array(8).fill(7)).done();
      expect(await ask(exchange, REQUEST.stage, piece)).toMatchObject({ ok: true });
      const wrong = new ByteWriter().value('u16', 8).value('u32', 12_345).done();
      expect(await ask(exchange, REQUEST.apply, wrong)).toMatchObject({ exception: STATUS_CODE.badChecksum });
      close();
      device = await connect(bench);
      expect(good(await bench.run(device.link.readRecipe()))).toEqual(before);
    });

    test('unloads by itself when the host falls silent, and says why', async () => {
      await runMachine();
      await untilCycle(1);
      expect(await bench.run(device.link.command('arm_watchdog', { timeout_ms: 10 }))).toMatchObject({
        ok: false,
      });
      await command('arm_watchdog', { timeout_ms: 300 });
      for (let i = 0; i < 20; i++) {
        expect(stateOf(await status())).toBe('running');
        await bench.sleepMs(20);
      }
      expect(word('watchdog_state', (await status()).watchdog_state)).toBe('armed');
      // 300 ms of silence, 300 ms of unloading, and as much again for a busy computer.
      await bench.sleepMs(1200);
      const tripped = await status();
      expect(stateOf(tripped)).toBe('tripped');
      expect(Math.abs(forceOf(tripped))).toBeLessThan(0.3);
      expect(word('watchdog_state', tripped.watchdog_state)).toBe('tripped');
      expect(device.dictionary.faults[tripped.first_fault ?? -1]).toBe('watchdog');
      expect(tripped.fault_word).toBe(1 << device.dictionary.faults.indexOf('watchdog'));
      expect(await bench.run(device.link.command('enable'))).toMatchObject({ ok: false });
    });

    test('trips on its own limit and keeps what it saw in the black box', async () => {
      const before = good(await bench.run(device.link.readParameters()));
      expect(good(await bench.run(device.link.writeParameter('stress_limit_MPa', 200)))).toBe(200);
      await runMachine();
      const tripped = await until('tripped');
      expect(device.dictionary.faults[tripped.first_fault ?? -1]).toBe('over_stress');
      await bench.sleepMs(600);
      const { bytes } = good(await bench.run(device.link.readBlob(BLOB.blackBox)));
      const reader = new ByteReader(bytes);
      const [faults, first] = [reader.value('u16'), reader.value('u8')];
      expect(faults).toBe(tripped.fault_word);
      expect(first).toBe(tripped.first_fault);
      reader.value('u8');
      const [tripUs, startUs, periodUs, rows] = [
        reader.u64(),
        reader.u64(),
        reader.value('u32'),
        reader.value('u16'),
      ];
      expect(rows).toBeGreaterThan(10);
      expect(tripUs).toBeGreaterThan(startUs);
      expect(tripUs).toBeLessThan(startUs + rows * periodUs);
      good(
        await bench.run(device.link.writeParameter('stress_limit_MPa', Number(before['stress_limit_MPa']))),
      );
    });

    test('carries out a request once, and never one that a newer has overtaken', async () => {
      const { exchange, send, close } = await raw();
      const enable = Uint8Array.of(commandId('enable'));
      const disable = Uint8Array.of(commandId('disable'));
      expect(await ask(exchange, REQUEST.command, enable)).toMatchObject({ ok: true });
      const beforeSequence = exchange.lastSequence;
      expect(await ask(exchange, REQUEST.command, disable)).toMatchObject({ ok: true });
      // The same frame again, as a line that repeats or a host that did not hear the reply would send it.
      send(REQUEST.command, beforeSequence, enable);
      send(REQUEST.command, (beforeSequence - 1) & 0xffff, enable);
      const beaten = await ask(exchange, REQUEST.heartbeat, Uint8Array.of(1, 0));
      expect(beaten.ok && word('drive_state', beaten.value[2] ?? -1)).toBe('disabled');
      expect(exchange.statistics.stray).toBe(2);
      close();
      device = await connect(bench);
    });

    test('obeys nobody who said no hello, but for a stop', async () => {
      await runMachine();
      const port = await bench.open();
      const stranger = new FramedExchange(port, bench.clock, { ...PATIENT, session: 200 }, () => {});
      const noSession = { ok: false, exception: STATUS_CODE.noSession };
      expect(await ask(stranger, REQUEST.command, Uint8Array.of(commandId('disable')))).toMatchObject(
        noSession,
      );
      expect(await ask(stranger, REQUEST.heartbeat, Uint8Array.of(1, 0))).toMatchObject(noSession);
      expect(await ask(stranger, REQUEST.command, Uint8Array.of(commandId('stop')))).toMatchObject({
        ok: true,
      });
      stranger.end('done');
      device = await connect(bench);
      await until('enabled');
    });

    test('says what time it is, with a bound that holds', async () => {
      await bench.sleepMs(2500);
      const clock = device.link.clock();
      expect(clock?.samples).toBeGreaterThan(10);
      expect(Math.abs(clock?.driftPpm ?? Number.NaN)).toBeLessThan(clock?.driftUncertaintyPpm ?? 0);
      const { device_us } = await status();
      // A status is read before its reply goes out, at most one request and one step of the plant ago.
      expect(Math.abs(device.link.hostMs(device_us) - bench.clock.nowMs())).toBeLessThan(60);
    });

    test('finds the way back into step whatever came before', async () => {
      device.link.close();
      const port = await bench.open();
      port.write(Uint8Array.from({ length: 700 }, (_, i) => (i * 37 + 11) & 0xff));
      await bench.sleepMs(50);
      port.close();
      device = await connect(bench);
      expect(stateOf(await status())).toBe('disabled');
    });

    const commandId = (given: string): number =>
      device.dictionary.commands.find((entry) => entry.name === given)?.id ?? -1;

    const ask = (exchange: FramedExchange, type: number, body: Uint8Array) =>
      bench.run(exchange.ask({ type, body, priority: PRIORITY.command }));

    /** A session without the comfort of a link: requests as they are. */
    async function raw() {
      device.link.close();
      const port = await bench.open();
      const nonce = nextNonce();
      const session = 1 + (nonce % 255);
      const exchange = new FramedExchange(port, bench.clock, { ...PATIENT, session }, () => {});
      expect(await ask(exchange, REQUEST.hello, helloBody(nonce))).toMatchObject({ ok: true });
      return {
        exchange,
        send: (type: number, sequence: number, body: Uint8Array) =>
          port.write(encodeMessage({ type, session, sequence, body })),
        close: () => exchange.end('done'),
      };
    }
  });
}

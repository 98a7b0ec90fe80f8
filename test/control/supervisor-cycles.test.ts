import { describe, expect, it } from 'vitest';
import {
  WAVEFORM_LATCH,
  WAVEFORM_PAGE,
  WAVEFORM_PAGE_STRIDE,
} from '../../controller/protocol/register-map.ts';
import { Bench, running } from './bench.ts';

describe('cycles', () => {
  it('every cycle is read, with its waveform, and its coefficients are those of the definitions', async () => {
    const bench = await running();
    await bench.clock.advance(3000);
    const cycles = bench.rows('cycle');
    expect(cycles.length).toBeGreaterThanOrEqual(9);
    expect(cycles.map((f) => f.cycle)).toEqual(cycles.map((_, i) => i + 1));
    expect(cycles.every((f) => bench.value(f, 'skipped') === 0)).toBe(true);
    expect(bench.value(cycles[3], 'cop_material')).toBeCloseTo(900 / 480, 5);
    expect(bench.value(cycles[3], 'cop_system')).toBeCloseTo(900 / 2020, 5);
    expect(bench.value(cycles[3], 'cell_10_max_C')).toBe(35);
    const waveforms = bench.rows('waveform');
    expect(waveforms.length).toBeGreaterThanOrEqual(8);
    expect(waveforms[0]).toMatchObject({ rows: 128, cycle: 1 });
    // Page p holds the count p + 1 in every place.
    expect(waveforms[0]?.columns[0]?.[0]).toBeCloseTo(0.001, 6);
    expect(waveforms[0]?.columns[1]?.[63]).toBeCloseTo(0.8, 6);
    expect(waveforms[0]?.offsetS[64]).toBeCloseTo(0.143 + 0.286 / 256, 6);
  });

  it('a waveform of mixed cycles is dropped and said', async () => {
    const bench = await running();
    await bench.clock.advance(1000);
    bench.rig.corrupt = (request, words) => {
      if (request.fc === 4 && request.address === WAVEFORM_PAGE.start + 5 * WAVEFORM_PAGE_STRIDE)
        words[1] = 999;
    };
    // One that was under way may still have been whole.
    await bench.clock.advance(300);
    const before = bench.rows('waveform').length;
    await bench.clock.advance(600);
    expect(bench.rows('waveform')).toHaveLength(before);
    expect(bench.told.join('\n')).toMatch(/waveform was dropped: page 6 belongs to cycle 999/);
    expect(bench.state()).toBe('EXECUTE');
  });

  it('cycles that pass while the line is slow are counted, not lost in silence', async () => {
    const bench = await running();
    bench.rig.baudRate = 115_200;
    await bench.clock.advance(10_000);
    const cycles = bench.rows('cycle');
    const skipped = cycles.map((f) => bench.value(f, 'skipped') ?? 0);
    expect(Math.max(...skipped)).toBeGreaterThan(0);
    const total = skipped.reduce((sum, n) => sum + n, 0) + cycles.length;
    expect(total).toBe(cycles.at(-1)?.cycle);
    expect(bench.rig.writes(WAVEFORM_LATCH.start).length).toBeGreaterThan(0);
  });

  it('numbers the frames of each group without a gap', async () => {
    const bench = await running();
    await bench.clock.advance(2000);
    for (const group of ['tick', 'cycle', 'waveform'] as const) {
      expect(bench.rows(group).map((f) => f.sequence)).toEqual(bench.rows(group).map((_, i) => i));
    }
  });
});

describe('acceleration', () => {
  it('is written to a virtual rig and read back', async () => {
    const bench = await running();
    const reply = bench.supervisor.accelerate(10);
    await bench.clock.advance(100);
    expect(await reply).toMatchObject({ ok: true });
    await bench.clock.advance(50);
    expect(bench.supervisor.stateMessage().acceleration).toBe(10);
  });

  it('is refused for hardware, and nothing is written', async () => {
    const bench = new Bench();
    bench.rig.identity['device_kind'] = 2;
    await bench.connect();
    expect(bench.supervisor.isLinkUp()).toBe(true);
    const reply = await bench.supervisor.accelerate(10);
    expect(reply).toEqual({
      ok: false,
      sentence: 'Acceleration is refused: only a virtual rig may be accelerated.',
    });
    expect(bench.rig.seen.some(({ request }) => request.fc === 16 && request.address === 180)).toBe(false);
  });

  it('is refused without a link', async () => {
    const bench = new Bench();
    expect((await bench.supervisor.accelerate(2)).sentence).toMatch(/no link/);
  });
});

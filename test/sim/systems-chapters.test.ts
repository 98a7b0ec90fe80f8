/** The chapters of the systems: what they ask for, what they say, and that single failures do not end them. */
import { describe, expect, it } from 'vitest';
import { loadMachine } from '../../sim/command/machine-ref.ts';
import type { ChapterContext, ChapterContent } from '../../sim/report/chapter.ts';
import { liftFamilies, spansOf, valuesOf } from '../../sim/report/chapters/systems/lift-family.ts';
import { liftFigure } from '../../sim/report/chapters/systems/lift-figure.ts';
import { quantityWords, rowsTable } from '../../sim/report/chapters/rows-table.ts';
import { SYSTEM_CHAPTERS } from '../../sim/report/chapters/systems.ts';
import { powerDensityChapter } from '../../sim/report/chapters/systems/power-density.ts';
import { dotFigure } from '../../sim/report/dot-figure.ts';
import type { LiteratureRow, Verdict } from '../../sim/study/literature/row.ts';
import type { Member, Study } from '../../sim/study/study.ts';
import { type LiftCurve, powerOverLift } from '../../sim/study/systems/power-over-lift.ts';

const ROW: LiteratureRow = {
  system: 'ljubljana-2022',
  quantity: 'heating power at a lift of 10 K',
  unit: 'W',
  published: 60,
  bound: 'at least',
  published_low: 60,
  published_high: 60,
  model: 61.234,
  low: 52.5,
  high: 70,
  role: 'calibration',
  sure: 'T',
  source: 'ljubljana-2022',
  pass: null,
  verdict: 'calibrated',
  note: 'met by channel.outer_gap',
};

/** Runs at once; `answer` instead of a study that it knows. */
function contextOf(members: readonly Member[], answer?: (study: string, input: unknown) => unknown) {
  const asked: { study: string; count: number }[] = [];
  const context: ChapterContext = {
    load: loadMachine,
    members: () => members,
    rows: () => [ROW],
    run: async <Input, Output>(study: Study<Input, Output>, inputs: readonly Input[]) => {
      asked.push({ study: study.name, count: inputs.length });
      return inputs.map((input) => {
        const other = answer?.(study.name, input);
        return other === undefined ? study.run(input, loadMachine) : (other as Output);
      });
    },
  };
  return { context, asked };
}

/** A straight power, 100 W at no lift, 1 W/K less with it, times `scale`. */
const straight = (lifts: readonly number[], scale: number): LiftCurve => ({
  span_K: 100 * scale,
  points: lifts.map((lift) => ({
    cooling_power_W: 100 * scale - lift,
    heating_power_W: 120 * scale - lift,
    specific_cooling_power_W_per_g: 1,
    cop_device: 2,
    cop_material: 3,
    peak_stress_MPa: 700,
  })),
});

describe('liftFamilies', () => {
  const two: Member[] = [
    { changes: { 'recipe.strain': 0.03 }, weight: 0.5 },
    { changes: { 'recipe.strain': 0.04 }, weight: 0.5 },
  ];
  const lifts_K = [0, 50];
  const ask = { key: 'ljubljana-2022', lifts_K, guess_K: 20 };

  it('asks once for presets and members of all, each with what differs for the family', async () => {
    const seen: unknown[] = [];
    const { context, asked } = contextOf(two, (_, input) => {
      seen.push(input);
      return straight(lifts_K, 1);
    });
    await liftFamilies(context, [
      ask,
      { ...ask, changes: () => ({ 'recipe.frequency': 2, 'recipe.strain': 0.05 }) },
    ]);
    expect(asked).toEqual([{ study: powerOverLift.name, count: 6 }]);
    const changes = seen.map((input) => (input as { machine: { changes: unknown } }).machine.changes);
    expect(changes).toEqual([
      {},
      { 'recipe.strain': 0.03 },
      { 'recipe.strain': 0.04 },
      { 'recipe.frequency': 2, 'recipe.strain': 0.05 },
      { 'recipe.frequency': 2, 'recipe.strain': 0.05 },
      { 'recipe.frequency': 2, 'recipe.strain': 0.05 },
    ]);
  });

  it('lets what differs depend on the machine of each member', async () => {
    const seen: unknown[] = [];
    const { context } = contextOf(two, (_, input) => {
      seen.push(
        (input as { machine: { changes: Record<string, number> } }).machine.changes['recipe.frequency'],
      );
      return straight(lifts_K, 1);
    });
    const own = loadMachine({ preset: ask.key }).device.recipe.strain;
    await liftFamilies(context, [
      { ...ask, changes: ({ recipe }) => ({ 'recipe.frequency': 40 * recipe.strain }) },
    ]);
    expect(seen).toEqual([40 * own, 40 * 0.03, 40 * 0.04]);
  });

  it('gives a band that spans two members of equal weight, and leaves out what failed', async () => {
    const scales: Record<string, number> = { '0.03': 0.8, '0.04': 1.3 };
    const { context } = contextOf(two, (_, input) => {
      const strain = (input as { machine: { changes: Record<string, number> } }).machine.changes[
        'recipe.strain'
      ];
      return straight(lifts_K, strain === undefined ? 1 : scales[String(strain)]);
    });
    const [family] = await liftFamilies(context, [ask]);
    expect(spansOf(family)).toEqual({ preset: 100, band: { low: 80, middle: 105, high: 130 } });
    expect(valuesOf(family, family.preset, (point) => point.cooling_power_W)).toEqual([100, 50]);
    const broken = { ...family, members: [family.members[0], { value: null, weight: 0.5 }] };
    expect(spansOf(broken).band).toEqual({ low: 80, middle: 80, high: 80 });
    expect(valuesOf(family, null, (point) => point.cooling_power_W)).toEqual([Number.NaN, Number.NaN]);
  });

  it('is drawn with its span, its points and no letter of NaN', async () => {
    const { context } = contextOf(two, () => ({
      ...straight(lifts_K, 1),
      points: [straight([0], 1).points[0], null],
    }));
    const [family] = await liftFamilies(context, [ask]);
    const svg = liftFigure({
      title: 'A machine',
      power: { label: 'cooling power', unit: 'W' },
      copTitle: 'COP',
      views: [
        { family, label: 'preset', power: (p) => p.cooling_power_W, cop: (p) => p.cop_device, hasSpan: true },
      ],
      published: [{ label: 'published 90 W', lift_K: 0, value: 90 }],
    });
    expect(svg).toContain('span 100.0 K (members 100.0 to 100.0 K)');
    expect(svg).toContain('published 90 W');
    expect(svg).not.toContain('NaN');
  });
});

it.each([
  ['temperature_span_K', 'temperature span'],
  ['specific_cooling_power_W_per_g', 'specific cooling power'],
  ['cop_device_full_recovery', 'COP device full recovery'],
  ['heating power at a lift of 10 K', 'heating power at a lift of 10 K'],
])('names %s in words', (quantity, words) => expect(quantityWords({ quantity })).toBe(words));

describe('rowsTable', () => {
  it('writes published figures with bounds and ranges, and the model with its interval', () => {
    const ranged = {
      ...ROW,
      bound: null,
      published: 50.6,
      published_low: 50,
      published_high: 51,
      unit: 'K',
    } as const;
    const { rows } = rowsTable('a system', [
      ROW,
      ranged,
      { ...ROW, model: null, low: null, high: null, unit: '1' },
    ]);
    expect(rows[0].cells.slice(0, 6)).toEqual([
      'heating power at a lift of 10 K',
      'at least 60 W',
      '61.2 (52.5 to 70) W',
      'calibration target',
      'ljubljana-2022 (T)',
      'met by calibration',
    ]);
    expect(rows[1].cells[1]).toBe('50.6 (50 to 51) K');
    expect(rows[2].cells.slice(1, 3)).toEqual(['at least 60', null]);
    const exact = { ...ranged, published: 1.43, published_low: 1.4299, published_high: 1.4301, unit: 'W/g' };
    expect(rowsTable('a system', [exact]).rows[0].cells[1]).toBe('1.43 W/g');
  });

  it('has a word for every verdict, and colours neither what was calibrated nor what could not be computed', () => {
    const verdicts: Verdict[] = [
      'calibrated',
      'pass',
      'fail',
      'uninformative',
      'agrees',
      'disagrees',
      'undecided',
      'not computed',
    ];
    const { rows } = rowsTable(
      'all',
      verdicts.map((verdict) => ({ ...ROW, verdict })),
    );
    expect(new Set(rows.map(({ cells }) => cells[5])).size).toBe(verdicts.length);
    expect(rows.map(({ verdict }) => verdict)).toEqual([
      undefined,
      'pass',
      'fail',
      'uninformative',
      'pass',
      'fail',
      'uninformative',
      undefined,
    ]);
  });
});

it('dotFigure puts a value where its axis has it', () => {
  const value = { label: 'power', unit: 'W/g', scale: 'log', domain: [1, 100] } as const;
  const at = (v: number) => {
    const points = [{ row: 0, value: v }];
    const svg = dotFigure({
      title: 't',
      value,
      rows: ['a'],
      series: [{ label: 's', color: '#000000', shape: 'circle', points }],
    });
    return Number(/<circle cx="([\d.]+)"/.exec(svg)?.[1]);
  };
  // a decade is as long as the next; the file gives two decimals
  expect(at(10) - at(1)).toBeCloseTo(at(100) - at(10), 1);
});

const textOf = (content: ChapterContent) => JSON.stringify(content.blocks);

it('every chapter stands with a single member, ends with its rows, and has keys of its own', async () => {
  const { context } = contextOf([{ changes: {}, weight: 1 }]);
  const contents: ChapterContent[] = [];
  for (const [, chapter] of SYSTEM_CHAPTERS) contents.push(await chapter(context));
  contents.push(await powerDensityChapter(context));
  const keys = contents.flatMap(({ key, blocks }) => [
    key,
    ...blocks.flatMap((block) => (block.kind === 'figure' ? [block.figure.key] : [])),
  ]);
  expect(new Set(keys).size).toBe(keys.length);
  for (const content of contents) {
    expect(textOf(content)).not.toMatch(/NaN|undefined|Infinity|unknown/);
    expect(content.blocks.some(({ kind }) => kind === 'figure')).toBe(true);
    const last = content.blocks.at(-1);
    if (content.key !== 'power-density')
      expect(last?.kind === 'table' && last.table.rows.length).toBeGreaterThan(0);
  }
}, 60_000);

it('a member that cannot be run leaves no chapter unwritten', async () => {
  const failing: Member[] = [
    { changes: {}, weight: 0.5 },
    { changes: { 'recipe.blow_duty': 0.5 }, weight: 0.5 },
  ];
  const { context } = contextOf(failing);
  const quick = SYSTEM_CHAPTERS.filter(([about]) => /ljubljana|plate|roller/.test(about)).map(
    ([, one]) => one,
  );
  for (const chapter of [...quick, powerDensityChapter])
    expect((await chapter(context)).blocks.length).toBeGreaterThan(0);
}, 60_000);

/** The chapters on house and compressor with studies of known results: what they say of them, and of those that failed. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadMachine } from '../../sim/command/machine-ref.ts';
import { parseReplacementOptions } from '../../sim/config/replacement-options.ts';
import type { Chapter, ChapterContent, ChapterContext } from '../../sim/report/chapter.ts';
import { intervalOf } from '../../sim/report/chapters/model-house/members.ts';
import { modelHouseChapter } from '../../sim/report/chapters/model-house.ts';
import { replacementChapter } from '../../sim/report/chapters/replacement.ts';
import type { HouseDay, HouseDayInput, HousePulldown } from '../../sim/study/model-house/house-run.ts';
import type { PulldownMapInput, PulldownMapOutput } from '../../sim/study/model-house/pulldown-map.ts';
import type { MachineRef, Member, Study } from '../../sim/study/study.ts';

const BROKEN = 'drive.drive_efficiency';
const MEMBERS: readonly Member[] = [
  { changes: {}, weight: 0.5 },
  { changes: { 'drive.work_recovery': 0.8 }, weight: 0.3 },
  // its studies are null, as those of a machine that does not run
  { changes: { [BROKEN]: 0.6 }, weight: 0.2 },
];
const hours = (value: number): number[] => Array.from({ length: 24 }, () => value);

/** A kilowatt-hour of electricity at 1 Hz and more beyond, for 2.4 kWh of cooling and 0.1 kWh of fan in the room. */
function day({ changes = {} }: MachineRef): HouseDay | null {
  if (changes[BROKEN] === 0.6) return null;
  const electric_kWh = Number(changes['room.frequency'] ?? 3.5) ** 2;
  return {
    time_h: [12, 24],
    room_C: [21.5, 21.5],
    outdoor_C: [31, 31],
    hourly_cooling_W: hours(2500 / 24),
    hourly_electric_W: hours((1000 * electric_kWh) / 24),
    hourly_running_share: hours(0.5),
    hourly_outdoor_C: hours(31),
    hourly_room_C: hours(21.5),
    cooling_kWh: 2.5,
    room_fan_kWh: 0.1,
    electric_kWh,
    fan_kWh: 0.3,
    running_share: 0.5,
    condensate_kg: 0.3,
    // too gentle to keep the room cool
    highest_C: Number(changes['room.frequency'] ?? 3.5) < 1 ? 25 : 21.8,
  };
}

const pulldown = (machine: MachineRef): HousePulldown | null =>
  machine.changes?.[BROKEN] === 0.6
    ? null
    : {
        time_s: [0, 900, 1800],
        room_C: [31, 21.5, 21.5],
        cooling_W: [0, 500, 100],
        electric_W: [0, 900, 200],
        time_to_setpoint_s: 900,
      };

/** A tenth of the columns takes 15 min, the others never end. */
const map = ({ x, y }: PulldownMapInput): PulldownMapOutput => ({
  time_s: y.values.map(() => x.values.map((_, i) => (i < x.values.length / 10 ? 900 : null))),
});

const context: ChapterContext = {
  load: loadMachine,
  members: () => MEMBERS,
  rows: () => [],
  run: <Input, Output>(study: Study<Input, Output>, inputs: readonly Input[]) =>
    Promise.resolve(
      inputs.map((input) => {
        if (study.name === 'pulldown-map') return map(input as PulldownMapInput);
        const { machine } = input as HouseDayInput;
        return study.name === 'house-day' ? day(machine) : pulldown(machine);
      }) as Output[],
    ),
};

const read = (path: string) => readFileSync(new URL(`../../fixtures/${path}`, import.meta.url), 'utf8');
const options = parseReplacementOptions(read('replacement/split-unit.yaml'), 'split-unit.yaml');
const replacement = replacementChapter(options, 'weather');
const house = modelHouseChapter('weather');

const words = ({ blocks }: ChapterContent): string =>
  blocks
    .map((block) => (block.kind === 'paragraph' || block.kind === 'heading' ? block.text : ''))
    .join('\n');
const figures = ({ blocks }: ChapterContent) =>
  blocks.flatMap((block) => (block.kind === 'figure' ? [block.figure] : []));
const rowsOf = ({ blocks }: ChapterContent, title: string) =>
  blocks.flatMap((block) =>
    block.kind === 'table' && block.table.title.includes(title) ? block.table.rows : [],
  );

describe.each([
  ['the model house', house, 7],
  ['the replacement', replacement, 2],
] as const)('the chapter on %s', (_, chapter: Chapter, count) => {
  it('is the same from the same studies, and holds nothing that is not a number', async () => {
    const [first, second] = [await chapter(context), await chapter(context)];
    expect(second).toEqual(first);
    expect(figures(first)).toHaveLength(count);
    expect(new Set(figures(first).map(({ key }) => key)).size).toBe(count);
    expect(JSON.stringify(first)).not.toMatch(/NaN|undefined|Infinity|null th/);
  });
});

it('the interval is that of the members that ran', () => {
  expect(intervalOf(MEMBERS, [1, 2, null])).toMatchObject({ low: 1, high: 2 });
  expect(intervalOf(MEMBERS, [null, null, null]).middle).toBeNaN();
});

describe('the model house', () => {
  it('says how much of a map is consistent, and how many machines fail', async () => {
    const content = await house(context);
    // 4 of 31 columns
    expect(rowsOf(content, 'consistent').map(({ cells }) => cells[1])).toEqual(['13', '13', '13']);
    expect(words(content)).toContain('1 of 3 machines drawn do not get there within half an hour');
    expect(words(content)).toContain('a calibration, not a validation');
  });
});

describe('the replacement', () => {
  it('takes the thriftiest recipe that keeps the room cool, and the load of the day for the split unit', async () => {
    const content = await replacement(context);
    const rows = rowsOf(content, 'A day, and a season').map(({ cells }) => cells);
    const calibrated = rows.filter(([label]) => label?.startsWith('as calibrated'));
    expect(calibrated.map(([, recipe]) => recipe)).toEqual(['3.5 Hz, 0.190 kg/s', '1 Hz, 0.054 kg/s']);
    // in brackets the members that run, which do the same here; the broken one stays out
    expect(calibrated.map((cells) => cells[2])).toEqual(['0.20 (0.20 to 0.20)', '2.40 (2.40 to 2.40)']);
    // the split unit gives the same 2.4 kWh
    for (const [, , cop, kWh] of rows.slice(0, 2)) expect(Number(cop) * Number(kWh)).toBeCloseTo(2.4, 1);
  });

  it('refuses a calibrated machine that does not run', async () => {
    const none = { ...context, run: () => Promise.resolve(Array.from({ length: 100 }, () => null)) };
    await expect(replacement(none as unknown as ChapterContext)).rejects.toThrow('does not run in its house');
  });
});

/** The last chapter: every number the machines were made of, and every source. */
import type { Preset } from '../../config/device-config.ts';
import { toDisplay } from '../../config/quantity.ts';
import { parameterOf } from '../../config/vary.ts';
import { priorsOf } from '../../study/literature/priors.ts';
import { weightedQuantiles } from '../../study/sampling/weighted.ts';
import type { Member } from '../../study/study.ts';
import type { Block, Chapter, Table } from '../chapter.ts';

export interface CitedSource {
  readonly key: string;
  readonly text: string;
  readonly doi?: string | undefined;
  readonly sure: string;
}

/** @param systems keys of presets; `sources` the bibliography, in its order */
export const parametersChapter =
  (systems: readonly string[], sources: readonly CitedSource[]): Chapter =>
  ({ load, members }) => {
    const presets = systems.map((key) => load({ preset: key }));
    const cited = sources.filter(({ key }) => presets.some((preset) => cites(preset, key)));
    return Promise.resolve({
      key: 'parameters',
      title: 'Parameters and sources',
      blocks: [
        {
          kind: 'paragraph',
          text:
            'Every parameter of every machine: the value of the preset, the range it was drawn from, and what was left of that range once the ' +
            'calibration targets were met. Published and derived values stand as they are; fitted values were moved in the preset until a ' +
            'target was met; assumed ones are our choice. A parameter without a range was not drawn.',
        },
        ...presets.map(
          (preset): Block => ({ kind: 'table', table: parameterTable(preset, members(preset.key)) }),
        ),
        { kind: 'table', table: sourceTable(cited) },
      ],
    });
  };

const cites = ({ source, provenance, targets }: Preset, key: string): boolean =>
  source === key ||
  targets.some((target) => target.source === key) ||
  Object.values(provenance).some((entry) => entry.source === key);

function parameterTable(preset: Preset, machines: readonly Member[]): Table {
  const free = new Set(priorsOf(preset).map(({ name }) => name));
  const rows = Object.entries(preset.provenance).flatMap(([name, { status, source, range, note }]) => {
    const parameter = parameterOf(name);
    const value = valueOf(preset, name);
    if (parameter.kind === 'choice' || typeof value === 'string' || note === 'default of the program')
      return [];
    const show = (v: number) => Number(toDisplay(parameter, v).toPrecision(4)).toString().replace('-', '−');
    const drawn = machines.flatMap(({ changes, weight }) => {
      const own = changes[name];
      return typeof own === 'number' ? [{ value: own, weight }] : [];
    });
    const [low, high] = weightedQuantiles(drawn, [0.05, 0.95]);
    return [
      {
        cells: [
          name,
          show(value),
          parameter.display === '1' ? '' : parameter.display,
          free.has(name) && range ? `${show(range[0])} to ${show(range[1])}` : null,
          drawn.length === 0 ? null : `${show(low)} to ${show(high)}`,
          status,
          source ?? null,
        ],
      },
    ];
  });
  return {
    title: preset.title,
    columns: [
      { label: 'parameter' },
      { label: 'value', align: 'right' },
      { label: 'unit' },
      { label: 'drawn from', align: 'right' },
      { label: '90 % of the machines', align: 'right' },
      { label: 'status' },
      { label: 'source' },
    ],
    rows,
    note: preset.claim,
  };
}

function valueOf({ device }: Preset, name: string): number | string {
  const steps = name.split('.');
  const [group, key] = steps.slice(-2);
  const bank = device.layout.banks.find((one) => steps.length === 3 && one.name === steps[0]);
  return ((bank ?? device) as unknown as Record<string, Record<string, number | string>>)[group][key];
}

const sourceTable = (sources: readonly CitedSource[]): Table => ({
  title: 'Sources',
  columns: [{ label: 'key' }, { label: 'source' }, { label: 'doi' }, { label: 'sure' }],
  rows: sources.map(({ key, text, doi, sure }) => ({ cells: [key, text, doi ?? null, sure] })),
  note: 'T read in the text or abstract of the paper; P press about it; 2 third party; M recalled, not found again; D derived from the others.',
});

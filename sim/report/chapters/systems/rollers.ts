/** TiNiCu strained by rollers, against NiTi (Xi'an Jiaotong, 2024). */
import { type RecoveredWork, copAt, recoveredWork } from '../../../study/systems/recovered-work.ts';
import type { Chapter, ChapterContext } from '../../chapter.ts';
import { INK, PALETTE } from '../../svg.ts';
import type { Series } from '../../marks.ts';
import { xyFigure } from '../../xy-figure.ts';
import { type Weighted, bandOf, interval } from '../band.ts';
import { thinned } from '../../../study/sampling/weighted.ts';
import { drawing, figure, paragraph, range } from '../words.ts';
import { scoreBlocks } from '../score.ts';

/** xjtu-roller-2024: share of the work that is recovered; COP of the material over that of NiTi. */
const PUBLISHED = { recovery: 0.78, gain: 2.25 };
const MACHINES = [
  { key: 'xjtu-roller-2024', alloy: 'TiNiCu' },
  { key: 'xjtu-roller-2024-niti', alloy: 'NiTi' },
] as const;
const SHARES = Array.from({ length: 21 }, (_, k) => k / 20);
const MEMBERS = 30;

interface Rollers {
  readonly alloy: string;
  readonly preset: RecoveredWork;
  readonly members: readonly Weighted<RecoveredWork>[];
}

export const rollersChapter: Chapter = async (context) => {
  const machines = await runBoth(context);
  const [tinicu, niti] = machines;
  const gain = copAt(tinicu.preset, 1) / copAt(niti.preset, 1);
  const at78 = interval(
    tinicu.members.map(({ value, weight }) => ({ value: copAt(value, PUBLISHED.recovery), weight })),
  );
  return {
    key: 'rollers',
    title: "TiNiCu and rollers that recover 78 % (Xi'an Jiaotong, 2024)",
    blocks: [
      paragraph(
        'Rollers strain strips one after the other, and what one strip gives back another takes: 78 % of the work is ' +
          'recovered, as published, and put in here. The COP of the material is published as 125 % above that of NiTi; the ' +
          `hysteresis of TiNiCu was fitted to that (here ${figure(gain, 2)} times). What follows from both is the COP of the ` +
          `device: ${figure(copAt(tinicu.preset, PUBLISHED.recovery), 1)} (members: ${range(at78, 1)}) at 78 %, against ` +
          `${figure(copAt(tinicu.preset, 0), 1)} with nothing recovered and ${figure(copAt(tinicu.preset, 1), 1)} with all. With ` +
          `NiTi it would be ${figure(copAt(niti.preset, PUBLISHED.recovery), 1)}. Each further share is worth more than the ` +
          'one before, since what is left to pay becomes a small difference of two large amounts. The published machine has ' +
          'no fluid; water in a narrow slot stands for its contact of solids, so that cooling power and lift say nothing ' +
          'about it.',
      ),
      drawing(
        'rollers-recovery',
        'COP of the device at zero lift over the share of the work of unloading that is recovered, for the alloy of the machine ' +
          'and for NiTi in the same machine; bands of the members (5 to 95 %). Dotted: the published 78 %. At 1 it is the COP of ' +
          'the material, whose ratio of 2.25 is published and fitted to.',
        recoveryFigure(machines),
      ),
      drawing(
        'rollers-loops',
        'One cycle in the steady state at zero lift, strains as assumed in the presets (3.0 and 4.5 %). The hysteresis of TiNiCu ' +
          'is fitted to the published ratio of the COPs, that of NiTi to the plate test of another laboratory.',
        loopFigure(machines),
      ),
      ...scoreBlocks(context, 'Published and modelled: rollers', ...MACHINES.map(({ key }) => key)),
    ],
  };
};

async function runBoth(context: ChapterContext): Promise<Rollers[]> {
  const drawn = MACHINES.map(({ key }) => thinned(context.members(key), MEMBERS));
  const inputs = MACHINES.map(({ key }, k) =>
    [{}, ...drawn[k].map(({ changes }) => changes)].map((changes) => ({ preset: key, changes })),
  );
  const works = await context.run(recoveredWork, inputs.flat());
  let at = 0;
  return MACHINES.map(({ alloy, key }, k) => {
    const preset = works[at++];
    if (preset === null) throw new RangeError(`${key}: the preset itself cannot be run`);
    const members = drawn[k].flatMap(({ weight }) => {
      const value = works[at++];
      return value === null ? [] : [{ value, weight }];
    });
    return { alloy, preset, members };
  });
}

function recoveryFigure(machines: readonly Rollers[]): string {
  const curve = (work: RecoveredWork) => SHARES.map((share) => copAt(work, share));
  const most = Math.max(
    ...machines
      .flatMap(({ preset, members }) => [preset, ...members.map(({ value }) => value)])
      .map((work) => copAt(work, 1)),
  );
  return xyFigure({
    title: 'COP of the device over work recovery',
    x: { label: 'share of the work of unloading that is recovered', unit: '', domain: [0, 1] },
    y: { label: 'COP at zero lift', unit: '', domain: [0, 1.1 * most] },
    series: machines.flatMap(({ alloy, preset, members }, k): Series[] => [
      {
        kind: 'band',
        ...(k === 0 && { label: 'members, 5 to 95 %' }),
        color: PALETTE[k],
        x: SHARES,
        ...bandOf(members.map(({ value, weight }) => ({ value: curve(value), weight }))),
      },
      {
        kind: 'line',
        label: alloy,
        color: PALETTE[k],
        dash: k === 0 ? 'solid' : 'long',
        x: SHARES,
        y: curve(preset),
      },
      {
        kind: 'points',
        color: INK,
        shape: 'diamond',
        x: [PUBLISHED.recovery],
        y: [copAt(preset, PUBLISHED.recovery)],
      },
    ]),
    annotations: [{ kind: 'vertical', at: PUBLISHED.recovery, label: 'published: 78 %' }],
  });
}

const loopFigure = (machines: readonly Rollers[]): string =>
  xyFigure({
    title: 'Stress over strain, one cycle',
    x: { label: 'strain', unit: '%', domain: [-0.1, 5] },
    y: { label: 'stress in tension', unit: 'MPa' },
    series: machines.map(
      ({ alloy, preset }, k): Series => ({
        kind: 'line',
        label: alloy,
        color: PALETTE[k],
        dash: k === 0 ? 'solid' : 'long',
        // closed by its first point
        x: [...preset.strain_percent, preset.strain_percent[0]],
        y: [...preset.stress_MPa, preset.stress_MPa[0]],
      }),
    ),
  });

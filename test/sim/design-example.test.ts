/** The front that comes along for the page to show: written by its study, and still what the machine does. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type OperatingPoint, solveOperatingPoint } from '../../sim/index.ts';
import type { FrontFile } from '../../sim/study/optimize/front-file.ts';
import { kilowatt } from './kilowatt.ts';

const read = (name: string): string =>
  readFileSync(new URL(`../../fixtures/studies/${name}`, import.meta.url), 'utf8');
const front = JSON.parse(read('kilowatt-design.front.json')) as FrontFile;

interface Study {
  readonly machine: string;
  readonly title: string;
  readonly vary: Readonly<Record<string, unknown>>;
  readonly objectives: readonly Readonly<Record<string, string>>[];
  readonly constraints: readonly string[];
  readonly optimize: { readonly evaluations: number; readonly seed: number };
}

describe('fixtures/studies/kilowatt-design.front.json', () => {
  it('has the machine, variables, objectives, constraints, budget and seed of the study beside it', () => {
    const study = parse(read('kilowatt-design.yaml')) as Study;
    expect(front).toMatchObject({
      machine: study.machine,
      title: study.title,
      constraints: study.constraints,
      seed: study.optimize.seed,
      judged: study.optimize.evaluations,
    });
    expect(front.variables.map(({ column }) => column.replace(/_(Hz|kg_per_s|mm)$/, ''))).toEqual(
      Object.keys(study.vary),
    );
    expect(front.objectives.map(({ sense, column }) => ({ [sense]: column }))).toEqual(study.objectives);
  });

  it.each([0, Math.floor(front.designs.length / 2), front.designs.length - 1])(
    'design %i comes to the same numbers today',
    (at) => {
      const { set, objectives } = front.designs[at];
      const point = solveOperatingPoint(kilowatt(set));
      // steady to 1e-6 K of differences of some kelvins
      for (const [i, { column }] of front.objectives.entries())
        expect(Number(point[column as keyof OperatingPoint]) / objectives[i], column).toBeCloseTo(1, 6);
    },
  );
});

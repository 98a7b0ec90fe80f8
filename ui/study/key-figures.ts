/** A run in a few numbers: means over its whole cycles, weighted by their periods. */

/** Absent where nothing of the run says it. */
export interface KeyFigures {
  readonly duration_s?: number;
  readonly cycles: number;
  readonly frequency_Hz?: number;
  readonly cooling_power_W?: number;
  readonly heating_power_W?: number;
  readonly mechanical_power_W?: number;
  /** Of the means of powers, not the mean of ratios. */
  readonly cop_material?: number;
  readonly cop_system?: number;
  readonly temperature_lift_K?: number;
  readonly peak_stress_MPa?: number;
}

export type FigureName = keyof KeyFigures;

const MEANS = [
  'cooling_power_W',
  'heating_power_W',
  'mechanical_power_W',
  'temperature_lift_K',
] as const satisfies readonly FigureName[];

/** A mean that grows; rows that lack a value leave it as it is. */
class Mean {
  #sum = 0;
  #weight = 0;

  add(value: number, weight: number): void {
    if (!Number.isFinite(value) || !(weight > 0)) return;
    this.#sum += value * weight;
    this.#weight += weight;
  }

  get value(): number | undefined {
    return this.#weight > 0 ? this.#sum / this.#weight : undefined;
  }
}

/** Two sums over the rows that have both. */
class Ratio {
  readonly #above = new Mean();
  readonly #below = new Mean();

  add(above: number, below: number, weight: number): void {
    if (!Number.isFinite(above + below)) return;
    this.#above.add(above, weight);
    this.#below.add(below, weight);
  }

  get value(): number | undefined {
    const below = this.#below.value;
    return below === undefined || below <= 0 ? undefined : (this.#above.value ?? 0) / below;
  }
}

export class FigureMaker {
  readonly #means = new Map(MEANS.map((name) => [name, new Mean()]));
  readonly #period = new Mean();
  readonly #material = new Ratio();
  readonly #system = new Ratio();
  #cycles = 0;
  #peak = Number.NEGATIVE_INFINITY;

  /** One whole cycle; `read` gives a channel of `cycle` by its name, NaN where it is absent. */
  cycle(read: (name: string) => number): void {
    this.#cycles++;
    const periodS = read('period_ms') / 1000;
    this.#period.add(periodS, 1);
    for (const [name, mean] of this.#means) mean.add(read(name), periodS);
    const cooling = read('cooling_power_W');
    this.#material.add(cooling, read('mechanical_power_W'), periodS);
    this.#system.add(cooling, read('loading_power_W') + read('pump_power_W'), periodS);
    const peak = read('peak_stress_MPa');
    if (peak > this.#peak) this.#peak = peak;
  }

  figures(duration_s: number): KeyFigures {
    const periodS = this.#period.value;
    const found = {
      duration_s: Number.isFinite(duration_s) ? duration_s : undefined,
      cycles: this.#cycles,
      frequency_Hz: periodS === undefined ? undefined : 1 / periodS,
      ...Object.fromEntries([...this.#means].map(([name, mean]) => [name, mean.value])),
      cop_material: this.#material.value,
      cop_system: this.#system.value,
      peak_stress_MPa: Number.isFinite(this.#peak) ? this.#peak : undefined,
    };
    return Object.fromEntries(
      Object.entries(found).filter(([, value]) => value !== undefined),
    ) as unknown as KeyFigures;
  }
}

export interface NamedFigures {
  readonly name: string;
  readonly figures: KeyFigures;
}

/** Unit and digits of each figure, in the order in which they are shown. */
export const FIGURES: readonly {
  readonly key: FigureName;
  readonly unit: string;
  readonly decimals: number;
}[] = [
  { key: 'duration_s', unit: 's', decimals: 1 },
  { key: 'cycles', unit: '', decimals: 0 },
  { key: 'frequency_Hz', unit: 'Hz', decimals: 3 },
  { key: 'cooling_power_W', unit: 'W', decimals: 1 },
  { key: 'heating_power_W', unit: 'W', decimals: 1 },
  { key: 'mechanical_power_W', unit: 'W', decimals: 1 },
  { key: 'cop_material', unit: '', decimals: 2 },
  { key: 'cop_system', unit: '', decimals: 2 },
  { key: 'temperature_lift_K', unit: 'K', decimals: 2 },
  { key: 'peak_stress_MPa', unit: 'MPa', decimals: 1 },
];

const quoted = (text: string): string => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** Of single-precision readings; more would be noise of the sums. */
const DIGITS = 9;
const rounded = (value: number | undefined): number | undefined =>
  value === undefined ? undefined : Number(value.toPrecision(DIGITS));

/** A row a figure: each run's value, then the difference of each to the first, to nine digits; absent is empty. */
export function figuresCsv(runs: readonly NamedFigures[]): string {
  const later = runs.slice(1);
  const header = [
    'figure',
    ...runs.map(({ name }) => name),
    ...later.map(({ name }) => `${name} minus first`),
  ];
  const rows = FIGURES.map(({ key }) => {
    const first = rounded(runs.at(0)?.figures[key]);
    const difference = ({ figures }: NamedFigures): number | undefined => {
      const value = rounded(figures[key]);
      return value === undefined || first === undefined ? undefined : rounded(value - first);
    };
    return [key, ...runs.map(({ figures }) => rounded(figures[key])), ...later.map(difference)];
  });
  return [header, ...rows]
    .map((row) => row.map((value) => quoted(String(value ?? ''))).join(','))
    .join('\r\n')
    .concat('\r\n');
}

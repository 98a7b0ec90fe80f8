/** `elastocool plate-test`: a NiTi plate pulled and let go at strain rates from isothermal to adiabatic. */
import { writeFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import { UserError } from '../index.ts';
import { superelasticParameters } from '../machine/geometry.ts';
import { LAW_KINDS, type LawKind } from '../material/make-law.ts';
import { plateFigure } from '../report/plate-figure.ts';
import { type PlateReport, USUAL_PLATE, reportPlate, testPlate } from '../study/plate-test.ts';
import { loadAlloy } from './alloy-file.ts';
import { reportUserErrors } from './preset-file.ts';
import { type Row, formatTable } from './table.ts';

interface Options {
  law?: LawKind;
  figure?: string;
  json: boolean;
}

export function plateTestCommand(): Command {
  return new Command('plate-test')
    .summary('pull a NiTi plate at many strain rates, to hold the laws against a published test')
    .description(
      'Adiabatic temperature change of a thin NiTi plate on loading and unloading against strain rate, 1e-4 to 1 1/s, beside the published +14 / -12.5 K at 0.33 1/s.',
    )
    .addOption(new Option('--law <name>', 'one law only; without it all').choices(LAW_KINDS))
    .option('--figure <file>', 'write the figure, an SVG')
    .option('--json', 'print JSON for machines', false)
    .addHelpText(
      'after',
      `
Examples:
  elastocool plate-test --figure plate.svg
  elastocool plate-test --law smooth --json`,
    )
    .action((options: Options) => reportUserErrors(() => run(options)));
}

function run({ law, figure, json }: Options): void {
  const alloy = superelasticParameters(loadAlloy('niti-tension'));
  const kinds = law ? [law] : LAW_KINDS;
  const report = reportPlate(kinds, alloy);
  if (figure !== undefined) {
    try {
      writeFileSync(figure, plateFigure(report));
    } catch (error) {
      throw new UserError(
        `--figure: ${figure} cannot be written (${(error as Error).message}); give another file.`,
      );
    }
  }
  if (json) {
    process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
    return;
  }
  const { rate } = report.published;
  const rows = kinds.flatMap((kind, i): Row[] => {
    const at = testPlate(kind, alloy, rate);
    return [
      [`${kind} law: loading at ${rate} 1/s`, at.heating_K, 'K'],
      [`${kind} law: unloading at ${rate} 1/s`, at.cooling_K, 'K'],
      [`${kind} law: 95 % of the adiabatic change from`, report.studies[i].rate_for_95_percent, '1/s'],
    ];
  });
  const { fitted } = report;
  rows.push(
    ['entropy that meets both figures (smooth law)', fitted.entropy_change_MJ_per_m3_K, 'MJ/(m³ K)'],
    ['hysteresis energy that does', fitted.hysteresis_energy_MJ_per_m3, 'MJ/m³'],
  );
  process.stdout.write(`${formatTable([...rows, ...coolingTimeRows(report)])}\n\n${report.claim}\n`);
}

function coolingTimeRows({ cooling_time_band: { fast, slow } }: PlateReport): Row[] {
  return [
    ['cooling time of the plate, assumed', USUAL_PLATE.coolingTime, 's'],
    ...[fast, slow].map(
      (study): Row => [`  with ${study.cooling_time_s} s: 95 % from`, study.rate_for_95_percent, '1/s'],
    ),
  ];
}

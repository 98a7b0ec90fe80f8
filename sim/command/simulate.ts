/** `elastocool simulate PRESET`: one operating point in cyclic steady state. */
import { performance } from 'node:perf_hooks';
import { Command } from 'commander';
import { DEFINITIONS, type OperatingPoint, type Preset, solveOperatingPoint } from '../index.ts';
import { loadPreset, reportUserErrors, setOption } from './preset-file.ts';
import { startProgress } from './progress.ts';
import { type Row, formatTable } from './table.ts';

interface Options {
  set: Map<string, string>;
  json: boolean;
}

export function simulateCommand(): Command {
  return new Command('simulate')
    .summary('run one operating point to cyclic steady state')
    .description(
      'Runs a machine between two constant inlet temperatures to cyclic steady state and says what it does.',
    )
    .argument('<preset>', 'which machine, e.g. hkust-kilowatt-2025')
    .addOption(setOption())
    .option('--json', 'print JSON for machines', false)
    .addHelpText(
      'after',
      `
Examples:
  elastocool simulate hkust-kilowatt-2025
  elastocool simulate hkust-kilowatt-2025 --set lift="10 K" --set frequency="2.5 Hz"
  elastocool simulate hkust-kilowatt-2025 --set loading="0 g/L" --json      (distilled water)`,
    )
    .action((key: string, options: Options) => reportUserErrors(() => run(key, options)));
}

function run(key: string, options: Options): void {
  const preset = loadPreset(key, options.set);
  const started = performance.now();
  const progress = startProgress(7, preset.key);
  const result = solveOperatingPoint(preset.device, {
    onCycle: (cycle, residual) =>
      progress.update(-Math.log10(residual) + 1, `cycle ${cycle}, ${residual.toExponential(1)} K`),
  });
  progress.end();
  const wallTimeS = (performance.now() - started) / 1e3;
  if (!result.converged) process.exitCode = 3;
  if (options.json) {
    const { warnings, ...numbers } = result;
    const output = {
      preset: preset.key,
      claim: preset.claim,
      ...numbers,
      wall_time_s: wallTimeS,
      warnings,
      definitions: DEFINITIONS,
    };
    process.stdout.write(`${JSON.stringify(output, null, 2)}\n`);
  } else {
    process.stdout.write(`${describe(preset, result, wallTimeS)}\n`);
  }
}

function describe(preset: Preset, r: OperatingPoint, wallTimeS: number): string {
  const { recipe, operation } = preset.device;
  const rows: Row[] = [
    ['temperature lift', r.temperature_lift_K, 'K'],
    ['cooling power', r.cooling_power_W, 'W'],
    ['specific cooling power', r.specific_cooling_power_W_per_g, 'W/g'],
    ['heat rejected', r.heating_power_W, 'W'],
    ['mechanical power, net', r.mechanical_power_W, 'W'],
    ['mechanical power, loading', r.loading_power_W, 'W'],
    ['pump power', r.pump_power_W, 'W'],
    ['COP of the material', r.cop_material, ''],
    [
      `COP of the device, ${(100 * preset.device.drive.work_recovery).toFixed(0)} % of the work recovered`,
      r.cop_device,
      '',
    ],
    ['COP of the device, no work recovered', r.cop_device_no_recovery, ''],
    ['COP of the device, all work recovered', r.cop_device_full_recovery, ''],
    ['COP of the system, drive and pump included', r.cop_system, ''],
    ['second-law efficiency', r.second_law_efficiency, ''],
    ['utilization', r.utilization, ''],
    ['mass of alloy', r.sma_mass_g, 'g'],
    ['peak stress', r.peak_stress_MPa, 'MPa'],
    ['peak force', r.peak_force_kN, 'kN'],
    ['buckling margin without guides', r.buckling_margin, ''],
    ['stroke', r.stroke_mm, 'mm'],
    ['flow maldistribution between cells', 100 * r.flow_maldistribution, '%'],
    ['peak martensite fraction', r.peak_martensite_fraction, ''],
    ['residual strain of earlier cycles', r.residual_strain_percent, '%'],
    ['fatigue life', r.fatigue_life_cycles, 'cycles'],
    ['coldest alloy', r.cell_temperature_min_C, '°C'],
    ['hottest alloy', r.cell_temperature_max_C, '°C'],
    ['peak pressure drop', r.pressure_drop_bar, 'bar'],
    ['entropy produced in the alloy', r.entropy_production_W_per_K, 'W/K'],
    ['energy residual', r.energy_residual, ''],
    ['distance from steady state', r.steady_state_error_K, 'K'],
    ['cycles to steady state', String(r.cycles), ''],
    ['wall time', wallTimeS, 's'],
  ];
  const heading = `${preset.title}\n${(operation.mean_temperature - 273.15).toFixed(1)} °C mean, ${recipe.frequency} Hz, ${(100 * recipe.strain).toFixed(2)} % strain, ${recipe.blow_flow} kg/s for ${recipe.blow_duty} of the period each way\n`;
  const warnings = r.warnings.map((text) => `\nwarning: ${text}`).join('');
  return `${heading}\n${formatTable(rows)}\n\n${preset.claim}\n${r.fatigue_life}\nDefinitions: --json prints them with the numbers.${warnings}`;
}

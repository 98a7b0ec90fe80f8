/** `elastocool presets`: which machines there are, and the schema of their files. */
import { Command } from 'commander';
import { presetJsonSchema } from '../index.ts';
import { listPresets, loadPreset, reportUserErrors } from './preset-file.ts';

interface Options {
  json: boolean;
  schema: boolean;
}

export function presetsCommand(): Command {
  return new Command('presets')
    .summary('list the machines that can be simulated')
    .description(
      'Lists the machines that can be simulated, with the key of their source in fixtures/bibliography.yaml. ' +
        'A machine of your own is one more YAML file: give its path wherever a preset is asked for.',
    )
    .option('--json', 'print JSON for machines', false)
    .option('--schema', 'print the JSON Schema of preset files, for completion in an editor', false)
    .addHelpText(
      'after',
      `
Examples:
  elastocool presets
  elastocool presets --json
  elastocool presets --schema > preset.schema.json
  elastocool simulate my-machine.yaml      (it may begin with: extends: path/to/hkust-kilowatt-2025.yaml)`,
    )
    .action(({ json, schema }: Options) =>
      reportUserErrors(() => {
        process.stdout.write(`${schema ? JSON.stringify(presetJsonSchema(), null, 2) : list(json)}\n`);
      }),
    );
}

function list(json: boolean): string {
  const presets = listPresets().map((key) => {
    const { title, source, claim } = loadPreset(key, new Map());
    return { name: key, title, source, claim };
  });
  return json
    ? JSON.stringify({ presets }, null, 2)
    : presets.map((p) => `${p.name}\n  ${p.title}\n  ${p.claim}\n  source: ${p.source}`).join('\n');
}

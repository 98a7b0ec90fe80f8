/** `elastocool presets`: which machines there are. */
import { Command } from 'commander';
import { listPresets, loadPreset } from './preset-file.ts';

export function presetsCommand(): Command {
  return new Command('presets')
    .summary('list the machines that can be simulated')
    .description(
      'Lists the machines that can be simulated, with the key of their source in fixtures/bibliography.yaml.',
    )
    .option('--json', 'print JSON for machines', false)
    .action(({ json }: { json: boolean }) => {
      const presets = listPresets().map((key) => {
        const { title, source, claim } = loadPreset(key, new Map());
        return { name: key, title, source, claim };
      });
      const text = json
        ? JSON.stringify({ presets }, null, 2)
        : presets.map((p) => `${p.name}\n  ${p.title}\n  ${p.claim}\n  source: ${p.source}`).join('\n');
      process.stdout.write(`${text}\n`);
    });
}

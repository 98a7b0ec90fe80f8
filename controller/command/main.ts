/** The `elastocool` program: one thin entry; every subcommand lives beside what it commands and is loaded when asked for. */
import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';

interface Entry {
  readonly name: string;
  readonly summary: string;
  readonly load: () => Promise<Command>;
}

const ENTRIES: readonly Entry[] = [
  {
    name: 'start',
    summary: 'run the virtual rig, the controller and the page: what `npm start` does',
    load: async () => (await import('./start.ts')).startCommand(),
  },
  {
    name: 'serve',
    summary: 'drive a real machine on a serial line, with the same controller and page',
    load: async () => (await import('./serve.ts')).serveCommand(),
  },
  {
    name: 'runs',
    summary: 'list the runs that were recorded, show one, add a note',
    load: async () => (await import('./runs.ts')).runsCommand(),
  },
  {
    name: 'export',
    summary: 'write a recorded run as CSV, Parquet or HDF5',
    load: async () => (await import('./export.ts')).exportCommand(),
  },
  {
    name: 'replay',
    summary: 'play a recorded run on the page, or decide it again',
    load: async () => (await import('./replay.ts')).replayCommand(),
  },
  {
    name: 'virtual-rig',
    summary: 'run the virtual rig alone, for any Modbus master to talk to',
    load: async () => (await import('./virtual-rig.ts')).virtualRigCommand(),
  },
  {
    name: 'interlocks',
    summary: 'print the interlock table of a machine, the rows of its rig file included',
    load: async () => (await import('./interlocks.ts')).interlocksCommand(),
  },
  {
    name: 'proof-test',
    summary: 'walk an engineer through the proof tests of a machine and store them',
    load: async () => (await import('./proof-test.ts')).proofTestCommand(),
  },
  {
    name: 'faults',
    summary: 'break the virtual rig in every way of the list and judge the answer',
    load: async () => (await import('./faults.ts')).faultsCommand(),
  },
  {
    name: 'rig',
    summary: 'find the devices of a rig, check its file, read every point',
    load: async () => (await import('./rig.ts')).rigCommand(),
  },
  {
    name: 'simulate',
    summary: 'run a device to cyclic steady state and print what it does',
    load: async () => (await import('../../sim/command/simulate.ts')).simulateCommand(),
  },
  {
    name: 'presets',
    summary: 'list the machines that can be simulated',
    load: async () => (await import('../../sim/command/presets.ts')).presetsCommand(),
  },
  {
    name: 'sweep',
    summary: 'compute a machine over a grid or samples of its parameters, from a study file',
    load: async () => (await import('../../sim/command/sweep.ts')).sweepCommand(),
  },
  {
    name: 'sensitivity',
    summary: 'say which parameters a result depends on: Sobol indices with intervals',
    load: async () => (await import('../../sim/command/sensitivity.ts')).sensitivityCommand(),
  },
  {
    name: 'optimize',
    summary: 'find the best designs of a study file: a Pareto front, robust where parameters are uncertain',
    load: async () => (await import('../../sim/command/optimize.ts')).optimizeCommand(),
  },
  {
    name: 'verify',
    summary: 'check the physics against closed forms and conservation laws',
    load: async () => (await import('../../sim/command/verify.ts')).verifyCommand(),
  },
  {
    name: 'regenerator',
    summary: 'solve a balanced passive regenerator, to check the kernels against tables',
    load: async () => (await import('../../sim/command/regenerator.ts')).regeneratorCommand(),
  },
  {
    name: 'plate-test',
    summary: 'pull a NiTi plate at many strain rates, to hold the laws against a published test',
    load: async () => (await import('../../sim/command/plate-test.ts')).plateTestCommand(),
  },
  {
    name: 'validate',
    summary: 'hold every published figure against the model, with its uncertainty',
    load: async () => (await import('../../sim/command/validate.ts')).validateCommand(),
  },
  {
    name: 'room',
    summary: 'run the device on its model house and print the cool-down',
    load: async () => (await import('../../sim/command/room.ts')).roomCommand(),
  },
  {
    name: 'autotune',
    summary: 'tune the regulator of a rig file on the model house, with the margins of the loop',
    load: async () => (await import('./autotune.ts')).autotuneCommand(),
  },
  {
    name: 'calibrate',
    summary: 'fit parameters of a machine to your own measurements',
    load: async () => (await import('../../sim/command/calibrate.ts')).calibrateCommand(),
  },
];

const EXAMPLES = `
Examples:
  npx elastocool start
  npx elastocool simulate hkust-kilowatt-2025 --set frequency="3.5 Hz" --set lift="5 K"
  npx elastocool room hkust-kilowatt-2025 --json
  npx elastocool calibrate ljubljana-2022 --data run.csv --fit outer_gap
  npx elastocool sweep plan fixtures/studies/kilowatt-map.yaml
  npx elastocool verify
  npx elastocool virtual-rig
  npx elastocool serve --serial /dev/ttyUSB0
  npx elastocool rig check my-rig.yaml
  npx elastocool simulate --help`;

/** Misuse is exit status 2, where commander itself would say 1; what a command says by `error` stays as it is. */
function exitStatus({ code, exitCode }: CommanderError): number {
  return exitCode === 1 && code !== 'commander.error' ? 2 : exitCode;
}

async function buildProgram(asked: string | undefined): Promise<Command> {
  const { version, description } = JSON.parse(
    readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
  ) as { version: string; description: string };
  const program = new Command('elastocool')
    .description(description)
    .version(version)
    .helpCommand(false)
    .addHelpText('after', EXAMPLES)
    .exitOverride();
  for (const { name, summary, load } of ENTRIES) {
    const command = name === asked ? await load() : new Command(name);
    program.addCommand(command.summary(summary).copyInheritedSettings(program));
    for (const part of command.commands) part.copyInheritedSettings(program);
  }
  return program;
}

async function main(args: readonly string[]): Promise<void> {
  const program = await buildProgram(args[0]);
  if (args.length === 0) program.outputHelp();
  else await program.parseAsync(args, { from: 'user' });
}

// `elastocool ... | head`: nobody reads any more, so there is nothing left to say.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

try {
  await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = exitStatus(error);
}

/** `elastocool rig identify`: asks the devices of a rig file, or one device on one port, who they are. */
import { Command } from 'commander';
import { loadProfile } from '../device/profile-files.ts';
import {
  planRig,
  protocolsOf,
  type RigDevices,
  RigDevicesSchema,
  type RigPlan,
} from '../device/rig-devices.ts';
import { choosePort, openLine, planWithPorts, refuse } from './rig-ports.ts';

interface Options {
  /** PATH without a file, BUS=PATH with one. */
  readonly port?: readonly string[];
  readonly profile?: string;
  readonly address?: string;
  readonly json?: true;
}

interface Answer {
  readonly device: string;
  readonly bus: string;
  readonly identity: string | null;
  readonly problem: string | null;
}

export function identifyCommand(): Command {
  return new Command('identify')
    .summary('ask devices who they are')
    .description('Asks the devices of a rig file, or one device on one port, who they are. Only reads.')
    .argument('[file]', 'rig file with buses and devices')
    .option(
      '--port <path>',
      'the port, where no file is given; with a file BUS=PATH, may be given several times',
      (text, all?: string[]) => [...(all ?? []), text],
    )
    .option('--profile <name>', 'without a file: what is expected there')
    .option('--address <address>', 'without a file: number, or letter')
    .option('--json', 'for machines')
    .action(identify);
}

async function identify(file: string | undefined, options: Options): Promise<void> {
  const plan = file === undefined ? planOfOne(options) : planOfFile(file, options.port ?? []);
  if (typeof plan === 'string') return refuse(plan);
  const answers: Answer[] = [];
  for (const bus of plan.buses) {
    const line = await openLine(bus);
    const at = (device: string, identity: string | null, problem: string | null): Answer => ({
      device,
      bus: bus.name,
      identity,
      problem,
    });
    if (typeof line === 'string') answers.push(...bus.devices.map(({ name }) => at(name, null, line)));
    else {
      for (const device of line.devices) {
        const told = await device.identify();
        answers.push(told.ok ? at(device.name, told.value, null) : at(device.name, null, told.sentence));
      }
      line.close();
    }
  }
  process.stdout.write(
    options.json ? `${JSON.stringify({ answers }, null, 2)}\n` : answers.map(answerText).join(''),
  );
  if (answers.some(({ problem }) => problem !== null)) process.exitCode = 1;
}

const answerText = ({ device, bus, identity, problem }: Answer): string =>
  `${device} on ${bus}: ${identity ?? `not recognised. ${problem ?? ''}`}\n`;

function planOfFile(file: string, ports: readonly string[]): RigPlan | string {
  try {
    return planWithPorts(
      file,
      ports.reduce((all, text) => choosePort(text, all), {}),
    );
  } catch {
    return `--port ${ports.join(' ')}: with a file it is written BUS=PATH, press_bus=/dev/ttyUSB0 for example.`;
  }
}

function planOfOne({ port = [], profile: name, address }: Options): RigPlan | string {
  const [path, ...more] = port;
  if (path === undefined || more.length > 0 || name === undefined)
    return 'Give a rig file, or one --port with --profile NAME and, where the device has one, --address.';
  const profile = loadProfile(name);
  if (typeof profile === 'string') return profile;
  const at = address === undefined ? undefined : /^\d+$/.test(address) ? Number(address) : address;
  const rig = {
    buses: { line: { port: path, protocol: protocolsOf(profile)[0] } },
    devices: { device: { bus: 'line', profile: name, address: at } },
  };
  const parsed = RigDevicesSchema.safeParse(rig);
  if (!parsed.success) return `--address ${address}: a number from 0 to 255 or one letter is allowed.`;
  const plan = planRig(parsed.data satisfies RigDevices, new Map([[name, profile]]));
  return 'says' in plan ? `--${plan.path.at(-1)}: ${plan.says}.` : plan;
}

/** `elastocool rig scan`: lists ports; opens only those named, says what it will send, asks, and then only reads. */
import { createInterface } from 'node:readline/promises';
import { Presets, SingleBar } from 'cli-progress';
import { Command, InvalidArgumentError } from 'commander';
import { openBus } from '../device/open-devices.ts';
import { loadProfile, shippedProfiles } from '../device/profile-files.ts';
import type { DeviceProfile } from '../device/profile.ts';
import {
  isCertain,
  planScan,
  type ScanGroup,
  type ScanPlan,
  settingsText,
  wayOf,
} from '../device/scan-plan.ts';
import type { Device } from '../device/device.ts';
import { openPort } from '../port/open-port.ts';
import { systemClock } from '../port/system-clock.ts';
import type { BytePort } from '../protocol/byte-port.ts';
import type { Result } from '../protocol/transaction.ts';
import { lendPort } from './lent-port.ts';
import { refuse } from './rig-ports.ts';
import { knownPortsText } from './known-ports.ts';

interface Options {
  readonly port?: string;
  readonly profile?: readonly string[];
  readonly addresses: readonly number[];
  readonly baudRate?: number;
  readonly yes?: true;
  readonly json?: true;
}

interface Found {
  readonly profile: string;
  readonly address: number | string | null;
  readonly baudRate: number;
  /** certain: it reads what only this product reads. likely: it has the registers. unknown: somebody answers. */
  readonly match: 'certain' | 'likely' | 'unknown';
  readonly says: string;
}

export function scanCommand(): Command {
  return new Command('scan')
    .summary('list serial ports; with --port, find the devices on one')
    .description(
      'Lists the serial ports of this computer. With --port it opens that one and asks for the products of the shipped ' +
        'profiles, by reads alone and never by a broadcast; it says beforehand what it will send, and asks.',
    )
    .option('--port <path>', 'the port to open')
    .option(
      '--profile <name>',
      'look only for this profile; may be given several times',
      (text, all?: string[]) => [...(all ?? []), text],
    )
    .option('--addresses <range>', 'which, "1-8" or "1,4,9"', addressRange, [1, 2, 3, 4, 5, 6, 7, 8])
    .option(
      '--baud-rate <number>',
      'at this speed instead of the one each product is shipped with',
      wholeNumber,
    )
    .option('--yes', 'send without asking')
    .option('--json', 'for machines')
    .action(scan);
}

async function scan(options: Options): Promise<void> {
  const { port, json, yes } = options;
  if (port === undefined) return void process.stdout.write(await knownPortsText(json === true));
  const profiles = profilesOf(options.profile ?? shippedProfiles());
  if (typeof profiles === 'string') return refuse(profiles);
  const plan = planScan(profiles, { port, addresses: options.addresses, baudRate: options.baudRate ?? null });
  if (!json) process.stdout.write(planText(port, plan));
  const agreed = yes === true ? true : await agreement();
  if (agreed === null)
    return refuse('Nobody is there to be asked: give --yes to send this without a question.');
  if (!agreed) return void process.stdout.write('Nothing was sent.\n');
  const bar = progress(plan.groups.reduce((sum, { bus }) => sum + bus.devices.length, 0));
  const found = await look(plan.groups, (what) => bar.tell(what));
  bar.end();
  if (typeof found === 'string') return refuse(found);
  process.stdout.write(json ? `${JSON.stringify({ port, found }, null, 2)}\n` : foundText(port, found));
  if (found.length === 0) process.exitCode = 1;
}

function profilesOf(names: readonly string[]): DeviceProfile[] | string {
  const profiles: DeviceProfile[] = [];
  for (const name of names) {
    const profile = loadProfile(name);
    if (typeof profile === 'string') return profile;
    profiles.push(profile);
  }
  return profiles;
}

/** null where there is no person at the terminal. */
async function agreement(): Promise<boolean | null> {
  if (!process.stdin.isTTY) return null;
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question('Send this? [y/N] ');
  terminal.close();
  return /^y(es)?$/i.test(answer.trim());
}

/** One opening of the port for each way of opening it; addresses one after the other. */
async function look(groups: readonly ScanGroup[], tell: (what: string) => void): Promise<Found[] | string> {
  const found: Found[] = [];
  for (const way of new Set(groups.map(({ bus }) => wayOf(bus)))) {
    const alike = groups.filter(({ bus }) => wayOf(bus) === way);
    const port = await openPort(alike[0].bus.port, alike[0].bus.serial);
    if (typeof port === 'string') return port;
    for (const group of alike)
      found.push(...(await lookFor(group, port, () => tell(`${group.profile.profile} ${way}`))));
    port.close();
    await closed();
  }
  return found;
}

async function lookFor({ bus, profile }: ScanGroup, port: BytePort, tell: () => void): Promise<Found[]> {
  const lent = lendPort(port);
  const devices = openBus(bus, lent, systemClock);
  if (typeof devices === 'string') return [];
  const found: Found[] = [];
  for (const [i, device] of devices.entries()) {
    tell();
    const answer = await ask(device);
    const at = {
      profile: profile.profile,
      address: bus.devices[i].address ?? null,
      baudRate: bus.serial.baudRate,
    };
    if (answer.ok)
      found.push({ ...at, match: isCertain(profile) ? 'certain' : 'likely', says: answer.value });
    else if (['exception', 'refused', 'crc'].includes(answer.kind))
      found.push({ ...at, match: 'unknown', says: answer.sentence });
  }
  lent.close();
  return found;
}

/** What was sent for another product may stand before the first line that a device takes for a whole one: twice then. */
async function ask(device: Device): Promise<Result<string>> {
  const first = await device.identify();
  return first.ok || device.profile.family !== 'line' ? first : device.identify();
}

/** A bar where somebody watches. */
function progress(total: number): { tell(what: string): void; end(): void } {
  if (!process.stderr.isTTY) return { tell: () => {}, end: () => {} };
  const bar = new SingleBar(
    { stream: process.stderr, format: '{bar} {value}/{total} {what}' },
    Presets.shades_classic,
  );
  bar.start(total, 0, { what: '' });
  return { tell: (what) => bar.increment({ what }), end: () => bar.stop() };
}

/** The system lets a serial device be opened again a moment after it was closed. */
const closed = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 50));

function planText(port: string, { groups, leftOut }: ScanPlan): string {
  const rows = groups.map(
    ({ bus, profile, asks }) =>
      `  ${bus.protocol.padEnd(13)}${settingsText(bus.serial).padEnd(15)} ${profile.profile}: ${asks}`,
  );
  // two unanswered probes and two guards an address, as the bus does it; lines are asked twice
  const worstMs = groups.reduce(
    (sum, { bus, profile }) =>
      sum +
      bus.devices.length *
        (profile.family === 'line' ? 4 : 2) *
        (profile.timing.timeoutMs + profile.timing.lateReplyGuardMs),
    0,
  );
  return [
    `${port} will be opened and asked, by reads alone, nothing to all at once:`,
    ...rows,
    ...leftOut.map((one) => `  left out: ${one}`),
    `This takes up to ${Math.ceil(worstMs / 1000)} s. Do not scan a line on which a machine is running.`,
    '',
  ].join('\n');
}

function foundText(port: string, found: readonly Found[]): string {
  if (found.length === 0)
    return `${port}: nobody answers. Check power, A and B of the cable, address and baud rate.\n`;
  const certain = new Set(found.filter(({ match }) => match === 'certain').map(({ address }) => address));
  const known = found.filter(
    ({ match, address }) => match === 'certain' || (match === 'likely' && !certain.has(address)),
  );
  const strangers = found.filter(
    ({ match, address }) => match === 'unknown' && known.every((one) => one.address !== address),
  );
  const rows = known.map(
    ({ profile, address, baudRate, match, says }) =>
      `  ${address ?? '-'}  ${profile}  ${baudRate} Bd  ${match}: ${says}`,
  );
  const more = strangers.map(
    ({ address, says }) => `  ${address ?? '-'}  somebody answers, unlike any profile: ${says}`,
  );
  return [`${port}: address, profile, speed, match`, ...rows, ...new Set(more), ''].join('\n');
}

function addressRange(text: string): number[] {
  const numbers = text.split(',').flatMap((part) => {
    const [, low, high = low] = /^(\d{1,3})(?:-(\d{1,3}))?$/.exec(part.trim()) ?? [];
    return low === undefined
      ? [Number.NaN]
      : Array.from({ length: Math.max(0, Number(high) - Number(low) + 1) }, (_, i) => Number(low) + i);
  });
  if (numbers.length > 0 && numbers.every((one) => one >= 1 && one <= 247)) return numbers;
  throw new InvalidArgumentError(
    'Addresses are numbers from 1 to 247, written 1-8 or 1,4,9; 0 would be a broadcast.',
  );
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= 300 && value <= 4_000_000) return value;
  throw new InvalidArgumentError('A whole number from 300 to 4000000 is allowed.');
}

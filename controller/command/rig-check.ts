/** `elastocool rig check FILE`: schema, units, time budget, then a read of every point of every device. */
import { existsSync, readFileSync } from 'node:fs';
import { Command } from 'commander';
import { openElectronics } from '../control/electronics/open-electronics.ts';
import { placeOf } from '../control/electronics/place.ts';
import type { FramedBoard, ModbusBoard } from '../control/electronics/settings.ts';
import { type RigFile, parseRigFile } from '../control/rig-file.ts';
import type { Device } from '../device/device.ts';
import { isReadable } from '../device/profile-points.ts';
import type { BusPlan, DevicePlan, RigPlan } from '../device/rig-devices.ts';
import { type BusBudget, timeBudget } from '../device/time-budget.ts';
import { adviceFor } from '../port/list-ports.ts';
import { systemClock } from '../port/system-clock.ts';
import { choosePort, openLine, planWithPorts, type PortChoice, refuse } from './rig-ports.ts';

interface Options {
  readonly offline?: true;
  readonly port?: PortChoice;
  readonly json?: true;
}

interface PointReport {
  readonly point: string;
  /** Null where the quality says that nothing was measured. */
  readonly value: number | null;
  readonly unit: string | null;
  readonly age_ms: number;
  readonly quality: string;
}

interface DeviceReport {
  readonly device: string;
  readonly profile: string;
  readonly identity: string | null;
  /** "1000 to 20000 ms", or null: the device has none. */
  readonly watchdog: string | null;
  /** It drives something, and nothing stops it when this program dies. */
  readonly isUnprotected: boolean;
  readonly points: readonly PointReport[];
  readonly faults: readonly string[];
  /** What went wrong, a sentence each. */
  readonly problems: readonly string[];
}

export function checkCommand(): Command {
  return new Command('check')
    .summary('check a rig file and read every point of every device')
    .description(
      'Checks a rig file: keys, units, time budget of every line; then reads every point. Only reads.',
    )
    .argument('<file>', 'rig file with buses and devices')
    .option('--offline', 'without hardware: open no port')
    .option('--port <bus=path>', 'another port for a bus; may be given several times', choosePort)
    .option('--json', 'for machines')
    .action(check);
}

async function check(file: string, { offline, port = {}, json }: Options): Promise<void> {
  const rig = wholeRig(file);
  if (typeof rig === 'string') return refuse(rig);
  if (rig !== null && rig.electronics.kind !== 'assembly') {
    process.stdout.write(boardText(file, rig.electronics, json === true));
    return;
  }
  const plan = planWithPorts(file, port);
  if (typeof plan === 'string') return refuse(plan);
  const budgets = timeBudget(plan);
  const advice = await adviceFor(plan.buses.map((bus) => bus.port));
  if (!json) process.stdout.write(headText(file, plan, budgets) + advice.map((one) => `${one}\n`).join(''));
  const devices: DeviceReport[] = [];
  for (const bus of offline ? [] : plan.buses) {
    const reports = await checkBus(bus);
    devices.push(...reports);
    if (!json) process.stdout.write(reports.map(deviceText).join(''));
  }
  const ok = budgets.every(({ fits }) => fits) && devices.every(({ problems }) => problems.length === 0);
  if (json) process.stdout.write(`${JSON.stringify({ ok, buses: budgets, advice, devices }, null, 2)}\n`);
  else process.stdout.write(endText(budgets, devices, offline === true));
  if (!ok) process.exitCode = 1;
}

/** The rig file of a whole machine, checked; null for a file of devices alone, or for none; a sentence where it is wrong. */
function wholeRig(file: string): RigFile | string | null {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  if (!/^electronics:/m.test(text)) return null;
  const rig = parseRigFile(text);
  if (typeof rig === 'string') return `${file}: ${rig}`;
  const electronics = openElectronics(rig, placeOf(file), systemClock);
  return typeof electronics === 'string' ? `${file}: ${electronics}` : rig;
}

function boardText(file: string, { kind, baudRate }: ModbusBoard | FramedBoard, json: boolean): string {
  if (json) return `${JSON.stringify({ ok: true, buses: [], advice: [], devices: [] }, null, 2)}\n`;
  return `${file}: keys and units are right. Its machine is one board (${kind}, ${baudRate} Bd), which holds every point itself; \`npx elastocool serve --rig ${file} --serial LINE --shadow\` reads it and writes nothing.\n`;
}

async function checkBus(bus: BusPlan): Promise<DeviceReport[]> {
  const line = await openLine(bus);
  if (typeof line === 'string')
    return bus.devices.map((device) => emptyReport(device, `buses.${bus.name}: ${line}`));
  const reports: DeviceReport[] = [];
  for (const [i, device] of line.devices.entries()) reports.push(await checkDevice(device, bus.devices[i]));
  line.close();
  return reports;
}

const emptyReport = ({ name, profile }: DevicePlan, problem: string): DeviceReport => ({
  device: name,
  profile: profile.profile,
  identity: null,
  watchdog: null,
  isUnprotected: false,
  points: [],
  faults: [],
  problems: [problem],
});

async function checkDevice(device: Device, plan: DevicePlan): Promise<DeviceReport> {
  const identity = await device.identify();
  if (!identity.ok) return emptyReport(plan, identity.sentence);
  const points = Object.keys(plan.points).filter((name) => isReadable(plan.points[name]));
  const read = await device.read(points);
  const watchdog = device.watchdog === null ? null : `${device.watchdog.range_ms.join(' to ')} ms`;
  const isUnprotected = watchdog === null && device.profile.onSafe.length > 0;
  const base = { ...emptyReport(plan, ''), identity: identity.value, watchdog, isUnprotected, problems: [] };
  if (!read.ok) return { ...base, problems: [read.sentence] };
  const nowMs = systemClock.nowMs();
  const reports = points.map((point): PointReport => {
    const { value, atMs, quality } = read.value[point];
    const shown = Number.isNaN(value) ? null : Number(value.toPrecision(9));
    return {
      point,
      value: shown,
      unit: plan.points[point].unit ?? null,
      age_ms: Math.round(nowMs - atMs),
      quality,
    };
  });
  return { ...base, points: reports, faults: device.faults(read.value) };
}

function headText(file: string, plan: RigPlan, budgets: readonly BusBudget[]): string {
  const count = plan.buses.reduce((sum, { devices }) => sum + devices.length, 0);
  const lines = budgets.map(
    ({ sentence, longestRequestMs }) =>
      `  ${sentence}${longestRequestMs > 0 ? ` A STOP waits at most ${longestRequestMs.toFixed(1)} ms for what is under way.` : ''}`,
  );
  return [
    `${file}: ${plan.buses.length} buses, ${count} devices; keys and units are right.`,
    'Time budget',
    ...lines,
    '',
  ].join('\n');
}

function deviceText(report: DeviceReport): string {
  const { device, profile, identity, watchdog, isUnprotected, points, faults, problems } = report;
  const title = `${device}: ${identity ?? `${profile}, not recognised`}`;
  const guard = isUnprotected
    ? ['  watchdog: none, UNPROTECTED: it goes on with its last orders when this program dies']
    : watchdog === null
      ? []
      : [`  watchdog: ${watchdog}`];
  const width = Math.max(0, ...points.map(({ point }) => point.length));
  const rows = points.map(({ point, value, unit, age_ms, quality }) => {
    const shown = `${value ?? '-'}${unit === null ? '' : ` ${unit}`}`;
    return `  ${point.padEnd(width)}  ${shown.padStart(14)}  ${quality.padEnd(11)} ${age_ms} ms ago`;
  });
  return [
    title,
    ...guard,
    ...rows,
    ...faults.map((one) => `  FAULT: ${one}`),
    ...problems.map((one) => `  PROBLEM: ${one}`),
    '',
  ].join('\n');
}

function endText(budgets: readonly BusBudget[], devices: readonly DeviceReport[], offline: boolean): string {
  const tight = budgets.filter(({ fits }) => !fits).length;
  const bad = devices.filter(({ problems }) => problems.length > 0).length;
  const points = devices.reduce((sum, one) => sum + one.points.length, 0);
  const read = offline
    ? 'No port was opened.'
    : `${points} points of ${devices.length - bad} devices read, ${bad} devices with a problem.`;
  return `${tight === 0 ? 'Every line has time for what is asked of it.' : `${tight} lines have too little time.`} ${read}\n`;
}

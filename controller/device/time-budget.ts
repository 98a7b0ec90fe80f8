/**
 * How long the polling of a rig keeps each line busy in one control period: characters at the line's speed, the
 * silence that devices want, and the time they and the adapter think.
 */
import { planExchanges, pattern } from './line-family.ts';
import { planReads } from './modbus-plan.ts';
import type { DeviceProfile, ProfileOf } from './profile.ts';
import type { BusPlan, DevicePlan, LineSettings, Poll, RigPlan } from './rig-devices.ts';

/** Time of one character, start, parity and stop bits included, ms. */
export const byteMs = ({ baudRate, dataBits, parity, stopBits }: LineSettings): number =>
  ((1 + dataBits + (parity === 'none' ? 0 : 1) + stopBits) * 1000) / baudRate;

export interface Share {
  readonly device: string;
  /** Every how many periods. */
  readonly every: number;
  readonly requests: number;
  /** Words of registers, or characters of lines, that are asked for. */
  readonly amount: string;
  readonly ms: number;
}

export interface BusBudget {
  readonly bus: string;
  readonly baudRate: number;
  readonly shares: readonly Share[];
  /** Where everything falls into one period. */
  readonly fullestMs: number;
  /** On average over many periods. */
  readonly meanMs: number;
  /** Longest that a STOP waits for what is under way. */
  readonly longestRequestMs: number;
  readonly fits: boolean;
  readonly sentence: string;
}

export const timeBudget = (plan: RigPlan): BusBudget[] => plan.buses.map((bus) => budgetOf(bus, plan));

function budgetOf(bus: BusPlan, plan: RigPlan): BusBudget {
  const { shares, longestRequestMs } = sharesOf(bus, plan, bus.serial);
  const fullestMs = sum(shares.map(({ ms }) => ms));
  const meanMs = sum(shares.map(({ ms, every }) => ms / every));
  const fits = fitsIn(shares, plan.periodMs);
  const numbers = {
    bus: bus.name,
    baudRate: bus.serial.baudRate,
    shares,
    fullestMs,
    meanMs,
    longestRequestMs,
    fits,
  };
  return { ...numbers, sentence: sentenceOf(bus, plan, numbers) };
}

/** What is read every period fits into it, and the rest into what it leaves over, on average. */
const fitsIn = (shares: readonly Share[], periodMs: number): boolean =>
  sum(shares.map(({ ms, every }) => ms / every)) <= periodMs;

function sharesOf(
  bus: BusPlan,
  plan: RigPlan,
  serial: LineSettings,
): { shares: Share[]; longestRequestMs: number } {
  let longestRequestMs = 0;
  const shares = bus.devices.flatMap((device) =>
    [...byRate(device, plan.slowEvery)].map(([every, names]) => {
      const requests = requestsOf(device.profile, bus, names);
      const times = requests.map((one) => requestMs(one, device, bus, serial));
      longestRequestMs = Math.max(longestRequestMs, ...times);
      return {
        device: device.name,
        every,
        requests: requests.length,
        amount: amountOf(device, requests),
        ms: sum(times),
      };
    }),
  );
  return { shares, longestRequestMs };
}

/** Points by how often they are read; what is only read when asked for is no share. */
function byRate({ poll, points }: DevicePlan, slowEvery: number): Map<number, string[]> {
  const rates = new Map<number, string[]>();
  for (const [name, how] of Object.entries(poll)) {
    const every = everyOf(how, slowEvery);
    if (every !== null) rates.set(every, [...(rates.get(every) ?? []), points[name].from]);
  }
  return rates;
}

export const everyOf = (poll: Poll, slowEvery: number): number | null =>
  poll === 'tick' ? 1 : poll === 'slow' ? slowEvery : poll === 'bulk' ? null : poll;

interface Sizes {
  readonly out: number;
  readonly in: number;
  readonly items: number;
}

function requestsOf(profile: DeviceProfile, bus: BusPlan, names: readonly string[]): Sizes[] {
  if (profile.family === 'modbus') return modbusSizes(profile, bus, names);
  return profile.family === 'line' ? lineSizes(profile, names) : framedSizes(profile, names);
}

/** The status comes whole with the reply to a heartbeat, whichever of its channels are wanted; parameters likewise. */
function framedSizes({ points }: ProfileOf<'framed'>, names: readonly string[]): Sizes[] {
  const sizes = (key: 'channel' | 'parameter'): Sizes[] => {
    const items = Object.values(points).filter((point) => point[key] !== undefined).length;
    const asked = names.some((name) => points[name][key] !== undefined);
    return asked ? [{ out: FRAMED_BYTES, in: FRAMED_BYTES + 4 * items, items }] : [];
  };
  return [...sizes('channel'), ...sizes('parameter')];
}

/** Header, checksum, stuffing and the head of a status: controller/firmware/PROTOCOL.md. */
const FRAMED_BYTES = 32;

/** Address, function and CRC are 4 characters, a read asks with 4 more and is answered with a count and the data. */
function modbusSizes(profile: ProfileOf<'modbus'>, bus: BusPlan, names: readonly string[]): Sizes[] {
  return planReads(profile, names).map(({ request: { fc, count } }) => {
    const data = fc <= 2 ? Math.ceil(count / 8) : 2 * count;
    const wire = (rtu: number): number => (bus.protocol === 'modbus-ascii' ? 2 * (rtu - 1) + 3 : rtu);
    return { out: wire(8), in: wire(5 + data), items: count };
  });
}

/** A field without width is taken for this many characters. */
const FIELD = 9;

function lineSizes({ line }: ProfileOf<'line'>, names: readonly string[]): Sizes[] {
  const ready = line.exchanges.map((one) => ({
    out: one.out === undefined ? null : pattern(one.out),
    in: one.in === undefined ? null : pattern(one.in),
  }));
  const more = (line.checksum === 'sum2' ? 2 : 0) + 1;
  return planExchanges(ready, names).map(({ out, in: reply }) => ({
    out: (out?.write('00', new Map()).length ?? -more) + more,
    in: sum((reply?.fields ?? []).map(({ format }) => (format.width ?? FIELD) + 1)) + more,
    items: sum((reply?.fields ?? []).map(({ format }) => (format.width ?? FIELD) + 1)),
  }));
}

function requestMs(
  { out, in: reply }: Sizes,
  { profile }: DevicePlan,
  bus: BusPlan,
  serial: LineSettings,
): number {
  const { interFrameMs, turnaroundMs, replyMs } = profile.timing;
  const wireMs = bus.protocol === 'modbus-tcp' ? 0 : (out + reply) * byteMs(serial);
  return wireMs + replyMs + Math.max(interFrameMs, turnaroundMs) + bus.adapterLatencyMs;
}

function amountOf({ profile }: DevicePlan, requests: readonly Sizes[]): string {
  const items = sum(requests.map((one) => one.items));
  const what = profile.family === 'line' ? 'characters' : items === 1 ? 'item' : 'items';
  return `${items} ${what}, ${requests.length} ${requests.length === 1 ? 'request' : 'requests'}`;
}

function sentenceOf(bus: BusPlan, plan: RigPlan, budget: Omit<BusBudget, 'sentence'>): string {
  const { shares, meanMs, fits } = budget;
  if (shares.length === 0) return `bus ${bus.name}: nothing is polled.`;
  const parts = shares
    .toSorted((a, b) => b.ms / b.every - a.ms / a.every)
    .map(
      ({ device, every, amount, ms }) =>
        `${device} ${ms.toFixed(1)} ms${every === 1 ? '' : ` every ${every} periods`} (${amount})`,
    );
  const head = `bus ${bus.name}: this profile needs ${meanMs.toFixed(1)} ms of the ${plan.periodMs} ms period: ${parts.join(', ')}`;
  return fits ? `${head}.` : `${head}; ${advice(bus, plan, shares)}.`;
}

const USUAL_RATES = [9600, 19_200, 38_400, 57_600, 115_200, 230_400, 460_800, 921_600];

/** The slowest rate that would do and that all devices have, or the device that costs most read less often. */
function advice(bus: BusPlan, plan: RigPlan, shares: readonly Share[]): string {
  const rates = USUAL_RATES.filter(
    (rate) =>
      rate > bus.serial.baudRate &&
      bus.devices.every(({ profile }) => profile.serial?.baudRates.includes(rate) !== false),
  );
  const enough = rates.find((baudRate) =>
    fitsIn(sharesOf(bus, plan, { ...bus.serial, baudRate }).shares, plan.periodMs),
  );
  const most = shares.toSorted((a, b) => b.ms / b.every - a.ms / a.every)[0];
  const over = sum(shares.map(({ ms, every }) => ms / every)) - plan.periodMs;
  const left = most.ms / most.every - over;
  const seldom = left > 0 ? Math.ceil(most.ms / left) : null;
  const ways = [
    ...(enough === undefined ? [] : [`raise baudRate to ${enough}`]),
    ...(seldom === null ? [] : [`read ${most.device} every ${seldom} periods`]),
  ];
  return ways.length > 0
    ? ways.join(' or ')
    : `put ${most.device} on a line of its own or lengthen the period`;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

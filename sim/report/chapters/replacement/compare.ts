/** Runs the machines through the day, each with the recipe of its preset and with the thriftiest one, and the split unit. */
import type { ReplacementOptions } from '../../../config/replacement-options.ts';
import {
  type HouseDay,
  type HousePulldown,
  houseDay,
  housePulldown,
} from '../../../study/model-house/house-run.ts';
import { type Account, seasonAccount } from '../../../study/replacement/account.ts';
import {
  CANDIDATES,
  type Candidate,
  recipes,
  systemCop,
  thriftiest,
  usefulCooling,
} from '../../../study/replacement/machines.ts';
import {
  type HourlyLoad,
  type SplitUnit,
  labelledSplitUnit,
  splitUnitElectricity,
} from '../../../study/replacement/split-unit.ts';
import { thinned } from '../../../study/sampling/weighted.ts';
import type { MachineRef, Member } from '../../../study/study.ts';
import type { ChapterContext } from '../../chapter.ts';
import { KILOWATT, intervalOf, machineInPresetHouse } from '../model-house/members.ts';
import type { Interval } from '../band.ts';

/** An elastocaloric machine and its day. */
export interface MachineRow {
  readonly candidate: Candidate;
  readonly label: string;
  /** "1 Hz, 0.054 kg/s". */
  readonly recipe: string;
  readonly day: HouseDay;
  readonly pulldown: HousePulldown | null;
  /** Of the conditioned machines in the same house, where the row is that of the calibrated one; each with its own recipe. */
  readonly spread: Spread | null;
  readonly account: Account;
}

/** What those of the machines drawn do that keep the house cool. */
export interface Spread {
  readonly electric_kWh: Interval;
  readonly cop: Interval;
  readonly cool: number;
  readonly drawn: number;
}

export interface SplitRow {
  readonly label: string;
  readonly electric_kWh: number;
  readonly capacity_W: number;
  readonly account: Account;
}

export interface Comparison {
  /** Of the room in a day, kWh; the split unit delivers exactly this. */
  readonly cooling_kWh: number;
  readonly unit: SplitUnit;
  /** As large as the house needs, and the smallest one on sale. */
  readonly splits: { readonly scaled: SplitRow; readonly smallest: SplitRow };
  readonly machines: readonly MachineRow[];
  /** Machines that cannot keep the house cool with any recipe tried. */
  readonly failing: readonly Candidate[];
}

/** The members are tried with every recipe, which is ten times the work of a band. */
const DRAWN_FROM = 16;

/** Throws RangeError where the calibrated machine itself does not cool the house. */
export async function compare(
  context: ChapterContext,
  options: ReplacementOptions,
  weather: string,
): Promise<Comparison> {
  const run = (machines: readonly MachineRef[]) => runDays(context, machines, weather);
  const calibratedMachine = CANDIDATES[0].machine;
  const { setpoint, thermostat_band } = context.load(calibratedMachine).device.room;
  const warmestC = setpoint - 273.15 + thermostat_band;
  const gentlest = async (machines: readonly MachineRef[]) =>
    thriftiestDays(machines, (machine) => withRecipes(machine, context), run, warmestC);

  const [calibrated] = await run([calibratedMachine]);
  if (calibrated === null) throw new RangeError('the calibrated machine does not run in its house');
  const found = await gentlest(CANDIDATES.map(({ machine }) => machine));
  const best = CANDIDATES.flatMap((candidate, k) => {
    const thrifty = found[k];
    return thrifty === null ? [] : [{ candidate, ...thrifty }];
  });
  const members = thinned(context.members(KILOWATT), DRAWN_FROM);
  const drawn = members.map((member) => machineInPresetHouse(member));
  const asTheyAre = spreadOf(await run(drawn), members, warmestC);
  const atTheirBest = spreadOf(
    (await gentlest(drawn)).map((one) => one && one.day),
    members,
    warmestC,
  );
  const rows = [{ candidate: CANDIDATES[0], machine: calibratedMachine, day: calibrated }, ...best];
  const pulldowns = await context.run(
    housePulldown,
    rows.map(({ machine }) => ({ machine, duration_s: 3600, every_s: 60 })),
  );
  return {
    cooling_kWh: usefulCooling(calibrated),
    ...splitUnits(options, calibrated),
    machines: rows.map(({ candidate, machine, day }, k) => ({
      candidate,
      label:
        candidate === CANDIDATES[0]
          ? `${candidate.label}, ${k === 0 ? 'recipe of its preset' : 'thriftiest recipe'}`
          : candidate.label,
      recipe: recipeWords(machine, context),
      day,
      pulldown: pulldowns[k],
      spread: candidate === CANDIDATES[0] ? (k === 0 ? asTheyAre : atTheirBest) : null,
      account: seasonAccount(options, day.electric_kWh, 0),
    })),
    failing: CANDIDATES.filter((candidate) => best.every((row) => row.candidate !== candidate)),
  };
}

/** On the load of the calibrated machine's day; the scaled unit is as strong as that machine is while it runs. */
function splitUnits(options: ReplacementOptions, day: HouseDay): Pick<Comparison, 'unit' | 'splits'> {
  const unit = labelledSplitUnit(options);
  const load = usefulLoad(day);
  const { split_unit_capacity_kW, refrigerant_charge_kg } = options.options;
  const smallestW = 1000 * split_unit_capacity_kW.value;
  const scaledW = (1000 * usefulCooling(day)) / (24 * day.running_share);
  const row = (label: string, capacity_W: number): SplitRow => {
    const electric_kWh = splitUnitElectricity(unit, load, capacity_W);
    const charge = (refrigerant_charge_kg.value * capacity_W) / smallestW;
    return { label, electric_kWh, capacity_W, account: seasonAccount(options, electric_kWh, charge) };
  };
  return {
    unit,
    splits: {
      scaled: row('R32 split unit, scaled to the house', scaledW),
      smallest: row('R32 split unit, the smallest on sale', smallestW),
    },
  };
}

/** Hour by hour what the room got, the fan heat of the machine deducted: it falls on the hours in which the machine ran. */
function usefulLoad(day: HouseDay): HourlyLoad {
  const running = day.hourly_running_share.reduce((sum, share) => sum + share, 0);
  return {
    coolingW: day.hourly_cooling_W.map(
      (watts, hour) => watts - (1000 * day.room_fan_kWh * day.hourly_running_share[hour]) / running,
    ),
    roomC: day.hourly_room_C,
    outdoorC: day.hourly_outdoor_C,
  };
}

function spreadOf(all: readonly (HouseDay | null)[], members: readonly Member[], warmest: number): Spread {
  const cool = all.map((day) => (day !== null && day.highest_C <= warmest ? day : null));
  return {
    electric_kWh: intervalOf(
      members,
      cool.map((day) => day && day.electric_kWh),
    ),
    cop: intervalOf(
      members,
      cool.map((day) => day && systemCop(day)),
    ),
    cool: cool.filter((day) => day !== null).length,
    drawn: all.length,
  };
}

type RunDays = (machines: readonly MachineRef[]) => Promise<(HouseDay | null)[]>;

const runDays = (context: ChapterContext, machines: readonly MachineRef[], weather: string) =>
  context.run(
    houseDay,
    machines.map((machine) => ({ machine, weather })),
  );

/** Of each machine the variant and the day with the least electricity; null where none keeps the room cool. */
async function thriftiestDays(
  machines: readonly MachineRef[],
  variants: (machine: MachineRef) => MachineRef[],
  run: RunDays,
  warmestC: number,
): Promise<({ machine: MachineRef; day: HouseDay } | null)[]> {
  const tried = machines.map(variants);
  const found = await run(tried.flat());
  return tried.map((refs, k) => {
    const own = found.slice(k * refs.length, (k + 1) * refs.length);
    const at = thriftiest(own, warmestC);
    const day = at === null ? null : own[at];
    return at === null || day === null ? null : { machine: refs[at], day };
  });
}

const withRecipes = (machine: MachineRef, context: ChapterContext): MachineRef[] =>
  recipes(context.load(machine).device.room).map((changes) => ({
    ...machine,
    changes: { ...machine.changes, ...changes },
  }));

/** The flow is that through all cells at once: cells that take turns add up. */
function recipeWords(machine: MachineRef, context: ChapterContext): string {
  const { room, layout } = context.load(machine).device;
  const flow = room.blow_flow * layout.trains.length;
  return `${room.frequency} Hz, ${flow.toFixed(3)} kg/s`;
}

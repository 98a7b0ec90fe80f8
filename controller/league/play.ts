/** One controller through one scenario: the supervisor as it drives a rig, over the bytes of a virtual rig on told time. */
import { modbusBoard } from '../control/electronics/modbus-board.ts';
import type { RigFile } from '../control/rig-file.ts';
import type { FeedForwardTable } from '../control/regulate/feed-forward.ts';
import { Supervisor } from '../control/supervisor.ts';
import type { State } from '../wire/messages.ts';
import type { FatigueLife } from '../../sim/index.ts';
import { type LockstepLine, openLockstep } from './lockstep-line.ts';
import type { Scenario } from './scenario.ts';

export interface Row {
  readonly scenario: string;
  readonly controller: string;
  /** ∫ |house − set-point| dt over the time that counts. */
  readonly iae_K_s: number;
  /** Furthest below the set-point in that time. */
  readonly overshoot_K: number;
  /** Drive, pump and fans, in that time. */
  readonly energy_kWh: number;
  readonly fans_kWh: number;
  readonly cycles: number;
  /** Sum of all changes of the frequency in effect. */
  readonly actuator_travel_Hz: number;
  /** Share of the published life of the alloy; null where nothing is published for a strain that was run. */
  readonly fatigue_spent: number | null;
  /** What is published for the highest strain that was run. */
  readonly fatigue: string;
  readonly starts: number;
  /** Why an interlock ended the run; null where none did. */
  readonly stopped: string | null;
}

export interface League {
  readonly presetFile: string;
  /** Steps of the simulation, by key of the preset. */
  readonly coarse: ReadonlyMap<string, string>;
  readonly seed: number;
  /** What the model beside the rig expects: of the machine as it should be, whatever the scenario does to it. */
  readonly table: FeedForwardTable;
  /** What is published of the alloy at a strain, 1. */
  readonly lifeAt: (strain: number) => FatigueLife;
}

/** The most that a virtual rig may be accelerated. */
const ACCELERATION = 20;
/** The judge looks this often, ms of told time. */
const LOOK_MS = 20;
const COMMAND_MS = 300;
const GOING: readonly State[] = ['EXECUTE', 'SUSPENDING', 'SUSPENDED', 'UNSUSPENDING'];

export async function play(
  league: League,
  scenario: Scenario,
  controller: string,
  rig: RigFile,
): Promise<Row> {
  if (rig.electronics.kind !== 'modbus') throw new RangeError('the league plays over Modbus');
  const line = openLockstep({
    presetFile: league.presetFile,
    changes: new Map([
      ...league.coarse,
      ['initial_temperature', `${scenario.start_C} degC`],
      ...Object.entries(scenario.changes),
    ]),
    seed: league.seed,
    acceleration: ACCELERATION,
    baudRate: rig.electronics.baudRate,
    outdoor_C: scenario.outdoor_C,
    scene: scenario.scene,
    noise_K: scenario.noise_K,
  });
  try {
    return await judge(line, begin(line, rig, league.table), league.lifeAt, scenario, controller);
  } finally {
    await line.close();
  }
}

interface Driven {
  readonly supervisor: Supervisor;
  readonly told: string[];
}

function begin(line: LockstepLine, rig: RigFile, table: FeedForwardTable): Driven {
  const { clock } = line;
  const { electronics } = rig;
  const told: string[] = [];
  const supervisor = new Supervisor({
    rig,
    clock,
    isAttended: () => true,
    isShadow: false,
    proofsOverdue: () => null,
    open: async () =>
      electronics.kind === 'modbus'
        ? modbusBoard(line.open(), clock, electronics)
        : 'the league plays over Modbus.',
    frame: () => {},
    tell: (_severity, sentence) => void told.push(sentence),
    journal: () => {},
    changed: () => {},
  });
  supervisor.start();
  supervisor.expect(table);
  return { supervisor, told };
}

async function judge(
  line: LockstepLine,
  { supervisor, told }: Driven,
  lifeAt: League['lifeAt'],
  scenario: Scenario,
  controller: string,
): Promise<Row> {
  await line.advance(COMMAND_MS);
  for (const command of ['CLEAR', 'RESET', 'START'] as const) {
    const { ok, sentence } = supervisor.command(command);
    if (!ok) throw new Error(`${scenario.name}, ${controller}: ${sentence}`);
    await line.advance(COMMAND_MS);
  }
  await until(line, scenario.before_s, () => {});
  const book = createBook(line, supervisor, lifeAt);
  await until(line, scenario.before_s + scenario.counted_s, () => book.look());
  // The house goes on without the machine, and so does what is counted.
  const isStopped = !GOING.includes(supervisor.state());
  const stopped = isStopped
    ? (supervisor.stateMessage().faults[0]?.sentence ?? told.at(-1) ?? 'unknown')
    : null;
  return { scenario: scenario.name, controller, ...book.sums(), stopped };
}

async function until(line: LockstepLine, time_s: number, look: () => void): Promise<void> {
  while (line.truth().time_s < time_s) {
    await line.advance(LOOK_MS);
    look();
  }
}

function createBook(line: LockstepLine, supervisor: Supervisor, lifeAt: League['lifeAt']) {
  const from = line.truth();
  let last = from;
  let lastState = supervisor.state();
  let frequencyHz = supervisor.stateMessage().recipe.frequencyHz;
  let [iae, overshoot, travel, starts] = [0, 0, 0, 0];
  let spent: number | null = 0;
  let highest = 0;

  return {
    look(): void {
      const now = line.truth();
      const state = supervisor.state();
      const { recipe, setpointC } = supervisor.stateMessage();
      const error = now.room_C - setpointC;
      iae += Math.abs(error) * (now.time_s - last.time_s);
      overshoot = Math.max(overshoot, -error);
      travel += Math.abs(recipe.frequencyHz - frequencyHz);
      frequencyHz = recipe.frequencyHz;
      if (state === 'EXECUTE' && lastState !== 'EXECUTE') starts++;
      highest = Math.max(highest, recipe.strainPercent);
      const cycles = now.cycles - last.cycles;
      if (cycles > 0 && spent !== null) {
        const life = lifeAt(recipe.strainPercent / 100).cycles;
        spent = life === null ? null : spent + cycles / life;
      }
      [last, lastState] = [now, state];
    },
    sums: () => ({
      iae_K_s: iae,
      overshoot_K: overshoot,
      energy_kWh: (last.machine_kJ + last.fans_kJ - from.machine_kJ - from.fans_kJ) / 3600,
      fans_kWh: (last.fans_kJ - from.fans_kJ) / 3600,
      cycles: last.cycles - from.cycles,
      actuator_travel_Hz: travel,
      fatigue_spent: spent,
      fatigue: lifeAt(highest / 100).sentence,
      starts,
    }),
  };
}

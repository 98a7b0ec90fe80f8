/**
 * The drive's firmware: times stroke and valves by itself from the cycle schedule, takes commands, holds its own
 * limits and the watchdog. It advances in simulated time, one step at a call; only the watchdog lives in wall time.
 *
 *   disabled --enable--> enabled --run--> running --stop--> unloading --> enabled      disable: ... --> disabled
 *   abort or a limit, from anywhere: tripped at once, the train releases.  Watchdog: unloading --> tripped.
 *   tripped --clear faults, once released--> disabled
 *   disabled --manual block--> manual --stop--> unloading --> disabled
 */
import type { ActuatorCommand, CycleRecipe, StrokeSchedule, Plant } from '../../sim/index.ts';
import type { ExceptionCode } from '../protocol/pdu.ts';
import { COMMAND, DRIVE_STATE, FAULT_BITS } from '../protocol/register-map.ts';
import { CycleRecorder, type RecordedCycle } from './cycle-recorder.ts';
import { type Flaws, SOUND } from './faults/flaws.ts';
import { type DeviceLimits, limitFaults, POWER_UP_LIMITS } from './device-limits.ts';
import { isRecipeInRange, type RecipeValues, toRecipe, toRecipeValues } from './recipe-registers.ts';
import { isManualAllowed, ManualDrive, type ManualValues } from './manual-drive.ts';
import { Watchdog } from './watchdog.ts';

type DriveState = keyof typeof DRIVE_STATE;

/** Controlled unloading, device seconds. */
const UNLOAD_S = 0.3;
/** Without enable the loaded cells drive the screw back, device seconds. */
const RELEASE_S = 0.1;
const RAMP_STEP_S = 0.0025;
const MANUAL_STEP_S = 0.005;
const REST_STEP_S = 0.02;

/** A way back to zero stroke. */
interface Unloading {
  readonly fromM: number;
  readonly durationS: number;
  elapsedS: number;
  /** How long the pump still runs on once the train is unloaded, device seconds. */
  overrunS: number;
  /** Where it ends. */
  next: DriveState;
}

interface Program {
  readonly schedule: StrokeSchedule;
  /** Nominal strain in percent a metre of shortening. */
  readonly strainPerM: number;
  readonly values: RecipeValues;
}

export interface FirmwareOptions {
  readonly plant: Plant;
  /** Throws where the recipe cannot be run. */
  readonly buildSchedule: (recipe: CycleRecipe) => StrokeSchedule;
  /** In force at power-up; must be one that can be run. */
  readonly recipe: CycleRecipe;
  /** Wall time for the watchdog, ms. */
  readonly nowMs: () => number;
  /** What is wrong with the electronics at each moment; nothing where it is not given. */
  readonly flaws?: Readonly<Flaws>;
}

export class Firmware {
  readonly plant: Plant;
  readonly watchdog: Watchdog;
  readonly manual: ManualDrive;
  /** Between unloading and enable off the pump runs on for this long, device seconds. */
  pumpOverrunS = 0;
  limits: DeviceLimits = POWER_UP_LIMITS;
  /** The last whole cycle, or null before the first. */
  lastCycle: RecordedCycle | null = null;
  cyclesCompleted = 0;
  private readonly buildSchedule: FirmwareOptions['buildSchedule'];
  private readonly recorder: CycleRecorder;
  private readonly flaws: Readonly<Flaws>;
  private readonly command: ActuatorCommand = { shorteningM: 0, flowKgPerS: 0 };
  private state: DriveState = 'disabled';
  private faults = 0;
  private program: Program;
  private pendingProgram: Program | null = null;
  private staged: RecipeValues;
  private taken = 0;
  private stepIndex = 0;
  private unloading: Unloading | null = null;

  constructor(options: FirmwareOptions) {
    this.plant = options.plant;
    this.buildSchedule = options.buildSchedule;
    this.watchdog = new Watchdog(options.nowMs);
    this.manual = new ManualDrive(options.nowMs);
    this.recorder = new CycleRecorder(options.plant);
    this.flaws = options.flaws ?? SOUND;
    this.staged = toRecipeValues(options.recipe);
    this.program = this.programOf(options.recipe);
  }

  /** Read back behind the enable relay: one that sticks shows, whatever the program meant. */
  get driveState(): number {
    const isOff = this.state === 'disabled' || this.state === 'tripped';
    return DRIVE_STATE[isOff && this.isEnabled ? 'enabled' : this.state];
  }

  get faultWord(): number {
    return this.faults;
  }

  /** Phase of the running cycle, 0 to 1; 0 otherwise. */
  get phase(): number {
    return this.state === 'running' && this.stepIndex > 0
      ? this.program.schedule.phaseEnd[this.stepIndex - 1]
      : 0;
  }

  /** The staged recipe. */
  get recipe(): RecipeValues {
    return this.staged;
  }

  /** The recipe that the machine runs or would run, and how many have taken effect since power-up. */
  get recipeInForce(): RecipeValues {
    return this.program.values;
  }

  get recipesTaken(): number {
    return this.taken;
  }

  /** A recipe waits for the next cycle start. */
  get isRecipePending(): boolean {
    return this.pendingProgram !== null;
  }

  /** Advances the machine by one step; returns its length in simulated seconds. */
  step(): number {
    if (this.flaws.hangs && this.state !== 'tripped') return this.stand();
    const dtS =
      this.state === 'running'
        ? this.stepCycle()
        : this.unloading
          ? this.stepUnloading()
          : this.state === 'manual'
            ? this.stepManual()
            : this.rest();
    const faults = this.flaws.isBlind ? 0 : limitFaults(this.plant.readings, this.limits);
    if (faults !== 0) this.trip(faults);
    return dtS;
  }

  /** To be called often: unloads the machine when the host has fallen silent. */
  superviseHost(): void {
    if (this.flaws.hangs || !this.watchdog.expire()) return;
    this.faults |= 1 << FAULT_BITS.watchdog;
    if (this.state === 'disabled') this.state = 'tripped';
    else if (this.state !== 'tripped') this.unloadTo('tripped');
  }

  /** Carries out a command register; 3 for an unknown command, 4 where the present state does not allow it. */
  obey(command: number): ExceptionCode | null {
    if (this.isDeafTo(command)) return null;
    switch (command) {
      case COMMAND.clearFaults:
        return this.clearFaults();
      case COMMAND.enable:
        if (this.state === 'disabled' && this.unloading === null) this.state = 'enabled';
        return this.state === 'enabled' || this.state === 'running' ? null : 4;
      case COMMAND.run:
        return this.run();
      case COMMAND.stop:
        if (this.state === 'running') this.unloadTo('enabled');
        else if (this.state === 'manual') this.unloadTo('disabled');
        return null;
      case COMMAND.abort:
        this.trip(0);
        return null;
      case COMMAND.disable:
        if (this.state === 'enabled' && this.pumpOverrunS === 0) this.state = 'disabled';
        else if (this.state === 'enabled' || this.state === 'running' || this.unloading?.next === 'enabled')
          this.unloadTo('disabled', this.pumpOverrunS);
        else if (this.state === 'manual') this.unloadTo('disabled');
        return null;
      default:
        return 3;
    }
  }

  /** Power was away for an instant: every register is lost, and without enable the train releases. */
  restart(): void {
    this.faults = 0;
    this.cyclesCompleted = 0;
    this.lastCycle = null;
    this.limits = POWER_UP_LIMITS;
    this.watchdog.restart();
    this.dropEnable();
  }

  /** Something else than a command switched the drive off. */
  dropEnable(): void {
    this.release('disabled');
  }

  /** The drive is energised: it follows the commands, or a relay that sticks holds it. */
  get isEnabled(): boolean {
    return this.flaws.relayStuck || (this.state !== 'disabled' && this.state !== 'tripped');
  }

  /** Hold to run. 3 for what is not allowed at all, 4 where the present state does not allow it. */
  jog(values: ManualValues): ExceptionCode | null {
    if (!isManualAllowed(values)) return 3;
    if ((this.state !== 'disabled' && this.state !== 'manual') || this.unloading !== null) return 4;
    const isMoving = values.manual_stroke_mm_per_s !== 0 || values.manual_flow_kg_per_s !== 0;
    if (isMoving) this.state = 'manual';
    this.manual.ask(values);
    return null;
  }

  /** Stages a recipe; `apply` puts it into force at the next cycle start. 3 where it cannot be run: nothing changes. */
  stageRecipe(values: RecipeValues, apply: boolean): ExceptionCode | null {
    if (!isRecipeInRange(values)) return 3;
    let program: Program;
    try {
      program = this.programOf(toRecipe(values));
    } catch {
      return 3;
    }
    this.staged = values;
    this.pendingProgram = apply ? program : null;
    if (this.state !== 'running') this.takePendingProgram();
    return null;
  }

  private programOf(recipe: CycleRecipe): Program {
    const schedule = this.buildSchedule(recipe);
    const strokeM = Math.max(...schedule.shorteningM);
    const strainPerM = strokeM > 0 ? (100 * recipe.strain) / strokeM : 0;
    return { schedule, strainPerM, values: toRecipeValues(recipe) };
  }

  private takePendingProgram(): void {
    if (this.pendingProgram !== null) this.taken++;
    this.program = this.pendingProgram ?? this.program;
    this.pendingProgram = null;
  }

  private run(): ExceptionCode | null {
    if (this.state === 'running') return null;
    if (this.state !== 'enabled') return 4;
    this.state = 'running';
    this.beginCycle();
    return null;
  }

  private beginCycle(): void {
    this.takePendingProgram();
    this.stepIndex = 0;
    this.recorder.begin(this.program.strainPerM);
  }

  private stepCycle(): number {
    const { schedule } = this.program;
    const i = this.stepIndex++;
    this.drive(schedule.dtS[i], schedule.shorteningM[i], schedule.flowKgPerS[i]);
    this.recorder.add(schedule.dtS[i], schedule.phaseEnd[i]);
    if (this.stepIndex === schedule.steps) this.endCycle();
    return schedule.dtS[i];
  }

  private endCycle(): void {
    this.cyclesCompleted++;
    this.lastCycle = this.recorder.finish(this.cyclesCompleted);
    this.beginCycle();
  }

  /** Taken and acknowledged, and nothing follows from it. */
  private isDeafTo(command: number): boolean {
    const { ignoresCommands, ignoresStop } = this.flaws;
    return ignoresCommands || (command === COMMAND.stop && ignoresStop);
  }

  /** The program stands where it stood; physics goes on. */
  private stand(): number {
    this.drive(REST_STEP_S, this.command.shorteningM, this.command.flowKgPerS);
    return REST_STEP_S;
  }

  private rest(): number {
    this.drive(REST_STEP_S, 0, 0);
    return REST_STEP_S;
  }

  private stepManual(): number {
    const { shorteningM } = this.command;
    const mostM = Math.max(...this.program.schedule.shorteningM);
    const { forceN } = this.plant.readings;
    const nextM = this.manual.nextM(shorteningM, MANUAL_STEP_S, forceN, mostM);
    this.drive(MANUAL_STEP_S, nextM, this.manual.values.manual_flow_kg_per_s);
    return MANUAL_STEP_S;
  }

  private stepUnloading(): number {
    const way = this.unloading;
    if (way === null) return 0;
    if (way.elapsedS >= way.durationS) return this.stepOverrun(way);
    way.elapsedS += RAMP_STEP_S;
    const left = Math.max(0, 1 - way.elapsedS / way.durationS);
    this.drive(RAMP_STEP_S, way.fromM * (0.5 - 0.5 * Math.cos(Math.PI * left)), 0);
    if (left === 0 && way.overrunS === 0) this.endUnloading(way);
    return RAMP_STEP_S;
  }

  /** The pump runs on through the unloaded cells, so that nothing stands still against a hot exchanger; then valves shut. */
  private stepOverrun(way: Unloading): number {
    const isOver = way.overrunS <= 0;
    way.overrunS -= REST_STEP_S;
    this.drive(REST_STEP_S, 0, isOver ? 0 : Math.max(...this.program.schedule.flowKgPerS));
    if (isOver) this.endUnloading(way);
    return REST_STEP_S;
  }

  private endUnloading({ next }: Unloading): void {
    this.unloading = null;
    this.state = next;
  }

  private drive(dtS: number, shorteningM: number, flowKgPerS: number): void {
    this.command.shorteningM = shorteningM;
    this.command.flowKgPerS = flowKgPerS;
    this.plant.step(dtS, this.command);
  }

  private unloadTo(next: DriveState, overrunS = 0): void {
    this.manual.stand();
    this.state = 'unloading';
    this.unloading ??= { fromM: this.command.shorteningM, durationS: UNLOAD_S, elapsedS: 0, overrunS, next };
    this.unloading.next = next;
    this.unloading.overrunS = overrunS;
    this.takePendingProgram();
  }

  /** Enable off now; the train releases. */
  private trip(faults: number): void {
    this.faults |= faults;
    if (this.state === 'tripped') return;
    // A relay that sticks cannot drop enable; what is left is the way back under power.
    if (this.flaws.relayStuck) this.unloadTo('tripped');
    else this.release('tripped');
  }

  private release(next: 'tripped' | 'disabled'): void {
    this.state = next;
    this.manual.stand();
    this.takePendingProgram();
    this.unloading = {
      fromM: this.command.shorteningM,
      durationS: RELEASE_S,
      elapsedS: 0,
      overrunS: 0,
      next,
    };
  }

  private clearFaults(): ExceptionCode | null {
    if (this.unloading !== null) return 4;
    this.faults = 0;
    this.watchdog.clear();
    if (this.state === 'tripped') this.state = 'disabled';
    return null;
  }
}

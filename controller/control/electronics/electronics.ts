/**
 * What the supervisor asks of the machine's electronics, whatever stands behind it: one board with the project's
 * register map or its framed contract, or an assembly of devices from profiles. One object is one connection; it is
 * never used again after it ended. Nothing here throws: failure is a value with a sentence.
 */
import type { Result } from '../../protocol/transaction.ts';
import type { Channel } from '../../wire/channels.ts';
import type { CycleSummary, Status } from '../line/readings.ts';
import type { JogOutput } from '../operate/manual.ts';
import type { Recipe, RigFile } from '../rig-file.ts';

export interface Identity {
  /** Only a virtual rig may be accelerated, started without a person or given faults. */
  readonly isVirtual: boolean;
  /** Who answers, in words. */
  readonly title: string;
}

/** One recorded cycle in phase bins of equal width, as the firmware latched it. */
export interface Waveform {
  readonly cycleNumber: number;
  /** Device clock at its start, ms. */
  readonly startMs: number;
  readonly periodS: number;
  /** One array of shape [WAVEFORM_BINS] a channel, in the order of WAVEFORM_SCALE; means over the bin. */
  readonly columns: readonly Float32Array[];
}

/** Samples of the device at equal distances, oldest first. */
export interface StreamRows {
  /** One array of shape [rows] a channel, in the order of the table; NaN is absence. */
  readonly columns: readonly ArrayLike<number>[];
  /** Device clock of each row, µs. */
  readonly deviceUs: ArrayLike<number>;
  /** Rows between the one before and the first of these that never came. */
  readonly missing: number;
}

export interface Electronics {
  /** Reads and checks who answers; writes nothing. */
  identify(): Promise<Identity | string>;
  /** Heartbeat out, the present back. Never called while one is under way. A failure of kind 'closed': the line ended. */
  beat(heartbeat: number): Promise<Result<Status>>;
  /** The present without the heartbeat: writes nothing. */
  look(): Promise<Result<Status>>;
  /** Gives one of COMMAND to the drive; ok once acknowledged. Overtakes everything and replaces one that still waits. */
  command(command: number): Promise<Result<unknown>>;
  /** Each of these writes and reads back; null, or one sentence that says what does not fit. */
  writeLimits(limits: RigFile['limits']): Promise<string | null>;
  /** What the device does on `disable` between unloading and enable off. */
  writeStopOrder(order: RigFile['stop']): Promise<string | null>;
  armWatchdog(timeoutMs: number): Promise<string | null>;
  /** At rest only: an armed watchdog would trip when this program ends as it should. */
  disarmWatchdog(timeoutMs: number): Promise<string | null>;
  /** The recipe takes effect as a whole at the next cycle start. */
  stageRecipe(recipe: Recipe): Promise<string | null>;
  /** Simulated seconds a second; a device that is not virtual refuses. */
  accelerate(acceleration: number): Promise<string | null>;
  /** Manual mode: moves one axis until the life of the output is over; null once the device took it. */
  jog(output: JogOutput): Promise<string | null>;
  /** What differs between the recipe in effect and this one, or null. */
  recipeMismatch(recipe: Recipe): Promise<Result<string | null>>;
  /** The last whole cycle. */
  readCycle(): Promise<Result<CycleSummary>>;
  /** Its curves; a sentence that says why there are none this time; null where this machine records none. */
  readWaveform(): Promise<Waveform | string | null>;
  /**
   * Begins to stream every channel at the full rate of the device, or what the line carries of it, for as long as this
   * connection lives; the value says what the columns are. Only where the electronics sample by themselves and the rig
   * file asks for it. Call once, after `identify`.
   */
  stream?(onRows: (rows: StreamRows) => void): Promise<Result<readonly Channel[]>>;
  close(): void;
}

/** Opens the ports and whatever speaks through them; one sentence where that fails. */
export type OpenElectronics = () => Promise<Electronics | string>;

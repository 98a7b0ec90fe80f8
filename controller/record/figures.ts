/** What a run amounts to in a few numbers, for the catalogue: gathered while it is recorded, or from a record that broke off. */
import type { Channel, GroupName } from '../wire/channels.ts';
import type { Frame } from '../wire/frame.ts';
import type { ServerMessage, State } from '../wire/messages.ts';

export interface RunFigures {
  readonly starts: number;
  /** Wall time in each state, s. */
  readonly states_s: Readonly<Partial<Record<State, number>>>;
  readonly alarms: number;
  /** Keys of the faults that came first since a CLEAR, in order, each once. */
  readonly first_out: readonly string[];
  /** Largest value of each summary figure, by the name of its channel. */
  readonly peaks: Readonly<Record<string, number>>;
}

const isSummarised = (name: string): boolean =>
  name.startsWith('peak_') || name === 'cooling_power_W' || name === 'temperature_lift_K';

export class FigureKeeper {
  #starts = 0;
  #alarms = 0;
  readonly #seconds = new Map<State, number>();
  readonly #firstOut = new Set<string>();
  readonly #peaks = new Map<string, number>();
  #state: State | undefined;
  #sinceMs = 0;

  /** `atMs`: wall time of arrival. */
  message(message: ServerMessage, atMs: number): void {
    if (message.type === 'event' && message.severity === 'alarm') this.#alarms++;
    if (message.type !== 'state') return;
    this.#spend(atMs);
    if (message.state === 'STARTING' && this.#state !== 'STARTING') this.#starts++;
    this.#state = message.state;
    for (const { key, firstOut } of message.faults) if (firstOut) this.#firstOut.add(key);
  }

  frame(group: GroupName, frame: Frame, channels: readonly Channel[]): void {
    if (group !== 'cycle') return;
    for (const [i, { name }] of channels.entries()) {
      if (!isSummarised(name)) continue;
      for (const value of frame.columns[i])
        if (value > (this.#peaks.get(name) ?? Number.NEGATIVE_INFINITY)) this.#peaks.set(name, value);
    }
  }

  /** `atMs`: wall time of the end. */
  figures(atMs: number): RunFigures {
    this.#spend(atMs);
    return {
      starts: this.#starts,
      states_s: Object.fromEntries(
        [...this.#seconds].map(([state, s]) => [state, Math.round(s * 100) / 100]),
      ),
      alarms: this.#alarms,
      first_out: [...this.#firstOut],
      // f32 has seven digits; more would be noise.
      peaks: Object.fromEntries(
        [...this.#peaks].map(([name, value]) => [name, Number(value.toPrecision(7))]),
      ),
    };
  }

  #spend(untilMs: number): void {
    if (this.#state !== undefined) {
      const spentS = Math.max(0, untilMs - this.#sinceMs) / 1000;
      this.#seconds.set(this.#state, (this.#seconds.get(this.#state) ?? 0) + spentS);
    }
    this.#sinceMs = untilMs;
  }
}

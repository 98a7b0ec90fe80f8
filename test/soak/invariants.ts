/** What must hold at every moment, whatever is broken and whatever is asked for. Each check gives a sentence or null. */
import type { Decision } from '../../controller/control/decide/decision.ts';
import { firstDivergence } from '../../controller/control/decide/journal.ts';
import type { State } from '../../controller/wire/messages.ts';
import type { RigBench } from '../faults/rig-bench.ts';

/** A tick and the step in which the soak looks. */
const SLACK_MS = 45;
/** The firmware trips in the step that crosses a limit, and the train releases in this time. */
const RELEASE_MS = 130;
/** The firmware does not see over-stress where its sensor lies or its limits are dead. */
const BLINDING = ['force-', 'over-stress-unseen', 'gap-blocked-unseen', 'firmware-hang', 'relay-stuck'];
/** Device clocks that are kept, for comparison with readings. */
const KEPT = 4000;

interface Truth {
  readonly strokeMm: number;
  readonly forceKN: number;
}

export class Invariants {
  readonly #bench: RigBench;
  readonly #journal: Decision[] = [];
  /** What was true at each device time: one state of the machine, or many where the clock of a hung firmware stood. */
  readonly #said = new Map<number, Truth[]>();
  #lastReadingMs = Number.NaN;
  /** A reading was believed since the link was lost last. */
  #isHeard = false;
  #overSinceMs: number | null = null;
  #journalState: State = 'ABORTED';
  /** A person's START since the machine last came to rest or lost its link. */
  #mayRun = false;
  #problem: string | null = null;
  /** A controller that is held up by the soak until then can tell nothing sooner. */
  stalledUntilMs = 0;
  /** From the last believed reading to the alarm, for every lost link of a controller that ran, ms. */
  readonly lostLinkMs: number[] = [];
  transitions = 0;
  readings = 0;

  constructor(bench: RigBench) {
    this.#bench = bench;
    bench.onDecision = (decision) => this.#hear(decision);
    bench.onStep = () => this.#remember();
  }

  /** A supervisor took the place of another: a new journal, in a new process. */
  restarted(): void {
    this.#journal.length = 0;
    this.#journalState = 'ABORTED';
    this.#lastReadingMs = Number.NaN;
    this.#mayRun = false;
  }

  /** The first thing that did not hold; null while all does. */
  check(isStalled: boolean): string | null {
    return this.#problem ?? this.#stress() ?? (isStalled ? null : (this.#freshness() ?? this.#told()));
  }

  /** Whether everything decided follows from its inputs. */
  replay(): string | null {
    const divergence = firstDivergence(this.#bench.rigFile, this.#journal);
    return divergence === null
      ? null
      : `decision ${divergence.index} is not what its inputs give: ${JSON.stringify(divergence)}`;
  }

  #hear(decision: Decision): void {
    this.#journal.push(structuredClone(decision));
    const { input, outputs } = decision;
    if (input.kind === 'reading') {
      this.readings++;
      this.#lastReadingMs = input.atMs;
      this.#isHeard = true;
      this.#compare(input.status);
      if (input.status.heartbeat_echo !== input.heartbeat)
        this.#problem ??= `a reading that echoes ${input.status.heartbeat_echo} was believed for ${input.heartbeat}`;
    }
    if (input.kind === 'command' && input.command === 'START') this.#mayRun = true;
    for (const output of outputs) {
      if (output.kind === 'fault' && output.fault.key === 'lost_link') this.#lost(input.atMs);
      if (output.kind === 'state') this.#enter(output.state);
    }
  }

  #lost(atMs: number): void {
    this.#mayRun = false;
    const wasHeldUp = this.#lastReadingMs < this.stalledUntilMs;
    if (this.#isHeard && !wasHeldUp) this.lostLinkMs.push(atMs - this.#lastReadingMs);
    this.#isHeard = false;
  }

  #enter(state: State): void {
    this.transitions++;
    this.#journalState = state;
    if (state === 'ABORTED' || state === 'STOPPED' || state === 'COMPLETE') this.#mayRun = false;
    if (state === 'EXECUTE' && !this.#mayRun)
      this.#problem ??= 'EXECUTE was entered without a START since the last stop';
  }

  #remember(): void {
    const { timeS, shorteningM, forceN } = this.#bench.rig.plant.readings;
    const deviceMs = Math.round(1000 * timeS);
    const truth = { strokeMm: 1000 * shorteningM, forceKN: forceN / 1000 };
    const known = this.#said.get(deviceMs);
    if (known === undefined) this.#said.set(deviceMs, [truth]);
    else known.push(truth);
    if (this.#said.size > KEPT) this.#said.delete(this.#said.keys().next().value ?? 0);
  }

  /** What is believed must be what the device's sensors said at that device time. */
  #compare({
    device_clock_ms,
    stroke_mm,
    force_kN,
  }: {
    device_clock_ms: number;
    stroke_mm: number;
    force_kN: number;
  }): void {
    const said = this.#said.get(device_clock_ms);
    if (said === undefined)
      this.#problem ??= `a reading of device time ${device_clock_ms} ms was believed; the device has no such time`;
    else if (!said.some((truth) => same(truth.strokeMm, stroke_mm) && same(truth.forceKN, force_kN)))
      this.#problem ??= `at ${device_clock_ms} ms ${stroke_mm} mm and ${force_kN} kN were believed, the device said ${JSON.stringify(said)}`;
  }

  #stress(): string | null {
    const { rig, rigFile, clock } = this.#bench;
    const isBlinded = rig.active().some((name) => BLINDING.some((start) => name.startsWith(start)));
    if (isBlinded || rig.truth().stressMPa <= rigFile.limits.stress_MPa) {
      this.#overSinceMs = null;
      return null;
    }
    this.#overSinceMs ??= clock.nowMs();
    const forMs = clock.nowMs() - this.#overSinceMs;
    return forMs <= RELEASE_MS
      ? null
      : `loaded above the limit for ${forMs} ms: ${rig.truth().stressMPa} MPa`;
  }

  #freshness(): string | null {
    const { supervisor, clock, rigFile } = this.#bench;
    if (supervisor.state() !== 'EXECUTE') return null;
    const ageMs = clock.nowMs() - this.#lastReadingMs;
    return ageMs <= rigFile.limits.data_age_ms + SLACK_MS ? null : `EXECUTE on data that are ${ageMs} ms old`;
  }

  /** What the state is, the journal and whoever watches were told. */
  #told(): string | null {
    const { supervisor, states } = this.#bench;
    const state = supervisor.state();
    if (this.#journalState !== state) return `the state is ${state}, the journal has ${this.#journalState}`;
    const shown = states.at(-1);
    return shown === undefined || shown === state ? null : `the state is ${state}, told was ${shown}`;
  }
}

/** Registers hold f32. */
const same = (a: number, b: number): boolean => Object.is(Math.fround(a), b) || Math.fround(a) === b;

/**
 * Readings that do not change by one count while the machine cycles. Only those count that a cycle must move; and only
 * once the readings came from all over the cycle, so that a machine whose period is a multiple of ours is not blamed.
 */
import type { Status } from '../../line/readings.ts';

/** So many cycles, ... */
const CYCLES = 10;
/** ... so many readings, ... */
const READINGS = 50;
/** ... and readings in at least so many of eight parts of the cycle. */
const PARTS = 4;

const MOVED = [
  'force_kN',
  'stroke_mm',
  'flow_kg_per_s',
  'pressure_bar',
  'cold_outlet_C',
  'hot_outlet_C',
] as const;

export interface Frozen {
  readonly name: string;
  readonly value: number;
  readonly cycles: number;
}

export interface FrozenWatch {
  /** A reading of a running machine. */
  take(status: Status): void;
  /** The machine does not run: nothing has to move. */
  forget(): void;
  frozen(): Frozen | null;
}

interface Track {
  value: number;
  sinceCycle: number;
  readings: number;
  parts: number;
}

export function createFrozenWatch(): FrozenWatch {
  const tracks = new Map<string, Track>();
  let found: Frozen | null = null;

  function take(name: string, value: number, { cycle_number, phase }: Status): void {
    const part = 1 << Math.min(7, Math.floor(8 * phase));
    const track = tracks.get(name);
    if (track === undefined || track.value !== value || cycle_number < track.sinceCycle) {
      tracks.set(name, { value, sinceCycle: cycle_number, readings: 1, parts: part });
      return;
    }
    track.readings++;
    track.parts |= part;
    const cycles = cycle_number - track.sinceCycle;
    const isSeenAllOver = track.readings >= READINGS && bits(track.parts) >= PARTS;
    if (cycles >= CYCLES && isSeenAllOver) found ??= { name, value, cycles };
  }

  return {
    take(status) {
      found = null;
      for (const name of MOVED) if (!status.absent.includes(name)) take(name, status[name], status);
      if (status.absent.includes('cell_C')) return;
      status.cell_C.forEach((value, cell) => take(`cell_${cell + 1}_C`, value, status));
    },
    forget() {
      tracks.clear();
      found = null;
    },
    frozen: () => found,
  };
}

const bits = (word: number): number => word.toString(2).replaceAll('0', '').length;

/**
 * Extremum seeking on the running rig, without a model: the fluid of a blow swings slowly around its centre, and what the
 * COP does with it says which way the centre should go (Krstić & Wang, Automatica 36, 2000, 595-601; here the gradient
 * is a least-squares fit over each period, with a drift of its own, so that a changing lift is not taken for an answer).
 * The PID holds the house by the frequency meanwhile: what is found is the pair that gives the cooling that is needed.
 */
import { z } from 'zod';

export const SeekSection = z
  .strictObject({
    /** Fluid that a blow moves, as a share of what the recipe of the rig file moves. */
    blow_share: z
      .tuple([z.number().min(0.1).max(4), z.number().min(0.1).max(4)])
      .refine(([low, high]) => low < high, 'the lower bound comes first')
      .readonly(),
    /** Half height of the swing. */
    dither: z.number().min(0.01).max(0.3),
    /** Device time; several times as long as the loop that holds the house. */
    period_s: z.number().min(30).max(20_000),
    /** The centre goes so far for a relative gradient of 1 (COP twice as high for one more share), at most one dither a period. */
    gain: z.number().positive().max(10),
    /** What the drive gives back of the unloading work, and loses, to tell electricity from work. */
    work_recovery: z.number().min(0).max(1),
    drive_efficiency: z.number().min(0.1).max(1),
  })
  .refine(
    ({ blow_share: [low, high], dither }) => high - low > 2 * dither,
    'the swing is wider than blow_share',
  );
export type SeekSection = Readonly<z.infer<typeof SeekSection>>;

/** A whole cycle, as the device summed it up. */
export interface SeenCycle {
  readonly cycle_number: number;
  readonly cooling_power_W: number;
  readonly loading_power_W: number;
  readonly mechanical_power_W: number;
  readonly pump_power_W: number;
}

export interface Seeker {
  /** The share of the fluid that should be blown at this device time, s. */
  share(device_s: number): number;
  /** Call with every reading of a running machine; `share`: what it blows. */
  look(device_s: number, share: number, cycle: SeenCycle | null): void;
  /** The machine began to run or to rest: what was seen of this period is forgotten, the centre is not. */
  restart(): void;
  centre(): number;
}

/** Fewer cycles in a period say nothing. */
const LEAST_CYCLES = 12;

interface Sample {
  readonly device_s: number;
  readonly share: number;
  readonly logCop: number;
}

export function createSeeker(section: SeekSection): Seeker {
  const { dither, period_s, gain } = section;
  const [low, high] = [section.blow_share[0] + dither, section.blow_share[1] - dither];
  const within = (value: number): number => Math.min(high, Math.max(low, value));
  let centre = within(1);
  let began_s: number | null = null;
  let lastCycle = -1;
  let samples: Sample[] = [];

  return {
    centre: () => centre,
    share: (device_s) =>
      began_s === null ? centre : centre + dither * Math.sin((2 * Math.PI * (device_s - began_s)) / period_s),
    restart() {
      began_s = null;
      samples = [];
    },
    look(device_s, share, cycle) {
      if (began_s === null || device_s < began_s) {
        began_s = device_s;
        samples = [];
      }
      if (cycle !== null && cycle.cycle_number !== lastCycle) {
        lastCycle = cycle.cycle_number;
        const logCop = Math.log(copOf(cycle, section));
        if (Number.isFinite(logCop) && Number.isFinite(share)) samples.push({ device_s, share, logCop });
      }
      if (device_s - began_s < period_s) return;
      const gradient = samples.length < LEAST_CYCLES ? null : gradientOf(samples);
      if (gradient !== null) centre = within(centre + Math.min(dither, Math.max(-dither, gain * gradient)));
      began_s = device_s;
      samples = [];
    },
  };
}

function copOf(cycle: SeenCycle, { work_recovery, drive_efficiency }: SeekSection): number {
  const { cooling_power_W, loading_power_W, mechanical_power_W, pump_power_W } = cycle;
  const drive_W =
    (loading_power_W - work_recovery * (loading_power_W - mechanical_power_W)) / drive_efficiency;
  return cooling_power_W / (drive_W + pump_power_W);
}

/** d ln COP / d share with a straight drift in time beside it; null where the share did not move. */
function gradientOf(samples: readonly Sample[]): number | null {
  const mean = (of: (sample: Sample) => number) =>
    samples.reduce((sum, sample) => sum + of(sample), 0) / samples.length;
  const [t0, x0, y0] = [mean((s) => s.device_s), mean((s) => s.share), mean((s) => s.logCop)];
  let [tt, tx, xx, ty, xy] = [0, 0, 0, 0, 0];
  for (const { device_s, share, logCop } of samples) {
    const [t, x, y] = [device_s - t0, share - x0, logCop - y0];
    tt += t * t;
    tx += t * x;
    xx += x * x;
    ty += t * y;
    xy += x * y;
  }
  const determinant = tt * xx - tx * tx;
  return xx > 0 && determinant > 1e-3 * tt * xx ? (xy * tt - ty * tx) / determinant : null;
}

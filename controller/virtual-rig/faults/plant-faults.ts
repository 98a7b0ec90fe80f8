/** The faults of the machine itself, each with its one amount (see the list in `protocol/faults/plant.ts`). */
import type { PlantFault } from '../../protocol/faults/plant.ts';
import { BAR } from '../units.ts';
import { type PlantHook, scaleLoad, setLoad } from './plant-hook.ts';

/** From this stroke on a jammed train pushes back, m. */
const JAM_STROKE_M = 0.0005;
/** A jam takes a train that is as good as unloaded. */
const UNLOADED_M = 0.001;
/** A tube breaks at this share of the stroke, on the way up. */
const BREAK_AT = 0.6;
/** Share of the force that buckled tubes have lost at full stroke. */
const BUCKLED_LOSS = 0.6;

/** The meter stands before the leak, so what passes the cells by counts as if it had cooled. */
const valveLeak = (share: number): PlantHook => ({
  command(command) {
    if (command.flowKgPerS < 0) command.flowKgPerS *= 1 - share;
  },
  truth(truth) {
    if (truth.flowKgPerS < 0) truth.flowKgPerS /= 1 - share;
  },
  metered(gained, truth) {
    if (truth.flowKgPerS < 0) gained.coolingJ /= 1 - share;
  },
});

function blocked(factor: number): PlantHook {
  return {
    truth(truth) {
      // A pump cannot press more than this, and no register holds more.
      truth.pressurePa = Math.max(-20 * BAR, Math.min(20 * BAR, truth.pressurePa * factor));
    },
  };
}

function stiffened(factor: number): PlantHook {
  return { truth: (truth) => scaleLoad(truth, factor) };
}

const tubeBroken = (share: number): PlantHook => {
  let isBroken = false;
  return {
    truth(truth, { fromM, toM, fullStrokeM }) {
      isBroken ||= toM > fromM && toM > BREAK_AT * fullStrokeM;
      if (isBroken) scaleLoad(truth, 1 - share);
    },
    metered(gained) {
      if (isBroken) scaleWork(gained, 1 - share);
    },
  };
};

const buckling = (onset: number): PlantHook => ({
  truth(truth, { fullStrokeM }) {
    const beyond = (truth.shorteningM / fullStrokeM - onset) / (1 - onset);
    if (beyond > 0) scaleLoad(truth, 1 - BUCKLED_LOSS * Math.min(1, beyond));
  },
});

const jam = (force_kN: number): PlantHook => {
  let isJammed = false;
  return {
    command(command, { toM }) {
      isJammed ||= toM < UNLOADED_M;
      if (isJammed) command.shorteningM = 0;
    },
    truth(truth, { toM, stressPerN }) {
      if (isJammed) setLoad(truth, toM > JAM_STROKE_M ? 1000 * force_kN : 0, stressPerN);
    },
  };
};

const friction = (share: number): PlantHook => ({
  truth(truth, { fromM, toM }) {
    if (toM < fromM) scaleLoad(truth, 1 - share);
  },
  metered(gained) {
    if (gained.workJ < 0) gained.workJ *= 1 - share;
  },
});

/** Outlets and cells follow the loop that is out of hand. */
const warming = (rate_K_per_s: number): PlantHook => ({
  truth(truth, { sinceS }) {
    const offsetK = rate_K_per_s * sinceS;
    truth.cellK.forEach((kelvin, cell) => (truth.cellK[cell] = kelvin + offsetK));
    truth.coldOutletK += offsetK;
    truth.hotOutletK += offsetK;
  },
});

function scaleWork(gained: { workJ: number; loadingWorkJ: number }, factor: number): void {
  gained.workJ *= factor;
  gained.loadingWorkJ *= factor;
}

export const PLANT_HOOKS: Readonly<Record<PlantFault, (amount: number) => PlantHook>> = {
  'valve-leak': valveLeak,
  'valve-stuck': () => ({
    command(command) {
      command.flowKgPerS = Math.abs(command.flowKgPerS);
    },
  }),
  'pump-trip': () => ({
    command(command) {
      command.flowKgPerS = 0;
    },
  }),
  'gap-blocked': blocked,
  'gap-blocked-unseen': blocked,
  'tube-broken': tubeBroken,
  'train-broken': () => ({ truth: (truth) => scaleLoad(truth, 0) }),
  buckling,
  jam,
  'over-stress': stiffened,
  'over-stress-unseen': stiffened,
  'slipping-drive': (share) => ({
    command(command) {
      command.shorteningM *= 1 - share;
    },
  }),
  friction,
  'hot-loop-runaway': (rate) => warming(rate),
  freezing: (rate) => warming(-rate),
};

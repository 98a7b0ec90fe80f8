/**
 * A cycle as a picture: what cannot be measured in a running machine (entropy, martensite, the temperatures along a tube)
 * at equal steps of the phase. Of every cell the means along its alloy, of one cell also the profile.
 *
 * Beside it stands the closed integral ∮ T ds over all nodes. The alloy receives δq and turns X dξ of work into heat, so
 * T ds = δq + X dξ at each node, and where the cycle repeats itself ∮ δq = −W:
 *
 *   ∮ T ds = dissipated − W
 *
 * T ds is summed here from temperatures and entropies at the ends of steps, W and what is dissipated by the load train and
 * the law: two ways to the same number that share nothing but the state.
 */
import type { Bank } from '../machine/bank.ts';
import type { Machine } from '../machine/machine.ts';
import { oppositeBlows } from '../stroke-schedule.ts';

export interface PictureSize {
  /** Moments a cycle, at the phases 0, 1/bins, 2/bins ... */
  readonly bins: number;
  /** Equal stretches along the cell, the first at the cold end. */
  readonly positions: number;
}

/** Every array has shape [bins]. */
export interface CyclePicture {
  /** The cell whose profile it is, counted from 0. */
  readonly cell: number;
  readonly stress_MPa: Float32Array;
  /** + hot blow, − cold blow. */
  readonly flow_kg_per_s: Float32Array;
  readonly cells: readonly CellMeans[];
  readonly profile: readonly Stretch[];
  /** ∮ T ds over all alloy, and what hysteresis turned into heat, J. */
  readonly tds_J: number;
  readonly dissipated_J: number;
}

/** Means along the alloy of a cell. */
export interface CellMeans {
  readonly strain_percent: Float32Array;
  readonly alloy_C: Float32Array;
  /** Zero for austenite without stress at the reference temperature of the alloy. */
  readonly entropy_J_per_kgK: Float32Array;
  readonly fraction: Float32Array;
}

/** Means over a stretch of a cell; the fluid is that of both passages, by their cross-sections. */
export interface Stretch {
  readonly alloy_C: Float32Array;
  readonly fluid_C: Float32Array;
  readonly fraction: Float32Array;
}

interface CellPlace {
  readonly bank: Bank;
  readonly index: number;
}

const ZERO_C_K = 273.15;
const MEANS = 4;
const ALONG = 3;

export class PictureTaker {
  readonly #machine: Machine;
  readonly #cell: number;
  readonly #size: PictureSize;
  readonly #places: readonly CellPlace[];
  readonly #blows: { readonly hot: number; readonly cold: number };
  /** What is drawn, at the last look and at this one, and bin by bin. */
  #before: Float64Array;
  #now: Float64Array;
  readonly #bins: Float32Array[];
  #nextBin = 1;
  #phase = 0;
  readonly #nodeK: readonly Float64Array[];
  readonly #nodeEntropy: readonly Float64Array[];
  #tdsJ = 0;
  readonly #dissipatedJ: number;

  /**
   * Begins where a cycle begins.
   * @param cell counted from 0; beyond the last it counts from 0 again
   * @throws UserError where one stroke and one flow cannot drive the machine
   */
  constructor(machine: Machine, cell: number, size: PictureSize) {
    this.#machine = machine;
    this.#size = size;
    this.#blows = oppositeBlows(machine.config);
    this.#places = machine.banks.flatMap((bank) =>
      Array.from({ length: bank.config.cell.cells }, (_, k) => ({
        bank,
        index: Math.floor(k / bank.multiplicity),
      })),
    );
    this.#cell = cell % this.#places.length;
    const length = 2 + MEANS * this.#places.length + ALONG * size.positions;
    this.#before = new Float64Array(length);
    this.#now = new Float64Array(length);
    this.#bins = Array.from({ length }, () => new Float32Array(size.bins));
    this.#nodeK = machine.banks.map(({ law }) => law.temperature.slice());
    this.#nodeEntropy = machine.banks.map(({ law }) => new Float64Array(law.temperature.length));
    this.#sumHeat();
    this.#tdsJ = 0;
    this.#dissipatedJ = machine.dissipated();
    this.#read(this.#now);
    this.#bins.forEach((bins, c) => {
      bins[0] = this.#now[c];
    });
  }

  /** After each step; `phase` is that of its end. */
  look(phase: number): void {
    [this.#before, this.#now] = [this.#now, this.#before];
    this.#read(this.#now);
    this.#sumHeat();
    const { bins } = this.#size;
    for (; this.#nextBin < bins && this.#nextBin / bins <= phase; this.#nextBin++) {
      const share = (this.#nextBin / bins - this.#phase) / (phase - this.#phase);
      for (let c = 0; c < this.#now.length; c++)
        this.#bins[c][this.#nextBin] = this.#before[c] + share * (this.#now[c] - this.#before[c]);
    }
    this.#phase = phase;
  }

  /** After the last step of the cycle. */
  picture(): CyclePicture {
    const [stress_MPa, flow_kg_per_s, ...rest] = this.#bins;
    const afterCells = MEANS * this.#places.length;
    return {
      cell: this.#cell,
      stress_MPa,
      flow_kg_per_s,
      cells: this.#places.map((_, k) => {
        const [strain_percent, alloy_C, entropy_J_per_kgK, fraction] = rest.slice(MEANS * k);
        return { strain_percent, alloy_C, entropy_J_per_kgK, fraction };
      }),
      profile: Array.from({ length: this.#size.positions }, (_, k) => {
        const [alloy_C, fluid_C, fraction] = rest.slice(afterCells + ALONG * k);
        return { alloy_C, fluid_C, fraction };
      }),
      tds_J: this.#tdsJ,
      dissipated_J: this.#machine.dissipated() - this.#dissipatedJ,
    };
  }

  #read(into: Float64Array): void {
    const { circuit } = this.#machine;
    into[0] = this.#machine.trains[0].stress / 1e6;
    into[1] = circuit.flowKgPerS[this.#blows.hot] - circuit.flowKgPerS[this.#blows.cold];
    let at = 2;
    for (const { bank, index } of this.#places) {
      this.#readMeans(bank, index, into, at);
      at += MEANS;
    }
    const { bank, index } = this.#places[this.#cell];
    for (let k = 0; k < this.#size.positions; k++, at += ALONG) this.#readStretch(bank, index, k, into, at);
  }

  #readMeans({ law, nodes, area, config }: Bank, index: number, into: Float64Array, at: number): void {
    const stress = this.#machine.trains[0].force / area;
    let [strain, kelvin, entropy, fraction] = [0, 0, 0, 0];
    for (let i = index * nodes; i < (index + 1) * nodes; i++) {
      strain += law.strainOf(stress, law.balanced[i], law.fraction[i]);
      kelvin += law.temperature[i];
      entropy += law.entropyOf(stress, law.temperature[i], law.fraction[i]);
      fraction += law.fraction[i];
    }
    into[at] = (100 * strain) / nodes;
    into[at + 1] = kelvin / nodes - ZERO_C_K;
    into[at + 2] = entropy / nodes / config.material.density;
    into[at + 3] = fraction / nodes;
  }

  #readStretch(bank: Bank, index: number, k: number, into: Float64Array, at: number): void {
    const { law, nodes, fluidK, flows } = bank;
    const { positions } = this.#size;
    const passages = flows.passages.slice(flows.passagesPerCell * index, flows.passagesPerCell * (index + 1));
    const area = passages.reduce((sum, { flowArea }) => sum + flowArea, 0);
    const along = (field: Float64Array): number =>
      meanBetween(field, index * nodes, (k * nodes) / positions, ((k + 1) * nodes) / positions);
    into[at] = along(law.temperature) - ZERO_C_K;
    into[at + 1] =
      passages.reduce((sum, { flowArea }, side) => sum + flowArea * along(fluidK[side]), 0) / area - ZERO_C_K;
    into[at + 2] = along(law.fraction);
  }

  /** Adds ∫ T ds since the last look: by the trapezoidal rule up to the balance, exactly for the heat after it. */
  #sumHeat(): void {
    for (const [b, { law, area, nodeLength, multiplicity }] of this.#machine.banks.entries()) {
      const stress = this.#machine.trains[0].force / area;
      const [kelvin, entropy] = [this.#nodeK[b], this.#nodeEntropy[b]];
      let sum = 0;
      for (let i = 0; i < kelvin.length; i++) {
        const [balanced, now, fraction] = [law.balanced[i], law.temperature[i], law.fraction[i]];
        sum += 0.5 * (kelvin[i] + balanced) * (law.entropyOf(stress, balanced, fraction) - entropy[i]);
        sum += law.heatCapacity * (now - balanced);
        kelvin[i] = now;
        entropy[i] = law.entropyOf(stress, now, fraction);
      }
      this.#tdsJ += sum * area * nodeLength * multiplicity;
    }
  }
}

/** Mean of a field between two places, in nodes after `first`; nodes that lie there in part count in part. */
function meanBetween(field: Float64Array, first: number, from: number, to: number): number {
  let sum = 0;
  for (let i = Math.floor(from); i < to; i++)
    sum += field[first + i] * (Math.min(i + 1, to) - Math.max(i, from));
  return sum / (to - from);
}

/**
 * Exact exchange of heat between two lumps over a time: their difference decays exponentially, their common energy
 * stays. Stable and exact at any NTU, which a backward-Euler exchange is not.
 */

/**
 * Share of the initial difference that a lump of capacity `own` gains from one of capacity `other` in `dt`
 * through `conductance`; 0 where there is no conductance. Capacities J/K, conductance W/K.
 */
export function exchangeShare(own: number, other: number, conductance: number, dt: number): number {
  const total = own + other;
  return (-other / total) * Math.expm1((-conductance * dt * total) / (own * other));
}

/** Shares of one stream's two exchanges: fluid and inert liner, alloy and fluid; `own` gains, the other gives. */
export const SHARES_PER_STREAM = 4;

/**
 * One exchange along the chain liner–fluid–alloy–fluid–liner of every node of a cell, pair by pair in place; `forward`
 * from the first liner to the last, else backwards, so that one of each makes a symmetric step. Every pair conserves
 * energy to round-off.
 * @param shares per stream: [fluid gains from liner, liner gives, alloy gains from fluid, fluid gives]
 */
export function exchangeChain(
  liner0: Float64Array,
  fluid0: Float64Array,
  alloy: Float64Array,
  fluid1: Float64Array,
  liner1: Float64Array,
  from: number,
  count: number,
  shares: Float64Array,
  at: number,
  forward: boolean,
): void {
  const f0 = shares[at];
  const l0 = shares[at + 1];
  const a0 = shares[at + 2];
  const g0 = shares[at + 3];
  const f1 = shares[at + 4];
  const l1 = shares[at + 5];
  const a1 = shares[at + 6];
  const g1 = shares[at + 7];
  const end = from + count;
  if (forward) {
    for (let i = from; i < end; i++) {
      let w0 = liner0[i];
      let t0 = fluid0[i];
      let s = alloy[i];
      let t1 = fluid1[i];
      let w1 = liner1[i];
      let d = w0 - t0;
      t0 += f0 * d;
      w0 -= l0 * d;
      d = t0 - s;
      s += a0 * d;
      t0 -= g0 * d;
      d = t1 - s;
      s += a1 * d;
      t1 -= g1 * d;
      d = w1 - t1;
      t1 += f1 * d;
      w1 -= l1 * d;
      liner0[i] = w0;
      fluid0[i] = t0;
      alloy[i] = s;
      fluid1[i] = t1;
      liner1[i] = w1;
    }
  } else {
    for (let i = from; i < end; i++) {
      let w0 = liner0[i];
      let t0 = fluid0[i];
      let s = alloy[i];
      let t1 = fluid1[i];
      let w1 = liner1[i];
      let d = w1 - t1;
      t1 += f1 * d;
      w1 -= l1 * d;
      d = t1 - s;
      s += a1 * d;
      t1 -= g1 * d;
      d = t0 - s;
      s += a0 * d;
      t0 -= g0 * d;
      d = w0 - t0;
      t0 += f0 * d;
      w0 -= l0 * d;
      liner0[i] = w0;
      fluid0[i] = t0;
      alloy[i] = s;
      fluid1[i] = t1;
      liner1[i] = w1;
    }
  }
}

/**
 * Entropy that flows of heat within a bank produce: between alloy and fluid through the film, and between fluid and
 * inert wall. The engine exchanges heat exactly and keeps no such account, so the rates are taken from its state at the
 * end of a step: a flow of heat q from T₁ to T₂ produces q (1/T₂ − 1/T₁). Summed over steps they are of second order.
 */
import type { Bank } from '../../machine/bank.ts';
import { STREAMS } from '../../machine/flow-split.ts';
import { SHARES_PER_STREAM } from '../../numerics/exchange.ts';

/** W/K, all cells of the bank. */
export interface FilmEntropy {
  alloy: number;
  wall: number;
}

/** Rates at this moment, with the conductances of the last step. */
export function filmEntropy(bank: Bank): FilmEntropy {
  const { law, area, nodeLength, nodes, cells, multiplicity, flows, fluidK, linerK } = bank;
  const alloyCapacity = law.heatCapacity * area * nodeLength;
  const rates = { alloy: 0, wall: 0 };
  for (let cell = 0; cell < cells; cell++) {
    for (let side = 0; side < flows.passagesPerCell; side++) {
      const shares = SHARES_PER_STREAM * (STREAMS * cell + side);
      const perAlloy = relaxation(bank, shares + 2);
      const perFluid = relaxation(bank, shares);
      const toAlloy = perAlloy.own * alloyCapacity;
      // the fluid is the other lump of the alloy's pair and the own one of the wall's
      const fluidCapacity = perAlloy.other === 0 ? 0 : toAlloy / perAlloy.other;
      const toWall = perFluid.own * fluidCapacity;
      for (let i = cell * nodes; i < (cell + 1) * nodes; i++) {
        const fluid = fluidK[side][i];
        const [alloy, wall] = [law.temperature[i], linerK[side][i]];
        rates.alloy += (toAlloy * (fluid - alloy) ** 2) / (fluid * alloy);
        rates.wall += (toWall * (fluid - wall) ** 2) / (fluid * wall);
      }
    }
  }
  return { alloy: rates.alloy * multiplicity, wall: rates.wall * multiplicity };
}

/**
 * Heat conductance of a pair / capacity of either lump, 1/s, from the shares of its difference that the lumps exchange
 * in half a sub-step: together 1 − e^(−κ t), each in proportion to the other's capacity.
 */
function relaxation(bank: Bank, at: number): { own: number; other: number } {
  const [own, other] = [bank.halfShare[at], bank.halfShare[at + 1]];
  const both = own + other;
  if (both === 0) return { own: 0, other: 0 };
  const rate = -Math.log1p(-both) / (bank.subStepS / 2);
  return { own: (rate * own) / both, other: (rate * other) / both };
}

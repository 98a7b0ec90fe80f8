/** A single blow through a packed matrix from a step (Anzelius 1926, Schumann 1929), by the production kernels. */
import { SHARES_PER_STREAM, exchangeChain, exchangeShare } from '../../numerics/exchange.ts';
import { advect } from '../../numerics/van-leer.ts';
import { type Check, near } from './case.ts';

const NODES = 160;
const COURANT = 0.5;
/** Heat capacity of the fluid in the matrix / that of the matrix; and twice that. */
const HOLD_UP = 0.01;

/** NTU and, in shares of it, the reduced times: before, while and after the middle of the front leaves. */
const LENGTHS = [5, 10, 20, 40];
const TIMES = [0.5, 1, 1.5];

export function breakthroughChecks(): Check[] {
  return LENGTHS.flatMap((length) =>
    TIMES.map((share) => ({
      subject: 'breakthrough',
      name: `NTU ${length}, exit at reduced time ${share * length} (Anzelius-Schumann)`,
      reason:
        'relative to the step: splitting, (NTU of a node)²/24; and what two hold-ups leave of a front delayed by them, NTU hold-up²/8, twice',
      measure: () =>
        near(
          singleBlow(length, share * length),
          breakthrough(length, share * length),
          (length / NODES) ** 2 / 24 + (length * HOLD_UP ** 2) / 4,
          1,
        ),
    })),
  );
}

/**
 * Exit temperature of the fluid, 0 (matrix at the start) to 1 (inlet), at reduced length Λ = NTU and reduced time
 * η = h A t / (matrix heat capacity):  T = 1 − ∫₀^Λ e^(−ξ−η) I₀(2√(ξη)) dξ  (Simpson).
 */
export function breakthrough(length: number, time: number): number {
  const intervals = 2000;
  const h = length / intervals;
  const integrand = (x: number) =>
    Math.exp(-x - time + 2 * Math.sqrt(x * time)) * scaledBesselI0(2 * Math.sqrt(x * time));
  let sum = 0;
  for (let k = 0; k <= intervals; k++) {
    const weight = k === 0 || k === intervals ? 1 : k % 2 === 1 ? 4 : 2;
    sum += weight * integrand(k * h);
  }
  return 1 - (sum * h) / 3;
}

/** e^(−x) I₀(x) = (1/π) ∫₀^π e^(x (cos θ − 1)) dθ; the midpoint rule converges faster than any power of 1/n. */
function scaledBesselI0(x: number): number {
  const n = 64;
  let sum = 0;
  for (let k = 0; k < n; k++) sum += Math.exp(x * (Math.cos((Math.PI * (k + 0.5)) / n) - 1));
  return sum / n;
}

/** The same by advection and exchange, hold-up extrapolated to none from two small ones. */
export function singleBlow(length: number, time: number, nodes = NODES): number {
  return (
    2 * exitTemperature(length, time, HOLD_UP, nodes) - exitTemperature(length, time, 2 * HOLD_UP, nodes)
  );
}

/** @param holdUp heat capacity of the fluid in the matrix / heat capacity of the matrix */
function exitTemperature(length: number, time: number, holdUp: number, nodes: number): number {
  const alloy = new Float64Array(nodes);
  const fluid = new Float64Array(nodes);
  const idle = new Float64Array(nodes);
  // reduced time passes as h A t / C_matrix; in it the fluid crosses 1 / (Λ holdUp) matrix lengths
  const crossings = time / (length * holdUp);
  const steps = Math.ceil((crossings * nodes) / COURANT);
  const courant = (crossings * nodes) / steps;
  const share = exchangeShare(1, holdUp, 1, time / steps / 2);
  const shares = new Float64Array(2 * SHARES_PER_STREAM);
  shares[2] = share;
  shares[3] = share / holdUp;
  let exit = 0;
  for (let k = 0; k < steps; k++) {
    exchangeChain(idle, fluid, alloy, idle, idle, 0, nodes, shares, 0, true);
    exit = advect(fluid, 0, nodes, courant, 1);
    exchangeChain(idle, fluid, alloy, idle, idle, 0, nodes, shares, 0, false);
  }
  return exit;
}

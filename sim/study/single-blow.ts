/**
 * A single blow through a packed matrix from a step, by the production kernels and in closed form
 * (Anzelius 1926, Schumann 1929).
 */
import { SHARES_PER_STREAM, exchangeChain, exchangeShare } from '../numerics/exchange.ts';
import { advect } from '../numerics/van-leer.ts';

const NODES = 320;
const COURANT = 0.5;

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
export function singleBlow(length: number, time: number): number {
  return 2 * exitTemperature(length, time, 0.01) - exitTemperature(length, time, 0.02);
}

/** @param holdUp heat capacity of the fluid in the matrix / heat capacity of the matrix */
function exitTemperature(length: number, time: number, holdUp: number): number {
  const alloy = new Float64Array(NODES);
  const fluid = new Float64Array(NODES);
  const idle = new Float64Array(NODES);
  // reduced time passes as h A t / C_matrix; in it the fluid crosses 1 / (Λ holdUp) matrix lengths
  const crossings = time / (length * holdUp);
  const steps = Math.ceil((crossings * NODES) / COURANT);
  const courant = (crossings * NODES) / steps;
  const share = exchangeShare(1, holdUp, 1, time / steps / 2);
  const shares = new Float64Array(2 * SHARES_PER_STREAM);
  shares[2] = share;
  shares[3] = share / holdUp;
  let exit = 0;
  for (let k = 0; k < steps; k++) {
    exchangeChain(idle, fluid, alloy, idle, idle, 0, NODES, shares, 0, true);
    exit = advect(fluid, 0, NODES, courant, 1);
    exchangeChain(idle, fluid, alloy, idle, idle, 0, NODES, shares, 0, false);
  }
  return exit;
}

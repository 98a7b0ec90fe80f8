/**
 * Developed laminar flow in a ring, solved once when a machine is built: velocity in closed form, temperature by inverse
 * iteration on the energy equation (heated wall at one temperature, the other boundary adiabatic) in s = ln r, where
 * the radial Laplacian is a plain second derivative. Radii in units of the outer one.
 */

export interface RingFlow {
  /** Darcy friction factor times Reynolds number. */
  readonly frictionReynolds: number;
  /** Developed Nusselt number on the hydraulic diameter. */
  readonly nusselt: number;
  /** Velocity gradient at the heated wall in mean velocities per hydraulic diameter; 8 in a tube, 12 in a gap. */
  readonly wallGradient: number;
  /** Hydraulic diameter over the radius of the heated wall; positive where the wall is convex, as on a rod. */
  readonly wallCurvature: number;
}

/** Trapezoids across the ring; leaves an error of about 1e-5 in a ring of 0.05. */
const INTERVALS = 1000;
/** The second mode is at least four times as fast as the first, so that 25 rounds leave nothing of it. */
const ROUNDS = 25;
/** From here on a ring is a plane gap to within 1e-4, and round-off would grow. */
const FLATTEST = 0.9999;

/** Machines are often built of like banks, and again and again for a sweep; a ring takes 2 ms to solve. */
const REMEMBERED = 64;
const KNOWN = new Map<string, RingFlow>();

function remembered(ring: string, solveIt: () => RingFlow): RingFlow {
  let known = KNOWN.get(ring);
  if (known === undefined) {
    if (KNOWN.size >= REMEMBERED) KNOWN.clear();
    known = solveIt();
    KNOWN.set(ring, known);
  }
  return known;
}

/** Between two walls, one of them heated. @param ratio inner / outer radius, 0 to 1 */
export function ringBetweenWalls(ratio: number, heated: 'inner' | 'outer'): RingFlow {
  return remembered(`${heated} ${ratio}`, () => solveBetweenWalls(ratio, heated));
}

function solveBetweenWalls(ratio: number, heated: 'inner' | 'outer'): RingFlow {
  const inner = Math.log(Math.min(ratio, FLATTEST));
  const slope = Math.expm1(2 * inner) / inner;
  const velocity = (s: number): number => slope * s - Math.expm1(2 * s);
  const gradient = (s: number): number => Math.abs(slope - 2 * Math.exp(2 * s)) / Math.exp(s);
  const diameter = 2 * (1 - Math.exp(inner));
  return heated === 'inner'
    ? solve(inner, 0, velocity, gradient(inner), diameter)
    : solve(0, inner, velocity, gradient(0), diameter);
}

/**
 * Around a heated rod, with the outer circle free of friction and heat flow: a rod among its like, each in a circle of
 * the area of its cell. @param ratio rod / circle radius, 0 to 1
 */
export function ringAroundRod(ratio: number): RingFlow {
  return remembered(`rod ${ratio}`, () => solveAroundRod(ratio));
}

function solveAroundRod(ratio: number): RingFlow {
  const inner = Math.log(ratio);
  const square = ratio * ratio;
  const velocity = (s: number): number => 2 * (s - inner) - square * Math.expm1(2 * (s - inner));
  const gradient = (2 * (1 - square)) / ratio;
  return solve(inner, 0, velocity, gradient, gradient);
}

/**
 * @param wall s of the heated wall
 * @param far s of the adiabatic boundary
 * @param velocity four times the velocity under unit pressure gradient and viscosity
 * @param gradient of that velocity at the heated wall
 * @param diameter hydraulic
 */
function solve(
  wall: number,
  far: number,
  velocity: (s: number) => number,
  gradient: number,
  diameter: number,
): RingFlow {
  const step = (far - wall) / INTERVALS;
  const area = Float64Array.from({ length: INTERVALS + 1 }, (_, i) => Math.exp(2 * (wall + i * step)));
  const flow = area.map((a, i) => a * velocity(wall + i * step));
  const meanVelocity = integral(flow) / integral(area);
  let temperature = new Float64Array(INTERVALS + 1).fill(1);
  let flux = temperature;
  for (let round = 0; round < ROUNDS; round++) {
    const source = flow.map((f, i) => f * temperature[i]);
    flux = accumulate(source.toReversed()).toReversed();
    const next = accumulate(flux);
    const largest = next[INTERVALS];
    temperature = next.map((t) => t / largest);
    flux = flux.map((q) => q / largest);
  }
  // sums of spacing 1 stand for integrals of spacing `step`: two of them in the temperature, one in the flux
  const bulk = integral(flow.map((f, i) => f * temperature[i])) / integral(flow);
  const wallFlux = flux[0] / (Math.abs(step) * Math.exp(wall));
  const curvature = diameter / Math.exp(wall);
  return {
    frictionReynolds: (8 * diameter * diameter) / meanVelocity,
    nusselt: (wallFlux * diameter) / bulk,
    wallGradient: (gradient * diameter) / meanVelocity,
    wallCurvature: far > wall ? curvature : -curvature,
  };
}

/** Trapezoidal sum from the first node to each node, spacing 1. */
function accumulate(values: Float64Array): Float64Array<ArrayBuffer> {
  const sums = new Float64Array(values.length);
  for (let i = 1; i < values.length; i++) sums[i] = sums[i - 1] + (values[i - 1] + values[i]) / 2;
  return sums;
}

const integral = (values: Float64Array): number => accumulate(values)[values.length - 1];

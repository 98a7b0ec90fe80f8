/**
 * How much to cool from now on: a quadratic program over the horizon. What a wrong temperature is worth, what electricity
 * costs, and comfort as a soft bound; what is asked of the machine stays within what it can, and changes no faster than
 * allowed. Moves grow longer with their distance, as nobody needs the far ones exactly.
 */
import { solveQP } from 'quadprog';
import { type HouseOutlook } from './outlook.ts';
import { INPUT, STATE, houseModel } from './house-model.ts';

/** Lengths of the moves in shares of the horizon; they sum to 1. */
const MOVES = [1, 1, 2, 2, 4, 4, 8, 8, 12, 18].map((length) => length / 60);
const STEPS = 60;
/** Beyond comfort a squared kelvin costs so many times as much. */
const BEYOND = 20;
/** W² of change from move to move that costs as much as 1 K² of error for a step, by what such an error is worth. */
const CALM_W2 = 1e6;

export interface PlanSettings {
  readonly horizon_s: number;
  readonly comfort_K: number;
  readonly worth_W_per_K2: number;
}

export interface Wish {
  /** Of the observer. */
  readonly state: Float64Array;
  readonly setpoint_C: number;
  readonly outdoor_C: number;
  /** Watts that really are taken, for one by the outlook. All others here are by the outlook. */
  readonly yield: number;
  /** What the machine takes now, and goes on to take until a change takes hold where the next cycle begins. */
  readonly cooling_W: number;
  readonly delay_s: number;
  readonly least_W: number;
  readonly most_W: number;
  /** How far the cooling may move in a second. */
  readonly rate_W_per_s: number;
  /** Marginal electricity at no cooling, and how it rises. */
  readonly price: { readonly slope: number; readonly bend_per_W: number };
}

export type Planner = (wish: Wish) => number | null;

/** @returns how much to cool now, W; null where the program has no solution */
export function createPlanner(house: HouseOutlook, settings: PlanSettings): Planner {
  const step_s = settings.horizon_s / STEPS;
  const { A, B } = houseModel(house, true, step_s, 0);
  const ofOneWatt = moveResponse(A.to2DArray(), B.getColumn(INPUT.cooling));

  return (wish) => {
    const response = ofOneWatt.map((row) => row.map((value) => value * wish.yield));
    const free = freeAir(A.to2DArray(), B.to2DArray(), whereItBegins(house, wish), wish.outdoor_C);
    const { D, d } = objective(free, response, wish, settings, step_s);
    const { C, b } = constraints(free, response, wish, settings, step_s);
    const first = solve(D, d, C, b, wish.most_W);
    if (first === null) return null;
    return Math.min(wish.most_W, Math.max(wish.least_W, first));
  };
}

/**
 * The first move. The solver tells a constraint that is met from one that is not by rounding alone, so it is given moves
 * in shares of the most that the machine can, and costs near 1.
 */
function solve(
  D: readonly (readonly number[])[],
  d: readonly number[],
  C: readonly (readonly number[])[],
  b: readonly number[],
  unit_W: number,
): number | null {
  const scale = d.map((_, i) => (i < MOVES.length ? unit_W : 1));
  const cost = Math.max(...D.map((row, i) => Math.abs(row[i]) * scale[i] ** 2));
  const scaled = D.map((row, i) => row.map((value, j) => (value * scale[i] * scale[j]) / cost));
  const gradient = d.map((value, i) => (value * scale[i]) / cost);
  const columns = scale.map((by, i) => C.map((row) => row[i] * by));
  const { solution, message } = solveQP(fromOne(scaled), [0, ...gradient], fromOne(columns), [0, ...b]);
  const first = solution[1] * unit_W;
  return message === '' && Number.isFinite(first) ? first : null;
}

/** How the air moves at each step for one watt in each move, K/W, shape [step][move]. */
function moveResponse(A: readonly number[][], cooling: readonly number[]): number[][] {
  const rows = Array.from({ length: STEPS }, () => MOVES.map(() => 0));
  let end = 0;
  for (const [move, share] of MOVES.entries()) {
    const from = end;
    end = Math.round(from + share * STEPS);
    let x = cooling.map(() => 0);
    for (let k = 0; k < STEPS; k++) {
      x = times(A, x).map((value, i) => value + (k >= from && k < end ? cooling[i] : 0));
      rows[k][move] = x[STATE.air];
    }
  }
  return rows;
}

/** The house when the plan takes hold: what runs now runs until then. */
function whereItBegins(house: HouseOutlook, wish: Wish): number[] {
  const { A, B } = houseModel(house, true, wish.delay_s, 0);
  const input = [wish.yield * wish.cooling_W, wish.outdoor_C, 1];
  const forced = times(B.to2DArray(), input);
  return times(A.to2DArray(), [...wish.state]).map((value, i) => value + forced[i]);
}

/** The air without any cooling from there on, °C, shape [step]. */
function freeAir(
  A: readonly number[][],
  B: readonly number[][],
  from: readonly number[],
  outdoor_C: number,
): number[] {
  let x = [...from];
  return Array.from({ length: STEPS }, () => {
    x = times(A, x).map((value, i) => value + B[i][INPUT.outdoor] * outdoor_C + B[i][INPUT.one]);
    return x[STATE.air];
  });
}

const times = (A: readonly (readonly number[])[], x: readonly number[]): number[] =>
  A.map((row) => row.reduce((sum, value, j) => sum + value * x[j], 0));

/** min ½ xᵀDx − dᵀx; x are the moves, W, and how far comfort is left, K. In W·s of electricity. */
function objective(
  free: readonly number[],
  response: readonly number[][],
  wish: Wish,
  { worth_W_per_K2: worth }: PlanSettings,
  step_s: number,
) {
  const moves = MOVES.length;
  const D = Array.from({ length: moves + 1 }, () => Array.from({ length: moves + 1 }, () => 0));
  const d = Array.from({ length: moves + 1 }, () => 0);
  const weight = 2 * worth * step_s;
  for (const [k, row] of response.entries()) {
    for (let i = 0; i < moves; i++) {
      d[i] -= weight * row[i] * (free[k] - wish.setpoint_C);
      for (let j = 0; j < moves; j++) D[i][j] += weight * row[i] * row[j];
    }
  }
  const calm = weight / CALM_W2;
  for (const [i, share] of MOVES.entries()) {
    const long_s = share * STEPS * step_s;
    D[i][i] += wish.price.bend_per_W * long_s + calm;
    d[i] -= wish.price.slope * long_s;
    if (i === 0) d[0] += calm * wish.cooling_W;
    else {
      D[i - 1][i - 1] += calm;
      D[i][i - 1] -= calm;
      D[i - 1][i] -= calm;
    }
  }
  D[moves][moves] = BEYOND * weight * STEPS;
  return { D, d };
}

/** Rows of C x ≥ b. */
function constraints(
  free: readonly number[],
  response: readonly number[][],
  wish: Wish,
  { comfort_K }: PlanSettings,
  step_s: number,
) {
  const moves = MOVES.length;
  const C: number[][] = [];
  const b: number[] = [];
  const add = (row: readonly number[], slack: number, least: number): void => {
    C.push([...row, slack]);
    b.push(least);
  };
  const negated = (row: readonly number[]): number[] => row.map((value) => -value);
  add(
    MOVES.map(() => 0),
    1,
    0,
  );
  let end = 0;
  for (let i = 0; i < moves; i++) {
    const one = MOVES.map((_, j) => (j === i ? 1 : 0));
    add(one, 0, wish.least_W);
    add(negated(one), 0, -wish.most_W);
    const change = one.map((value, j) => (j === i - 1 ? -1 : value));
    const before_W = i === 0 ? wish.cooling_W : 0;
    const long_s = MOVES[Math.max(0, i - 1)] * STEPS * step_s;
    const most = wish.rate_W_per_s * long_s;
    add(change, 0, before_W - most);
    add(negated(change), 0, -before_W - most);
    end = Math.round(end + MOVES[i] * STEPS);
    const row = response[end - 1];
    const above = free[end - 1] - wish.setpoint_C;
    add(row, 1, -comfort_K - above);
    add(negated(row), 1, above - comfort_K);
  }
  return { C, b };
}

const fromOne = (rows: readonly (readonly number[])[]): number[][] => [[], ...rows.map((row) => [0, ...row])];

/** How long a regulator that looks ahead takes for a decision with a plan: observer, hull, quadratic program, recipe. */
import { createPredictive } from '../../controller/control/regulate/predict/predictive.ts';
import { TABLE, rigOf } from '../regulate/stand.ts';

const PLANS = 5000;
const SAMPLE_S = 4;

/** ms of wall time, plans alone. */
export function planSteps(): { readonly median_ms: number; readonly p99_ms: number } {
  const rig = rigOf('mpc');
  const { mpc } = rig.regulator;
  if (mpc === undefined || TABLE.outlook === undefined)
    throw new RangeError('the rig file has no regulator.mpc');
  const predictive = createPredictive(mpc, rig.limits, () => {});
  predictive.expect(TABLE.outlook);
  const times = Array.from({ length: PLANS }, (_, k) => {
    const device_s = k * SAMPLE_S;
    const room_C = 21.5 + 2 * Math.sin(device_s / 500);
    const fromMs = performance.now();
    predictive.look({
      device_s,
      cycle_number: 2 * k,
      phase: 0,
      room_C,
      cold_C: room_C - 2,
      outdoor_C: 31,
      lift_K: 12,
      setpoint_C: 21.5,
      running: { frequency_Hz: 0.5, strain_percent: 4.5, blow_flow_kg_per_s: 0.03 },
    });
    return performance.now() - fromMs;
  }).toSorted((a, b) => a - b);
  return { median_ms: times[PLANS >> 1], p99_ms: times[Math.floor(0.99 * PLANS)] };
}

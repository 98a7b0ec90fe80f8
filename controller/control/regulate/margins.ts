/** How far a loop is from swinging: gain and phase margin, and Ms, the peak of its sensitivity. */
import type { PidSettings } from './pid.ts';
import {
  type Complex,
  type ProcessModel,
  divide,
  frequencyResponse,
  modulus,
  multiply,
} from './process-model.ts';

export interface Margins {
  /** How often the gain may be multiplied; infinite where the phase never passes −180°. */
  readonly gain_margin: number;
  /** How much phase may be lost where the loop gain is 1, degrees. */
  readonly phase_margin_deg: number;
  /** max |1/(1 + L)|: 1/Ms is the distance of the Nyquist curve from −1. */
  readonly ms: number;
}

type LoopSettings = Pick<PidSettings, 'gain_U_per_K' | 'integral_s' | 'derivative_s' | 'derivative_filter'>;

/** Points a decade and decades around 1/θ (without one, around 1/Ti): steps of 1.2 %, over which the phase of a dead time moves < 1°. */
const POINTS = 200;
const DECADES_BELOW = 4;
const DECADES_ABOVE = 1;

/** `held_s`: dead time of sampling and of the mean over cycles, on top of the plant's own. */
export function margins(model: ProcessModel, settings: LoopSettings, held_s = 0): Margins {
  const plant = { ...model, dead_s: model.dead_s + held_s };
  const centre = 1 / (plant.dead_s > 0 ? plant.dead_s : Math.min(settings.integral_s, model.lag_s));
  let gain_margin = Infinity;
  let phase_margin_deg = Infinity;
  let ms = 1;
  let before: { readonly loop: Complex; readonly phase: number } | null = null;
  for (let i = -DECADES_BELOW * POINTS; i <= DECADES_ABOVE * POINTS; i++) {
    const loop = multiply(
      controller(settings, centre * 10 ** (i / POINTS)),
      frequencyResponse(plant, centre * 10 ** (i / POINTS)),
    );
    const phase = unwrap(Math.atan2(loop.im, loop.re), before?.phase ?? -Math.PI);
    ms = Math.max(ms, 1 / modulus({ re: 1 + loop.re, im: loop.im }));
    if (before !== null) {
      const gain = [modulus(before.loop), modulus(loop)] as const;
      const crossed = share(before.phase + Math.PI, phase + Math.PI);
      if (crossed !== null && before.phase > phase)
        gain_margin = Math.min(gain_margin, 1 / (gain[0] * (gain[1] / gain[0]) ** crossed));
      const unity = share(Math.log(gain[0]), Math.log(gain[1]));
      if (unity !== null)
        phase_margin_deg = Math.min(
          phase_margin_deg,
          (180 / Math.PI) * (before.phase + unity * (phase - before.phase) + Math.PI),
        );
    }
    before = { loop, phase };
  }
  return { gain_margin, phase_margin_deg, ms };
}

/** C(iω) of the feedback part, U/K. */
function controller(settings: LoopSettings, omega: number): Complex {
  const { gain_U_per_K: gain, integral_s, derivative_s, derivative_filter } = settings;
  const integral = { re: 1, im: -1 / (omega * integral_s) };
  const lag = { re: 1, im: (omega * derivative_s) / derivative_filter };
  const derivative = divide({ re: 0, im: omega * derivative_s }, lag);
  return { re: gain * (integral.re + derivative.re), im: gain * (integral.im + derivative.im) };
}

const unwrap = (angle: number, near: number): number =>
  angle - 2 * Math.PI * Math.round((angle - near) / (2 * Math.PI));

/** Where between them a straight line passes zero, 0 to 1; null where it does not. */
const share = (from: number, to: number): number | null =>
  from * to > 0 || from === to ? null : from / (from - to);

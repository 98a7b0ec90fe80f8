/**
 * One machine at many lifts: it is built once, and each lift starts from the steady state of the one before. Building
 * costs more than a point where many banks have their correlations solved; the steady state does not depend on where
 * it was started from.
 */
import type { DeviceConfig } from '../config/device-config.ts';
import { type OperatingPoint, type SteadyRun, measureCycle, runToSteadyState } from './operating-point.ts';
import { type SteadyStateOptions, toCyclicSteadyState } from './steady-state.ts';

/**
 * What `device` does at a lift, K, around its mean temperature; its own lift is not used.
 * Throws UserError on an impossible recipe.
 */
export function sweepLift(
  device: DeviceConfig,
  options: SteadyStateOptions = {},
): (liftK: number) => OperatingPoint {
  let last: SteadyRun | undefined;
  return (liftK) => {
    const operation = { ...device.operation, lift: liftK };
    last =
      last === undefined
        ? runToSteadyState({ ...device, operation }, options)
        : atOtherLift(last, liftK, options);
    return measureCycle(last);
  };
}

function atOtherLift(run: SteadyRun, liftK: number, options: SteadyStateOptions): SteadyRun {
  const { machine, schedule, device } = run;
  const { mean_temperature, ambient_temperature } = device.operation;
  const ports = {
    cold: mean_temperature - liftK / 2,
    hot: mean_temperature + liftK / 2,
    ambient: ambient_temperature,
  };
  return { ...run, ports, steady: toCyclicSteadyState(machine, schedule, ports, options) };
}

/**
 * Pressure around the circuit: the banks that a blow runs through, then valves and lines, against the pump. (How the
 * flow splits within a bank is the bank's own affair.)
 */
import type { DeviceConfig } from '../config/device-config.ts';
import type { Fluid } from '../fluid/fluid.ts';

/** Pressure drop over valves and lines in steady flow, Pa, for |volume flow| in m³/s. */
export function linePressure({ circuit, fluid: f }: DeviceConfig, fluid: Fluid, flow: number): number {
  const { line_length, line_diameter, valve_coefficient } = circuit;
  const q = Math.abs(flow);
  if (q === 0) return 0;
  const area = (Math.PI * line_diameter ** 2) / 4;
  const velocity = q / area;
  const reynolds = (fluid.density * velocity * line_diameter) / fluid.viscosityAt(f.reference_temperature);
  // Darcy factor: laminar, or Blasius for smooth pipes (3e3 < Re < 1e5)
  const friction = reynolds < 2300 ? 64 / reynolds : 0.316 * reynolds ** -0.25;
  return (
    (friction * line_length * fluid.density * velocity ** 2) / (2 * line_diameter) +
    (q / valve_coefficient) ** 2
  );
}

/** Pressure that accelerates the fluid in the lines, Pa, for dQ/dt in m³/s². */
export function inertancePressure({ circuit }: DeviceConfig, fluid: Fluid, flowChange: number): number {
  const area = (Math.PI * circuit.line_diameter ** 2) / 4;
  return (fluid.density * circuit.line_length * flowChange) / area;
}

/** What the pump can push at |volume flow| in m³/s, Pa: a parabola from its shut-off pressure to its free flow. */
export function pumpPressure({ circuit }: DeviceConfig, flow: number): number {
  return circuit.pump_shutoff_pressure * (1 - (flow / circuit.pump_free_flow) ** 2);
}

/**
 * The largest share of a wanted volume flow (m³/s) that the pump can push, 0 to 1.
 * @param resistance pressure drop of the circuit at a volume flow, Pa, growing with it
 */
export function pumpableShare(
  device: DeviceConfig,
  wanted: number,
  resistance: (flow: number) => number,
): number {
  const isEnough = (share: number) => pumpPressure(device, share * wanted) >= resistance(share * wanted);
  if (isEnough(1)) return 1;
  let [low, high] = [0, 1];
  // 2^-20 of the flow is far below any step of a valve
  for (let k = 0; k < 20; k++) {
    const middle = (low + high) / 2;
    if (isEnough(middle)) low = middle;
    else high = middle;
  }
  return low;
}

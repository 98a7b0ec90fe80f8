/**
 * Pressure around the circuit: the gaps of all cells side by side, then valves and lines. The flow splits so that
 * every gap sees the same pressure drop; a gap's share goes with its width cubed, so the strain of the tubes steers
 * the flow.
 */
import type { DeviceConfig } from '../config/device-config.ts';
import type { Fluid } from '../fluid/properties.ts';

/** Pressure drop over valves and lines in steady flow, Pa, for |volume flow| in m³/s. */
export function linePressure(config: DeviceConfig, fluid: Fluid, flow: number): number {
  const { line_length, line_diameter, valve_coefficient } = config.circuit;
  const q = Math.abs(flow);
  if (q === 0) return 0;
  const area = (Math.PI * line_diameter ** 2) / 4;
  const velocity = q / area;
  const reynolds = (fluid.density * velocity * line_diameter) / fluid.viscosity;
  // Darcy factor: laminar, or Blasius for smooth pipes (3e3 < Re < 1e5)
  const friction = reynolds < 2300 ? 64 / reynolds : 0.316 * reynolds ** -0.25;
  return (
    (friction * line_length * fluid.density * velocity ** 2) / (2 * line_diameter) +
    (q / valve_coefficient) ** 2
  );
}

/** Pressure that accelerates the fluid in the lines, Pa, for dQ/dt in m³/s². */
export function inertancePressure(config: DeviceConfig, fluid: Fluid, flowChange: number): number {
  const area = (Math.PI * config.circuit.line_diameter ** 2) / 4;
  return (fluid.density * config.circuit.line_length * flowChange) / area;
}

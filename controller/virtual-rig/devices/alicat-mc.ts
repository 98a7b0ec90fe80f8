/**
 * Alicat MC mass flow controller, from the Serial Communications Primer (revision 2, February 2023) and the MC manual:
 * the unit's letter alone polls a frame of pressure, temperature, volumetric and mass flow, set-point and gas; letter
 * and S set the set-point and are answered by a frame, `VE` by firmware and date. An unknown command is answered `?`.
 */
import type { MakeSimulator } from './simulator.ts';

const FULL_SCALE = 20;

export const alicatMc: MakeSimulator = ({ plant, address }) => {
  const own = String(address);
  let setpoint = 0;

  const number = (value: number): string =>
    (value < 0 ? '-' : '+') + Math.abs(value).toFixed(2).padStart(6, '0');

  function frame(): string {
    const flow = plant.get('flow_L_per_min');
    const values = [plant.get('pressure_psi'), plant.get('temperature_C'), flow, flow, setpoint].map(number);
    return [own, ...values, 'Air', ...(flow > 1.28 * FULL_SCALE ? ['MOV'] : [])].join(' ');
  }

  function obey(command: string): string {
    const text = command.toUpperCase();
    if (text === '') return frame();
    if (text === 'VE') return `${own}   8v17.0-R23 Nov 12 2019,11:03:14`;
    const wanted = /^S ?(\d+(?:\.\d+)?)$/.exec(text);
    if (wanted === null || Number(wanted[1]) > FULL_SCALE * 1.001) return '?';
    setpoint = Number(wanted[1]);
    plant.set('setpoint_L_per_min', setpoint);
    return frame();
  }

  return {
    kind: 'line',
    terminatorIn: '\r',
    terminatorOut: '\r',
    answer: (line) => (line[0]?.toUpperCase() === own ? obey(line.slice(1)) : null),
  };
};

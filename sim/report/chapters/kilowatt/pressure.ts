/** What pushing the fluid takes. */
import { inertancePressure } from '../../../machine/hydraulics.ts';
import { workingFluid } from '../../../machine/machine.ts';
import type { Block, ChapterContext } from '../../chapter.ts';
import { INK, PALETTE } from '../../svg.ts';
import { type Interval, bandOf, interval } from '../band.ts';
import { type Curve, type CurveFamily, type Ensemble, PUBLISHED, curveFamily, valuesOf } from './ensemble.ts';
import { panels } from './panels.ts';
import { drawing, figure, heading, paragraph, range } from '../words.ts';
import { operatingPoints } from '../../../study/operating-points.ts';

const FLOWS_KG_PER_S = [0.02, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4];
const [COLOR] = PALETTE;

const pressure = (curve: Curve): number[] => valuesOf(curve, (point) => point.pressure_drop_bar);
const pump = (curve: Curve): number[] => valuesOf(curve, (point) => point.pump_power_W);

export async function pressureBlocks(context: ChapterContext, ensemble: Ensemble): Promise<Block[]> {
  const machines = [ensemble.preset, ...ensemble.members.map(({ value }) => value)];
  const [family, own] = await Promise.all([
    curveFamily(context, ensemble, FLOWS_KG_PER_S, (x) => ({ 'recipe.blow_flow': x })),
    context.run(
      operatingPoints,
      machines.map((machine) => ({ machine, points: [{}] })),
    ),
  ]);
  const { device } = context.load(ensemble.preset);
  const fittedFlow = device.recipe.blow_flow;
  const fluid = workingFluid(device);
  const flowChange = fittedFlow / fluid.density / device.circuit.valve_switch_time;
  const inertance = inertancePressure(device, fluid, flowChange) / 1e5;
  const ownInterval = (values: (curve: Curve) => number[]): Interval =>
    interval(ensemble.members.map(({ weight }, k) => ({ value: values(own[k + 1])[0], weight })));
  const { x } = family;
  const svg = panels([
    {
      title: 'Highest pressure drop around the circuit within a cycle',
      x: { label: '', unit: '', domain: [0, 0.4] },
      y: { label: 'pressure drop', unit: 'bar' },
      series: [
        { kind: 'band', color: COLOR, x, ...bandFrom(family, pressure) },
        { kind: 'line', color: COLOR, x, y: pressure(family.preset) },
        { kind: 'points', color: COLOR, x: [fittedFlow], y: pressure(own[0]) },
        {
          kind: 'line',
          label: 'published: system pressure below 1.5 bar',
          color: INK,
          dash: 'short',
          x: [0, 0.4],
          y: [PUBLISHED.pressure_bar, PUBLISHED.pressure_bar],
        },
      ],
      height: 330,
    },
    {
      title: 'Electricity of the pump, mean over a cycle',
      x: { label: 'flow of a blow', unit: 'kg/s', domain: [0, 0.4] },
      y: { label: 'pump power', unit: 'W' },
      series: [
        { kind: 'band', label: 'members, 5 to 95 %', color: COLOR, x, ...bandFrom(family, pump) },
        { kind: 'line', label: 'preset', color: COLOR, x, y: pump(family.preset) },
        { kind: 'points', label: 'flow fitted to 1,284 W', color: COLOR, x: [fittedFlow], y: pump(own[0]) },
      ],
      height: 370,
    },
  ]);
  return [
    heading('What does pushing the fluid take?'),
    paragraph(
      `At the fitted flow the fluid needs ${figure(pressure(own[0])[0], 2)} bar at the worst moment of the cycle (members, each at ` +
        `its own flow: ${range(ownInterval(pressure), 2)} bar) and ${figure(pump(own[0])[0])} W of electricity at the pump ` +
        `(${range(ownInterval(pump))} W), little beside the drive. Published is that the system pressure stays below 1.5 bar: ` +
        `that is the pressure the machine stands under, at no stated flow and not a pressure drop. The model's drop lies below ` +
        `it, which is consistent and proves no more. ${figure(inertance, 2)} bar of it accelerate the fluid in ` +
        `the lines while valves switch (assumed: ${figure(1e3 * device.circuit.valve_switch_time)} ms).`,
    ),
    drawing(
      'kilowatt-pressure',
      'Pressure drop and pump power of the kilowatt machine over the flow of a blow, at 3.5 Hz and zero lift: preset with the ' +
        'band of the members (5 % to 95 %). The drop is that of cells, valves and lines and of accelerating the fluid when ' +
        'valves switch; lines, valves and pump efficiency (0.4) are assumed. Dotted line: published upper bound of the system ' +
        'pressure, a consistency check.',
      svg,
    ),
  ];
}

function bandFrom({ members }: CurveFamily, values: (curve: Curve) => number[]) {
  return bandOf(members.map((member) => ({ ...member, value: values(member.value) })));
}

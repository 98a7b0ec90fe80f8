/** The wall of this page: its charts in the address, the channels there are, and what was refused last. */
import { computed, signal } from '@preact/signals';
import { linked } from '../address.ts';
import { CURVE_LOOKS } from '../colour/curve-colours.ts';
import { t } from '../language.ts';
import { hello, telemetry } from '../session.ts';
import { channelList, type ChannelSeries } from '../store/channel-list.ts';
import {
  colourFor,
  countChannels,
  type Layout,
  layoutCodec,
  MOST_CHANNELS,
  MOST_CHARTS,
  MOST_UNITS,
  unitsOf,
  withChannel,
} from './layout.ts';

let tables = 0;
/** What a device streams is known from its `hello` on. */
const known = computed(() => {
  void hello.value;
  const list = channelList(telemetry);
  return { list, byId: new Map(list.map((one) => [one.id, one])), table: ++tables };
});
export const series = computed(() => known.value.list);
export const seriesOf = (id: string): ChannelSeries | undefined => known.value.byId.get(id);
/** Another number where the channels are others, or kept elsewhere. */
export const tableNumber = (): number => known.value.table;

/** What a stranger sees first: does it cool, what does it take, and the cycle that does it. */
const FIRST: Layout = [
  ['tick.room_C', 'tick.setpoint_C', 'tick.cold_inlet_C', 'tick.hot_inlet_C'],
  ['cycle.cooling_power_W', 'cycle.mechanical_power_W', 'cycle.cop_system'],
  ['waveform.stress_MPa', 'waveform.strain_percent'],
  ['waveform.cold_outlet_C', 'waveform.hot_outlet_C', 'waveform.cell_1_C', 'waveform.cell_10_C'],
].map((ids) => ids.map((id, colour) => ({ id, colour })));

export const wall = linked<Layout>('charts', FIRST, layoutCodec);
/** Why the last channel could not be put where it was wanted. */
export const refusal = signal<{ readonly chart: number; readonly sentence: string } | null>(null);

export const unitsOn = (chart: number): readonly string[] =>
  unitsOf((wall.value[chart] ?? []).flatMap(({ id }) => seriesOf(id)?.unit ?? []));

const unitWord = (unit: string): string => (unit === '' ? t('no unit') : unit);

function whyNot(chart: number, { id, title, unit }: ChannelSeries): string | null {
  if (wall.peek()[chart].some((placed) => placed.id === id))
    return t('{{title}} is on this chart already.', { title });
  const units = unitsOn(chart);
  if (!units.includes(unit) && units.length >= MOST_UNITS)
    return t(
      '{{title}} is in {{unit}}; this chart shows {{shown}} already, and has one axis to each side. Put it on another chart.',
      {
        title,
        unit: unitWord(unit),
        shown: units.map(unitWord).join(t(' and ')),
      },
    );
  if (countChannels(wall.peek()) >= MOST_CHANNELS)
    return t('{{most}} channels are on the wall already; take one away first.', { most: MOST_CHANNELS });
  return null;
}

export function place(chart: number, id: string): void {
  const channel = seriesOf(id);
  if (channel === undefined) return;
  const sentence = whyNot(chart, channel);
  refusal.value = sentence === null ? null : { chart, sentence };
  if (sentence !== null) return;
  const layout = wall.peek();
  wall.value = withChannel(layout, chart, { id, colour: colourFor(layout, chart, id, CURVE_LOOKS) });
}

export function addChart(): void {
  if (wall.peek().length < MOST_CHARTS) wall.value = [...wall.peek(), []];
}

export function change(next: Layout): void {
  refusal.value = null;
  wall.value = next;
}

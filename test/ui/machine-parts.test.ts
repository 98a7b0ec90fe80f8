/** The parts of the drawing: every channel and interlock they speak of exists, and alarms find the part they are about. */
import { describe, expect, it } from 'vitest';
import { INTERLOCKS } from '../../controller/control/safety/limits.ts';
import { CHANNELS } from '../../controller/wire/channels.ts';
import { faultsOf, PART_IDS, partsOf } from '../../ui/machine/alarm-parts.ts';
import { exaggeration } from '../../ui/machine/exaggeration.ts';
import { headroom } from '../../ui/machine/headroom.ts';
import { NARROW, WIDE } from '../../ui/machine/geometry.ts';
import { WALL } from '../../ui/machine/geometry-wall.ts';
import { pageGlobals } from './page-globals.ts';
import { layoutCodec, MOST_UNITS } from '../../ui/wall/layout.ts';

const { partSpec, wallText } = await import('../../ui/machine/catalogue.ts');

const CHANNEL_UNITS: ReadonlyMap<string, string> = new Map(
  Object.entries(CHANNELS).flatMap(([group, list]) =>
    list.map(({ name, unit }) => [`${group}.${name}`, unit] as const),
  ),
);
const fault = (key: string, sentence: string) => ({ key, sentence });

describe('the parts of the drawing', () => {
  it('speak of channels and interlocks that exist, in their units', () => {
    expect(pageGlobals.location.hash).toBe('');
    const keys = new Set(INTERLOCKS.map(({ key }) => key));
    for (const id of PART_IDS) {
      const { channels, limits } = partSpec(id);
      for (const channel of channels) expect(CHANNEL_UNITS.has(channel), `${id}: ${channel}`).toBe(true);
      for (const { key, now, ofCycle, unit } of limits) {
        expect(keys.has(key), key).toBe(true);
        expect(CHANNEL_UNITS.get(now)).toBe(unit);
        if (ofCycle !== null) expect(CHANNEL_UNITS.get(ofCycle)).toBe(unit);
      }
    }
  });

  it('lead to charts that the view of the channels takes whole', () => {
    for (const id of PART_IDS) {
      const channels = partSpec(id).channels.map((channel) => ({
        id: channel,
        unit: CHANNEL_UNITS.get(channel) ?? '',
      }));
      const layout = layoutCodec.read(wallText(channels)) ?? [];
      expect(
        layout
          .flat()
          .map((placed) => placed.id)
          .toSorted(),
      ).toEqual(channels.map((channel) => channel.id).toSorted());
      for (const chart of layout)
        expect(new Set(chart.map((placed) => CHANNEL_UNITS.get(placed.id))).size).toBeLessThanOrEqual(
          MOST_UNITS,
        );
    }
  });

  it('are found by the alarms that are about them', () => {
    expect(
      partsOf(fault('over_temperature', 'Cell 10 is at 71 °C, allowed 70 °C: too little flow.')),
    ).toEqual(['cell-10']);
    expect(partsOf(fault('device_over_temperature', 'The device tripped.'))).toHaveLength(10);
    expect(partsOf(fault('lost_link', 'No valid reply for 500 ms.'))).toEqual(['electronics']);
    expect(partsOf(fault('frozen_sensor', 'pressure_bar has read exactly 1 for 10 cycles.'))).toEqual([
      'pumps',
    ]);
    expect(partsOf(fault('of_the_rig_file', 'cell_3_C is 60, allowed 50.'))).toEqual(['cell-3']);
    expect(partsOf(fault('of_the_rig_file', 'Cell 11 is somewhere else.'))).toEqual(['machine']);
  });

  it('leave out no alarm: whatever is listed stands at some part', () => {
    for (const { key } of INTERLOCKS) expect(partsOf(fault(key, '')).length, key).toBeGreaterThan(0);
    const listed = {
      ...fault('no_flow', 'Flow 0.01 kg/s'),
      remedy: '',
      action: 'stop' as const,
      firstOut: true,
      bypassed: false,
      atS: 1,
      isPresent: true,
      acknowledged: null,
    };
    expect(faultsOf('pumps', [listed])).toEqual([listed]);
    expect(faultsOf('house', [listed])).toEqual([]);
  });
});

describe('the distance to a limit', () => {
  it('counts from the graver of now and the last cycle, and absence is no reading', () => {
    expect(headroom({ isFloor: false }, 900, [100, 850]).left).toBe(50);
    expect(headroom({ isFloor: true }, 2, [20, 5, Number.NaN]).left).toBe(3);
    expect(headroom({ isFloor: false }, 1.5, [1.75]).left).toBe(-0.25);
    expect(headroom({ isFloor: false }, 900, [Number.NaN]).left).toBeNaN();
  });
});

describe('the scale of the drawing', () => {
  it('says how many times too large the stroke is drawn', () => {
    // 45 mm are 4.5 % of a metre; 1 px/mm on 520 px shows 8.65 % for them
    expect(exaggeration(WALL, 45, 4.5)).toBeCloseTo(45 / 520 / 0.045, 9);
    expect(exaggeration(WALL, 45, 0)).toBeNaN();
    expect(exaggeration(WALL, Number.NaN, 4.5)).toBeNaN();
  });

  it('keeps every box inside the picture', () => {
    for (const g of [WIDE, NARROW, WALL]) {
      for (const { x, y, width, height } of [
        g.train,
        g.frame,
        g.actuator,
        g.outdoors,
        g.house,
        g.electronics,
        g.legend,
      ]) {
        expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
        expect(x + width).toBeLessThanOrEqual(g.width);
        expect(y + height).toBeLessThanOrEqual(g.height);
      }
    }
  });
});

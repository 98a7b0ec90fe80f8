/**
 * The numbers in the drawing, a few times a second. Numbers that swing would be unreadable: while the machine cycles they
 * are means or peaks of the last whole cycle.
 */
import { t } from '../language.ts';
import { dataAgeMs, isCycling } from '../live-values.ts';
import { state, telemetry } from '../session.ts';
import {
  CELL_INDEXES,
  COLD_OUT_MEAN,
  HOT_OUT_MEAN,
  cellColumn,
  cycleColumn,
  tickColumn,
} from '../store/telemetry.ts';
import { ABSENT, fixed } from '../store/text.ts';
import { span } from '../time-words.ts';
import { textShown, unitShown } from '../units.ts';
import type { Scene } from './scene.ts';

const ROOM = tickColumn('room_C');
const OUTDOOR = tickColumn('outdoor_C');
const SETPOINT = tickColumn('setpoint_C');
const FORCE = tickColumn('force_kN');
const STROKE = tickColumn('stroke_mm');
const PRESSURE = tickColumn('pressure_bar');
const PEAK_FORCE = cycleColumn('peak_force_kN');
const PEAK_STROKE = cycleColumn('peak_stroke_mm');
const PEAK_PRESSURE = cycleColumn('peak_pressure_bar');
const COOLING = cycleColumn('cooling_power_W');
const COP = cycleColumn('cop_system');
const LIFT = cycleColumn('temperature_lift_K');

const withUnit = (value: number, unit: string, decimals: number): string =>
  `${textShown(value, unit, decimals)} ${unitShown(unit)}`;

function linkText(): string {
  const link = state.value?.proof.link;
  if (link === undefined) return ABSENT;
  if (link === 'up') return t('link up, {{age}} old', { age: span(dataAgeMs()) });
  return link === 'syncing' ? t('link syncing') : t('link down');
}

/** Text by the `data-part` it stands in. */
export function textsOf(scene: Scene): Readonly<Record<string, string>> {
  const { latest } = telemetry;
  const cycling = isCycling();
  const either = (ofCycle: number, now: number): number => (cycling ? telemetry.lastCycle(ofCycle) : now);
  const texts: Record<string, string> = {
    roomText: textShown(latest[ROOM], '°C', 1),
    setText: t('set {{value}}', { value: withUnit(latest[SETPOINT], '°C', 1) }),
    outdoorText: withUnit(latest[OUTDOOR], '°C', 1),
    hotInText: withUnit(scene.hotInC, '°C', 1),
    coldInText: withUnit(scene.coldInC, '°C', 1),
    hotOutText: withUnit(either(HOT_OUT_MEAN, scene.hotOutC), '°C', 1),
    coldOutText: withUnit(either(COLD_OUT_MEAN, scene.coldOutC), '°C', 1),
    forceWord: cycling ? t('peak force') : t('force'),
    strokeWord: cycling ? t('peak stroke') : t('stroke'),
    pressureWord: cycling ? t('peak pressure drop') : t('pressure drop'),
    forceText: `${fixed(either(PEAK_FORCE, latest[FORCE]), 1)} kN`,
    strokeText: `${fixed(either(PEAK_STROKE, latest[STROKE]), 1)} mm`,
    pressureText: withUnit(either(PEAK_PRESSURE, latest[PRESSURE]), 'bar', 2),
    coolingText: withUnit(either(COOLING, Number.NaN), 'W', 0),
    copText: fixed(either(COP, Number.NaN), 2),
    liftText: `${fixed(either(LIFT, Number.NaN), 1)} K`,
    linkText: linkText(),
  };
  for (const cell of CELL_INDEXES)
    texts[`cell-text-${cell}`] = textShown(either(cellColumn(cell, 'mean'), scene.cellC[cell]), '°C', 1);
  return texts;
}

export function writeTexts(svg: SVGSVGElement, scene: Scene): void {
  for (const [part, text] of Object.entries(textsOf(scene))) {
    const element = svg.querySelector(`[data-part="${part}"]`);
    if (element !== null && element.textContent !== text) element.textContent = text;
  }
}

/** Moves and colours the parts of the drawing, every frame, and only what changed. */
import { shadeOf, type Theme } from '../colour/temperature-scale.ts';
import { CELL_INDEXES } from '../store/telemetry.ts';
import { theme } from '../theme.ts';
import type { Geometry, PipeName } from './geometry.ts';
import type { Scene } from './scene.ts';

/** Flow at which dashes move at `DASH_PX_PER_S`. */
const NOMINAL_KG_PER_S = 0.25;
const DASH_PX_PER_S = 90;
const PUMP_DEGREES_PER_S = 540;
/** Below this the valves count as shut. */
const LEAST_FLOW_KG_PER_S = 0.002;

/** Which dashes move with which blow. */
const BOTH_WAYS = ['hot-manifold', 'cold-manifold', 'hot-taps', 'cold-taps'];
const HOT_BLOW = ['in-of-hot-blow', 'out-of-hot-blow'];
const COLD_BLOW = ['in-of-cold-blow', 'out-of-cold-blow'];

/** An element and the last value written to it. */
class Written {
  readonly #element: SVGElement | null;
  readonly #attribute: string;
  #last = '';

  constructor(element: SVGElement | null, attribute: string) {
    this.#element = element;
    this.#attribute = attribute;
  }

  set(value: string): void {
    if (value === this.#last) return;
    this.#last = value;
    this.#element?.setAttribute(this.#attribute, value);
  }
}

export class Animation {
  readonly #g: Geometry;
  readonly #cells: readonly Written[];
  readonly #inks: readonly Written[];
  readonly #numberInks: readonly Written[];
  readonly #fluids: Record<string, Written>;
  readonly #house: Written;
  readonly #houseInk: Written;
  readonly #train: Written;
  readonly #rod: Written;
  readonly #bothWays: readonly Written[];
  readonly #hotBlow: readonly Written[];
  readonly #coldBlow: readonly Written[];
  readonly #hotShown: readonly Written[];
  readonly #coldShown: readonly Written[];
  readonly #anyShown: readonly Written[];
  readonly #valves: Readonly<Record<'hot' | 'cold', readonly Written[]>>;
  readonly #impellers: Readonly<Record<'hot' | 'cold', Written>>;
  readonly #force: Written;
  readonly #turns = { hot: 0, cold: 0 };
  #travelPx = 0;
  #previousMs = 0;

  constructor(svg: SVGSVGElement, g: Geometry) {
    this.#g = g;
    const part = (name: string) => svg.querySelector<SVGElement>(`[data-part="${name}"]`);
    const flow = (names: readonly string[], attribute: string) =>
      names.map((name) => new Written(svg.querySelector<SVGElement>(`[data-flow="${name}"]`), attribute));
    this.#cells = CELL_INDEXES.map((cell) => new Written(part(`cell-${cell}`), 'fill'));
    this.#inks = CELL_INDEXES.map((cell) => new Written(part(`cell-text-${cell}`), 'fill'));
    this.#numberInks = CELL_INDEXES.map((cell) => new Written(part(`cell-number-${cell}`), 'fill'));
    const strokes = [
      'coldIn',
      'coldOut',
      'hotIn',
      'hotOut',
      'hotManifold',
      'coldManifold',
      'hotTaps',
      'coldTaps',
    ];
    this.#fluids = Object.fromEntries(
      [...strokes, 'hotExchanger', 'coldExchanger'].map((name) => [name, new Written(part(name), 'stroke')]),
    );
    this.#house = new Written(part('house'), 'fill');
    this.#houseInk = new Written(part('houseInk'), 'fill');
    this.#train = new Written(part('train'), 'transform');
    this.#rod = new Written(part('rod'), 'transform');
    this.#bothWays = flow(BOTH_WAYS, 'stroke-dashoffset');
    this.#hotBlow = flow(HOT_BLOW, 'stroke-dashoffset');
    this.#coldBlow = flow(COLD_BLOW, 'stroke-dashoffset');
    this.#hotShown = flow(HOT_BLOW, 'opacity');
    this.#coldShown = flow(COLD_BLOW, 'opacity');
    this.#anyShown = flow(BOTH_WAYS, 'opacity');
    const valve = (name: PipeName) => new Written(svg.querySelector(`[data-valve="${name}"]`), 'data-open');
    const impeller = (side: string) => new Written(svg.querySelector(`[data-pump="${side}"]`), 'transform');
    this.#valves = { hot: [valve('coldIn'), valve('hotOut')], cold: [valve('hotIn'), valve('coldOut')] };
    this.#impellers = { hot: impeller('hot'), cold: impeller('cold') };
    this.#force = new Written(part('force'), 'd');
  }

  /** `limitMPa` is the stress at which the arrow of the force has its whole length. */
  apply(scene: Scene, roomC: number, limitMPa: number, nowMs: number): void {
    const shade = theme.peek();
    for (const cell of CELL_INDEXES) {
      const { fill, ink } = shadeOf(shade, scene.cellC[cell]);
      this.#cells[cell].set(fill);
      this.#inks[cell].set(ink);
      this.#numberInks[cell].set(ink);
    }
    const room = shadeOf(shade, roomC);
    this.#house.set(room.fill);
    this.#houseInk.set(room.ink);
    this.#colourFluids(scene, shade);
    this.#moveTrain(scene);
    this.#force.set(arrow((this.#g.force.length * scene.stressMPa) / limitMPa));
    this.#moveFlow(scene, nowMs);
  }

  /** A manifold holds what passes through it: what comes out of the cells in one blow, what goes in in the other. */
  #colourFluids(scene: Scene, shade: Theme): void {
    const hotBlow = scene.flowKgPerS >= 0;
    const hotC = hotBlow ? scene.hotOutC : scene.hotInC;
    const coldC = hotBlow ? scene.coldInC : scene.coldOutC;
    const fluid = (name: string, celsius: number) => this.#fluids[name].set(shadeOf(shade, celsius).fill);
    fluid('hotManifold', hotC);
    fluid('hotTaps', hotC);
    fluid('coldManifold', coldC);
    fluid('coldTaps', coldC);
    fluid('hotIn', scene.hotInC);
    fluid('hotOut', scene.hotOutC);
    fluid('coldIn', scene.coldInC);
    fluid('coldOut', scene.coldOutC);
    fluid('hotExchanger', scene.hotInC);
    fluid('coldExchanger', scene.coldInC);
  }

  #moveTrain(scene: Scene): void {
    const strokePx = Number.isNaN(scene.strokeMm) ? 0 : scene.strokeMm * this.#g.pxPerMm;
    const { x, width } = this.#g.train;
    const shortened = 1 - strokePx / width;
    // The end at the frame stands still.
    this.#train.set(`matrix(${shortened.toFixed(4)} 0 0 1 ${((x + width) * (1 - shortened)).toFixed(2)} 0)`);
    this.#rod.set(`translate(${strokePx.toFixed(2)} 0)`);
  }

  #moveFlow(scene: Scene, nowMs: number): void {
    const elapsedS = Math.min(0.1, (nowMs - this.#previousMs) / 1000);
    this.#previousMs = nowMs;
    const flow = Math.abs(scene.flowKgPerS) > LEAST_FLOW_KG_PER_S ? scene.flowKgPerS : 0;
    for (const valve of this.#valves.hot) valve.set(flow > 0 ? '1' : '0');
    for (const valve of this.#valves.cold) valve.set(flow < 0 ? '1' : '0');
    if (scene.isStill) return;
    // The pump of the loop that the fluid comes from: the cold one in a hot blow.
    this.#turn('cold', Math.max(0, flow), elapsedS);
    this.#turn('hot', Math.max(0, -flow), elapsedS);
    this.#travelPx = (this.#travelPx + (elapsedS * DASH_PX_PER_S * flow) / NOMINAL_KG_PER_S) % 2400;
    const offset = (-this.#travelPx).toFixed(1);
    const backwards = this.#travelPx.toFixed(1);
    for (const dash of this.#bothWays) dash.set(offset);
    // Those of the other blow are not seen; they are in step again before they are.
    if (flow > 0) for (const dash of this.#hotBlow) dash.set(offset);
    if (flow < 0) for (const dash of this.#coldBlow) dash.set(backwards);
    show(this.#anyShown, flow !== 0);
    show(this.#hotShown, flow > 0);
    show(this.#coldShown, flow < 0);
  }

  #turn(side: 'hot' | 'cold', flow: number, elapsedS: number): void {
    const turned = this.#turns[side] + (elapsedS * PUMP_DEGREES_PER_S * flow) / NOMINAL_KG_PER_S;
    this.#turns[side] = turned % 360;
    this.#impellers[side].set(`rotate(${this.#turns[side].toFixed(1)})`);
  }
}

const HEAD_PX = 8;
const LEAST_ARROW_PX = 1;

/** From left to right, with its tip at `length`; none where nothing presses or nothing was read. */
function arrow(length: number): string {
  if (!(length >= LEAST_ARROW_PX)) return '';
  const neck = Math.max(0, length - HEAD_PX).toFixed(1);
  return `M0 -2.5 H${neck} V-6 L${length.toFixed(1)} 0 L${neck} 6 V2.5 H0 Z`;
}

function show(parts: readonly Written[], visible: boolean): void {
  for (const part of parts) part.set(visible ? '1' : '0');
}

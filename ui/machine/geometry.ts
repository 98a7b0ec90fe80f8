/**
 * Where the parts of the drawing stand, in three arrangements: side by side in a panel among others, stacked on a phone
 * so that numbers stay legible, and (`geometry-wall.ts`) with everything there is to say where the drawing has the page. The load train hangs on the frame at its right end; the actuator shortens it
 * from the left.
 */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export type PipeName = 'hotOut' | 'hotIn' | 'coldOut' | 'coldIn';

/** A pipe between a manifold and an exchanger, drawn in its one direction of flow. */
interface Pipe {
  readonly d: string;
  readonly label: Point;
  readonly anchor: 'start' | 'middle' | 'end';
}

export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

export interface Geometry {
  readonly width: number;
  readonly height: number;
  readonly train: Box;
  readonly frame: Box;
  readonly actuator: Box;
  readonly hotManifoldY: number;
  readonly coldManifoldY: number;
  /** Both manifolds reach from here to there. */
  readonly manifold: readonly [fromX: number, toX: number];
  readonly pipeWidth: number;
  readonly pipes: Record<PipeName, Pipe>;
  readonly outdoors: Box & { readonly name: Point; readonly value: Point };
  readonly hotExchanger: Box;
  readonly house: Box & { readonly text: Point };
  readonly coldExchanger: Box;
  readonly roofHeight: number;
  readonly legend: Box;
  readonly load: Point;
  /** Pixels a millimetre of stroke moves the rod. */
  readonly pxPerMm: number;
  readonly electronics: Box;
  /** Half the length of a valve; a valve stands upright on a vertical pipe. */
  readonly valveSize: number;
  readonly valves: Record<PipeName, Point & { readonly isUpright: boolean }>;
  readonly pumpRadius: number;
  readonly pumps: Record<'hot' | 'cold', Point>;
  /** Room for the arrow of the force; its whole length is the stress limit. */
  readonly force: Point & { readonly length: number };
  /** Where the circuit's flow and pressure stand. */
  readonly circuit: Point;
  /** Room for the figures of the whole machine, where there is any. */
  readonly figures: Point | null;
  readonly text: {
    readonly small: number;
    readonly cell: number;
    readonly house: number;
    readonly outdoors: number;
  };
}

export const WIDE: Geometry = {
  width: 1040,
  height: 400,
  train: { x: 150, y: 128, width: 570, height: 112 },
  frame: { x: 720, y: 112, width: 22, height: 144 },
  actuator: { x: 16, y: 140, width: 78, height: 88 },
  hotManifoldY: 78,
  coldManifoldY: 290,
  manifold: [164, 772],
  pipeWidth: 9,
  pipes: {
    hotOut: { d: 'M772 78 V52 H878', label: { x: 822, y: 40 }, anchor: 'middle' },
    hotIn: { d: 'M878 104 H772 V78', label: { x: 822, y: 126 }, anchor: 'middle' },
    coldIn: { d: 'M878 264 H772 V290', label: { x: 822, y: 252 }, anchor: 'middle' },
    coldOut: { d: 'M772 290 V316 H878', label: { x: 822, y: 338 }, anchor: 'middle' },
  },
  outdoors: { x: 878, y: 30, width: 146, height: 96, name: { x: 928, y: 66 }, value: { x: 928, y: 94 } },
  hotExchanger: { x: 884, y: 38, width: 32, height: 80 },
  house: { x: 878, y: 236, width: 146, height: 128, text: { x: 966, y: 264 } },
  coldExchanger: { x: 884, y: 254, width: 24, height: 72 },
  roofHeight: 40,
  legend: { x: 16, y: 364, width: 250, height: 10 },
  load: { x: 16, y: 250 },
  pxPerMm: 1,
  electronics: { x: 300, y: 336, width: 178, height: 50 },
  valveSize: 8,
  valves: {
    hotOut: { x: 796, y: 52, isUpright: false },
    hotIn: { x: 796, y: 104, isUpright: false },
    coldIn: { x: 796, y: 264, isUpright: false },
    coldOut: { x: 796, y: 316, isUpright: false },
  },
  pumpRadius: 10,
  pumps: { hot: { x: 850, y: 104 }, cold: { x: 850, y: 264 } },
  force: { x: 96, y: 160, length: 40 },
  circuit: { x: 520, y: 338 },
  figures: null,
  text: { small: 13.5, cell: 14, house: 32, outdoors: 20 },
};

export const NARROW: Geometry = {
  width: 380,
  height: 456,
  train: { x: 74, y: 148, width: 280, height: 54 },
  frame: { x: 354, y: 138, width: 16, height: 74 },
  actuator: { x: 6, y: 148, width: 42, height: 54 },
  hotManifoldY: 118,
  coldManifoldY: 232,
  manifold: [80, 348],
  pipeWidth: 7,
  pipes: {
    hotOut: { d: 'M214 118 V72', label: { x: 200, y: 98 }, anchor: 'end' },
    hotIn: { d: 'M286 72 V118', label: { x: 302, y: 98 }, anchor: 'start' },
    coldIn: { d: 'M286 300 V232', label: { x: 302, y: 270 }, anchor: 'start' },
    coldOut: { d: 'M214 232 V300', label: { x: 200, y: 270 }, anchor: 'end' },
  },
  outdoors: { x: 150, y: 8, width: 204, height: 64, name: { x: 164, y: 34 }, value: { x: 270, y: 36 } },
  hotExchanger: { x: 204, y: 48, width: 92, height: 20 },
  house: { x: 155, y: 310, width: 190, height: 122, text: { x: 250, y: 348 } },
  coldExchanger: { x: 204, y: 304, width: 92, height: 20 },
  roofHeight: 34,
  legend: { x: 8, y: 404, width: 122, height: 9 },
  load: { x: 8, y: 246 },
  pxPerMm: 0.5,
  electronics: { x: 8, y: 342, width: 122, height: 44 },
  valveSize: 7,
  valves: {
    hotOut: { x: 214, y: 104, isUpright: true },
    hotIn: { x: 286, y: 104, isUpright: true },
    coldIn: { x: 286, y: 247, isUpright: true },
    coldOut: { x: 214, y: 246, isUpright: true },
  },
  pumpRadius: 8,
  pumps: { hot: { x: 286, y: 82 }, cold: { x: 286, y: 268 } },
  force: { x: 48, y: 150, length: 20 },
  circuit: { x: 8, y: 306 },
  figures: null,
  text: { small: 11.5, cell: 9.6, house: 32, outdoors: 17 },
};

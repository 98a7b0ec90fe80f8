/**
 * Where the parts of the drawing stand, in two arrangements: everything side by side where there is room, stacked on
 * a phone so that numbers stay legible. The load train hangs on the frame at its right end; the actuator shortens it
 * from the left.
 */
interface Point {
  readonly x: number;
  readonly y: number;
}

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
  readonly pipes: Record<'hotOut' | 'hotIn' | 'coldOut' | 'coldIn', Pipe>;
  readonly outdoors: Box & { readonly name: Point; readonly value: Point };
  readonly hotExchanger: Box;
  readonly house: Box & { readonly text: Point };
  readonly coldExchanger: Box;
  readonly roofHeight: number;
  readonly legend: Box;
  readonly load: Point;
  /** Pixels a millimetre of stroke moves the rod. */
  readonly pxPerMm: number;
  readonly text: {
    readonly small: number;
    readonly cell: number;
    readonly house: number;
    readonly outdoors: number;
  };
}

export const WIDE: Geometry = {
  width: 1040,
  height: 352,
  train: { x: 150, y: 128, width: 570, height: 66 },
  frame: { x: 720, y: 112, width: 22, height: 98 },
  actuator: { x: 16, y: 124, width: 78, height: 74 },
  hotManifoldY: 78,
  coldManifoldY: 244,
  manifold: [164, 772],
  pipeWidth: 9,
  pipes: {
    hotOut: { d: 'M772 78 V52 H878', label: { x: 826, y: 40 }, anchor: 'middle' },
    hotIn: { d: 'M878 104 H772 V78', label: { x: 826, y: 124 }, anchor: 'middle' },
    coldIn: { d: 'M878 218 H772 V244', label: { x: 826, y: 206 }, anchor: 'middle' },
    coldOut: { d: 'M772 244 V270 H878', label: { x: 826, y: 290 }, anchor: 'middle' },
  },
  outdoors: { x: 878, y: 30, width: 146, height: 96, name: { x: 928, y: 66 }, value: { x: 928, y: 94 } },
  hotExchanger: { x: 884, y: 38, width: 32, height: 80 },
  house: { x: 878, y: 200, width: 146, height: 116, text: { x: 966, y: 220 } },
  coldExchanger: { x: 884, y: 208, width: 24, height: 72 },
  roofHeight: 40,
  legend: { x: 16, y: 310, width: 250, height: 10 },
  load: { x: 16, y: 216 },
  pxPerMm: 1,
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
    hotOut: { d: 'M214 118 V72', label: { x: 206, y: 96 }, anchor: 'end' },
    hotIn: { d: 'M286 72 V118', label: { x: 294, y: 96 }, anchor: 'start' },
    coldIn: { d: 'M286 300 V232', label: { x: 294, y: 260 }, anchor: 'start' },
    coldOut: { d: 'M214 232 V300', label: { x: 206, y: 260 }, anchor: 'end' },
  },
  outdoors: { x: 150, y: 8, width: 204, height: 64, name: { x: 164, y: 34 }, value: { x: 270, y: 36 } },
  hotExchanger: { x: 204, y: 48, width: 92, height: 20 },
  house: { x: 155, y: 310, width: 190, height: 122, text: { x: 250, y: 348 } },
  coldExchanger: { x: 204, y: 304, width: 92, height: 20 },
  roofHeight: 34,
  legend: { x: 8, y: 404, width: 122, height: 9 },
  load: { x: 8, y: 256 },
  pxPerMm: 0.5,
  text: { small: 11.5, cell: 9.6, house: 32, outdoors: 17 },
};

/**
 * How colours look to eyes that lack one kind of cone: the matrices of Machado, Oliveira and Fernandes (2009, "A
 * physiologically-based model for simulation of color vision deficiency", IEEE TVCG 15, table 1, severity 1.0), applied to
 * linear sRGB, and how far apart they then are in OKLab (Ottosson 2020).
 */
type Triple = readonly [number, number, number];

export const EYES = {
  'all cones': [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
} as const satisfies Record<string, readonly [Triple, Triple, Triple]>;

export type Eye = keyof typeof EYES;

const times = (matrix: readonly [Triple, Triple, Triple], [x, y, z]: Triple): Triple => {
  const [first, second, third] = matrix.map(([a, b, c]) => a * x + b * y + c * z);
  return [first, second, third];
};

function linear(hex: string): Triple {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return [red, green, blue];
}

function oklab(rgb: Triple): Triple {
  const [l, m, s] = times(
    [
      [0.4122214708, 0.5363325363, 0.0514459929],
      [0.2119034982, 0.6806995451, 0.1073969566],
      [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    rgb,
  ).map((cone) => Math.cbrt(cone));
  return times(
    [
      [0.2104542553, 0.793617785, -0.0040720468],
      [1.9779984951, -2.428592205, 0.4505937099],
      [0.0259040371, 0.7827717662, -0.808675766],
    ],
    [l, m, s],
  );
}

/** Distance in OKLab of two colours `#rrggbb` as these eyes see them; black and white are 1 apart. */
export function apart(one: string, other: string, eye: Eye): number {
  const [a, b] = [one, other].map((hex) => {
    const [red, green, blue] = times(EYES[eye], linear(hex));
    // What the matrix throws out of gamut no screen shows.
    const clip = (value: number): number => Math.min(1, Math.max(0, value));
    return oklab([clip(red), clip(green), clip(blue)]);
  });
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

/** Fluids against tables that their correlations were not made from. */
import { describe, expect, it } from 'vitest';
import { type FluidBase, type FluidRecipe, makeFluid } from '../../sim/fluid/fluid.ts';

const recipe = (base: FluidBase, massFraction: number, celsius: number): FluidRecipe => ({
  base,
  massFraction,
  grapheneLoading: 0,
  conductivityGain: 0,
  viscosityGain: 0,
  referenceTemperature: 273.15 + celsius,
});

/** [°C, density kg/m³, heat capacity J/(kg K), conductivity W/(m K), viscosity mPa s] */
type Row = readonly [number, number, number, number, number];

/** Relative tolerances of density, heat capacity, conductivity, viscosity. */
type Tolerances = readonly [number, number, number, number];

function expectRows(
  base: FluidBase,
  massFraction: number,
  rows: readonly Row[],
  tolerances: Tolerances,
): void {
  for (const [celsius, density, heatCapacity, conductivity, viscosity] of rows) {
    const fluid = makeFluid(recipe(base, massFraction, celsius));
    const kelvin = 273.15 + celsius;
    const pairs = [
      [fluid.density, density],
      [fluid.heatCapacity, heatCapacity],
      [fluid.conductivityAt(kelvin), conductivity],
      [fluid.viscosityAt(kelvin) * 1e3, viscosity],
    ] as const;
    pairs.forEach(([value, table], i) => {
      const where = `${base} ${massFraction} at ${celsius} °C, property ${i}`;
      expect(Math.abs(value / table - 1), where).toBeLessThan(tolerances[i]);
    });
  }
}

/** ASHRAE counts by volume; the solutes weigh 1.1155 and 1.0395, water 0.999 kg/L at 15 °C. */
const byVolume = (volume: number, solute: number): number =>
  (volume * solute) / (volume * solute + (1 - volume) * 0.999);

describe('fluids', () => {
  it('know water from 0 to 90 °C (textbook steam-table values, given to their last digit)', () => {
    expectRows(
      'water',
      0,
      [
        [0.01, 999.8, 4220, 0.556, 1.791],
        [10, 999.7, 4195, 0.579, 1.306],
        [25, 997.05, 4182, 0.6065, 0.89],
        [50, 988.0, 4182, 0.641, 0.547],
        [90, 965.3, 4206, 0.673, 0.3142],
      ],
      // half a unit of the last digit, but a conductivity of 1.5 % uncertainty has moved between releases
      [1e-4, 4e-4, 2e-3, 2e-3],
    );
  });

  it('know the glycols of the ASHRAE tables (ashrae-secondary-coolants)', () => {
    // two handbooks differ by this much: their glycols are industrial, with and without inhibitors
    const tolerances = [9e-3, 0.025, 0.045, 0.1] as const;
    expectRows(
      'ethylene_glycol',
      byVolume(0.2, 1.1155),
      [
        [20, 1029.72, 3815, 0.497, 1.65],
        [60, 1011.99, 3907, 0.538, 0.74],
        [80, 1000.21, 3953, 0.549, 0.55],
      ],
      tolerances,
    );
    expectRows(
      'ethylene_glycol',
      byVolume(0.4, 1.1155),
      [
        [-20, 1071.98, 3334, 0.371, 15.75],
        [0, 1066.8, 3401, 0.395, 5.83],
        [20, 1059.68, 3468, 0.415, 2.96],
        [60, 1039.61, 3602, 0.444, 1.17],
        [80, 1026.65, 3669, 0.452, 0.82],
      ],
      tolerances,
    );
    expectRows(
      'propylene_glycol',
      byVolume(0.4, 1.0395),
      [
        [0, 1045.12, 3636, 0.385, 12.37],
        [20, 1036.24, 3702, 0.402, 4.57],
        [40, 1025.3, 3768, 0.415, 2.21],
        [60, 1012.3, 3834, 0.425, 1.3],
        [80, 997.25, 3900, 0.43, 0.88],
      ],
      tolerances,
    );
  });

  it('know the calcium chloride brine of the VDI Heat Atlas (vdi-heat-atlas-brines)', () => {
    // the same spread between handbooks; from −10 °C down their viscosities part by 12 to 30 %, so those rows stay out
    const tolerances = [6e-3, 0.02, 0.04, 0.06] as const;
    expectRows(
      'calcium_chloride',
      0.147,
      [
        [-5, 1137, 3316, 0.542, 3.04],
        [0, 1135, 3329, 0.549, 2.56],
        [10, 1131, 3349, 0.563, 1.86],
        [20, 1128, 3362, 0.576, 1.49],
      ],
      tolerances,
    );
    expectRows(
      'calcium_chloride',
      0.257,
      [
        [0, 1247, 2872, 0.535, 4.26],
        [10, 1242, 2883, 0.548, 3.22],
        [20, 1237, 2894, 0.562, 2.63],
      ],
      tolerances,
    );
  });

  it('become water when nothing is dissolved', () => {
    for (const base of ['ethylene_glycol', 'propylene_glycol', 'calcium_chloride'] as const) {
      const fluid = makeFluid(recipe(base, 0, 20));
      const water = makeFluid(recipe('water', 0, 20));
      // 20 °C is in the middle of the polynomials; 2 % is what Melinder states for viscosity
      expect(Math.abs(fluid.density / water.density - 1)).toBeLessThan(1e-3);
      expect(Math.abs(fluid.heatCapacity / water.heatCapacity - 1)).toBeLessThan(5e-3);
      expect(Math.abs(fluid.conductivityAt(293.15) / water.conductivityAt(293.15) - 1)).toBeLessThan(0.01);
      expect(Math.abs(fluid.viscosityAt(293.15) / water.viscosityAt(293.15) - 1)).toBeLessThan(0.02);
      expect(fluid.lowK).toBeCloseTo(273.15, 1);
    }
  });

  it('freeze where the VDI Heat Atlas says', () => {
    const cases = [
      ['calcium_chloride', 0.147, -10.2],
      ['calcium_chloride', 0.209, -19.2],
    ] as const;
    for (const [base, massFraction, celsius] of cases) {
      // 1 K: the freezing curve falls by 2 K a percent here, and the percent is rounded
      expect(Math.abs(makeFluid(recipe(base, massFraction, 10)).lowK - 273.15 - celsius)).toBeLessThan(1);
    }
  });

  it('gain conductivity and viscosity with graphene, and nothing else', () => {
    const plain = makeFluid(recipe('water', 0, 25));
    const loaded = makeFluid({
      ...recipe('water', 0, 25),
      grapheneLoading: 2,
      conductivityGain: 0.12,
      viscosityGain: 0.05,
    });
    expect(loaded.conductivityAt(300) / plain.conductivityAt(300)).toBeCloseTo(1.24, 12);
    expect(loaded.viscosityAt(300) / plain.viscosityAt(300)).toBeCloseTo(1.1, 12);
    expect([loaded.density, loaded.heatCapacity]).toEqual([plain.density, plain.heatCapacity]);
  });

  it('are monotone in temperature and clamp at the ends of their range', () => {
    for (const [base, massFraction] of [
      ['water', 0],
      ['ethylene_glycol', 0.5],
      ['propylene_glycol', 0.6],
      ['calcium_chloride', 0.3],
    ] as const) {
      const fluid = makeFluid(recipe(base, massFraction, 20));
      for (let t = fluid.lowK; t < fluid.highK; t += 0.1) {
        expect(fluid.viscosityAt(t + 0.1)).toBeLessThanOrEqual(fluid.viscosityAt(t));
        expect(fluid.conductivityAt(t + 0.1)).toBeGreaterThanOrEqual(fluid.conductivityAt(t));
      }
      expect(fluid.viscosityAt(0)).toBe(fluid.viscosityAt(fluid.lowK));
      expect(fluid.conductivityAt(1000)).toBe(fluid.conductivityAt(fluid.highK));
    }
  });

  it('refuse what the correlations do not cover, with the range', () => {
    expect(() => makeFluid(recipe('ethylene_glycol', 0.7, 20))).toThrow('allowed is 0 to 0.6');
    expect(() => makeFluid(recipe('water', 0.1, 20))).toThrow('choose another base');
    expect(() => makeFluid(recipe('water', 0, -5))).toThrow('0.0 °C (it freezes below) to 100.0 °C');
    expect(() => makeFluid(recipe('calcium_chloride', 0.2, 60))).toThrow('to 40.0 °C');
    expect(() => makeFluid(recipe('water', Number.NaN, 20))).toThrow('mass fraction');
  });
});

/**
 * The walls of a room as layers in series, each with its share of heat capacity and of thermal resistance:
 *
 *   air ─ inner coefficient ─ layer 1 ─ n U ─ layer 2 ─ n U ─ … ─ layer n ─ n U ─ outdoors
 *
 * The resistance between layer 1 and outdoors is 1/U whatever n. One layer is a skin that stores everything at the
 * inner face; more of them come closer to a slab that stores through its depth. Outdoors means the outdoor air: sun on
 * the outer face is not followed. Solved by backward Euler, stable at any step, the air being the one unknown outside.
 */
export interface EnvelopeParameters {
  /** Inner surface, m². */
  readonly area: number;
  /** Of all layers together, J/(m² K). */
  readonly heatCapacity: number;
  /** Room air to layer 1, W/(m² K). */
  readonly innerCoefficient: number;
  /** Layer 1 to outdoors, W/(m² K). */
  readonly transmittance: number;
  readonly layers: number;
}

export class Envelope {
  /** Of the layers, K, shape [layers], inner one first. */
  readonly temperatureK: Float64Array;
  /** Heat capacity of one layer, J/K. */
  readonly layerCapacity: number;
  /** Air to layer 1, and layer to layer and outdoors, W/K. */
  readonly inner: number;
  private readonly between: number;
  /** Each layer at the end of the step as base + share × the node before it (the air before layer 1). */
  private readonly base: Float64Array;
  private readonly share: Float64Array;

  constructor(parameters: EnvelopeParameters, startK: number) {
    const { area, heatCapacity, innerCoefficient, transmittance, layers } = parameters;
    this.temperatureK = new Float64Array(layers).fill(startK);
    this.layerCapacity = (heatCapacity * area) / layers;
    this.inner = innerCoefficient * area;
    this.between = transmittance * area * layers;
    this.base = new Float64Array(layers);
    this.share = new Float64Array(layers);
  }

  /** First half of a step: how layer 1 will follow the air; read by `layerBase` and `layerShare`. @param solarW on layer 1 */
  prepare(dtS: number, outdoorK: number, solarW: number): void {
    const { temperatureK, base, share, between, layerCapacity } = this;
    let outerBase = outdoorK;
    let outerShare = 0;
    for (let i = temperatureK.length - 1; i >= 0; i--) {
      const before = i === 0 ? this.inner : between;
      const gain = i === 0 ? solarW : 0;
      const own = layerCapacity + dtS * (before + between * (1 - outerShare));
      base[i] = (layerCapacity * temperatureK[i] + dtS * (between * outerBase + gain)) / own;
      share[i] = (dtS * before) / own;
      outerBase = base[i];
      outerShare = share[i];
    }
  }

  /** Layer 1 at the end of the step is layerBase + layerShare × the air at the end of the step. */
  get layerBase(): number {
    return this.base[0];
  }

  get layerShare(): number {
    return this.share[0];
  }

  /** Second half of a step. Returns the heat that came in from outdoors, J. */
  follow(dtS: number, airK: number, outdoorK: number): number {
    const { temperatureK, base, share } = this;
    let before = airK;
    for (let i = 0; i < temperatureK.length; i++) {
      before = base[i] + share[i] * before;
      temperatureK[i] = before;
    }
    return dtS * this.between * (outdoorK - before);
  }

  /** Heat in the walls above `referenceK`, J. */
  storedEnergy(referenceK: number): number {
    let sum = 0;
    for (let i = 0; i < this.temperatureK.length; i++) sum += this.temperatureK[i] - referenceK;
    return this.layerCapacity * sum;
  }
}

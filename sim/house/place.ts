/** Fans run on for this long after the machine came to rest, s. */
export const FAN_OVERRUN_S = 2;

/** What the machine stands between: something to be cooled at its cold loop, outdoors at its hot loop. */
export interface Place {
  readonly coldLoopK: number;
  readonly hotLoopK: number;
  readonly outdoorK: number;
  /** What the thermostat watches (room air or box), and what it should be, K. */
  readonly controlledK: number;
  readonly setpointK: number;
  /** Whether fans and circulating pumps run; still exchangers exchange nothing. */
  fansRun: boolean;
  /** Time of the weather, s; 0 is the first midnight. */
  timeS: number;

  /**
   * Implicit: stable at any step, first order in it.
   * @param dtS at least 0
   * @param movedKg fluid that went from the cold to the hot side through the cells (negative: back)
   * @param takenJ enthalpy the cells took from the cold loop; @param givenJ what they gave to the hot loop
   */
  step(dtS: number, movedKg: number, takenJ: number, givenJ: number): void;

  /** All that has a memory, time included and books not, as one vector of this length (kg, K, kg/kg, s). */
  readonly stateLength: number;
  saveState(into: Float64Array): void;
  loadState(from: Float64Array): void;

  /** First law over any run: storedEnergy() grows by the growth of receivedJ − takenJ + givenJ. */
  storedEnergy(): number;
  /** Net energy from loads, fans in the room, sun and outdoors so far, what the hot loop rejected deducted, J. */
  readonly receivedJ: number;
  /** Electricity of fans so far, J. */
  readonly fanJ: number;
}

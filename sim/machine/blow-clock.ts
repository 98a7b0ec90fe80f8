/** Cycle frequency as the fluid tells it: from one beginning of the hot blow to the next. */
export class BlowClock {
  /** Of the last whole cycle, Hz; before there was one, what the clock was made with. */
  frequencyHz: number;
  /** Not a number before a cycle has begun. */
  private beganAtS = Number.NaN;
  private cameBack = false;

  constructor(frequencyHz: number) {
    this.frequencyHz = frequencyHz;
  }

  /** @param flowKgPerS + hot blow, - cold blow */
  see(timeS: number, flowKgPerS: number): void {
    if (flowKgPerS < 0) this.cameBack = true;
    if (flowKgPerS <= 0 || !(this.cameBack || Number.isNaN(this.beganAtS))) return;
    if (!Number.isNaN(this.beganAtS)) this.frequencyHz = 1 / (timeS - this.beganAtS);
    this.beganAtS = timeS;
    this.cameBack = false;
  }

  /** The machine stood: the next hot blow ends no cycle. */
  forget(): void {
    this.beganAtS = Number.NaN;
  }
}

/** Wall time of a device time, as far as the page was there. */
import { describe, expect, it } from 'vitest';
import { WallTimes } from '../../ui/store/wall-times.ts';

/** Readings every 20 ms of wall time at this pace, from these two clocks on. */
function hear(times: WallTimes, deviceS: number, wallS: number, seconds: number, pace: number): void {
  for (let i = 0; i <= seconds * 50; i++) times.heard(deviceS + (i * pace) / 50, wallS + i / 50);
}

describe('wall times', () => {
  it('follow the pace of the machine', () => {
    const times = new WallTimes();
    hear(times, 100, 5000, 10, 1);
    hear(times, 130, 5011, 10, 20);
    expect(times.at(104.5)).toBeCloseTo(5004.5, 6);
    expect(times.at(230)).toBeCloseTo(5016, 6);
  });

  it('are not known before the page was there, nor far beyond', () => {
    const times = new WallTimes();
    expect(times.at(1)).toBeNaN();
    hear(times, 100, 5000, 10, 1);
    expect(times.at(99)).toBeNaN();
    expect(times.at(111)).toBeCloseTo(5011, 6);
    expect(times.at(200)).toBeNaN();
  });

  it('are not known across a sleep, nor where the wall clock was set back', () => {
    const times = new WallTimes();
    hear(times, 100, 5000, 5, 1);
    hear(times, 400, 5300, 5, 1);
    expect(times.at(250)).toBeNaN();
    expect(times.at(402.5)).toBeCloseTo(5302.5, 6);
    hear(times, 406, 4000, 5, 1);
    expect(times.at(405.5)).toBeNaN();
    expect(times.at(408.5)).toBeCloseTo(4002.5, 6);
  });

  it('begin anew with the clock of the rig', () => {
    const times = new WallTimes();
    hear(times, 100, 5000, 5, 1);
    hear(times, 0, 6000, 5, 1);
    expect(times.at(2.5)).toBeCloseTo(6002.5, 6);
    expect(times.at(102)).toBeNaN();
  });
});

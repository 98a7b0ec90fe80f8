import type { InterlockBank } from '../../controller/control/safety/interlock-bank.ts';
import type { Observation } from '../../controller/control/safety/interlock.ts';
import type { Fault } from '../../controller/wire/messages.ts';

/** Runs `ms` of 20 ms ticks of one observation through a bank; what was raised, with the time it took. */
export function run(bank: InterlockBank, o: Observation, ms: number, fromMs = 0) {
  const raised: { fault: Fault; afterMs: number }[] = [];
  for (let t = 0; t <= ms; t += 20) {
    for (const fault of bank.evaluate({ ...o, nowMs: fromMs + t })) raised.push({ fault, afterMs: t });
  }
  return raised;
}

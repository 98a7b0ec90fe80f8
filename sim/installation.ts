/** A machine and the place it cools: what leaves one enters the other, step by step. */
import type { PortTemperatures } from './machine/circuit.ts';
import type { Machine } from './machine/machine.ts';
import type { Place } from './house/place.ts';

export class Installation {
  readonly machine: Machine;
  readonly place: Place;
  private readonly ports: PortTemperatures = { cold: 0, hot: 0, ambient: 0 };

  constructor(machine: Machine, place: Place) {
    this.machine = machine;
    this.place = place;
  }

  /** One step with the commands that stand in the machine. */
  step(dtS: number): void {
    const { machine, place, ports } = this;
    const { books } = machine.circuit;
    ports.cold = place.coldLoopK;
    ports.hot = place.hotLoopK;
    ports.ambient = place.outdoorK;
    const { coolingJ, heatingJ, movedKg } = books;
    machine.stepS = dtS;
    machine.step(ports);
    place.step(dtS, books.movedKg - movedKg, books.coolingJ - coolingJ, books.heatingJ - heatingJ);
  }
}

/** One machine, asked for several figures: what they share is computed once. */
import type { Preset } from '../../config/device-config.ts';
import type { Changes } from '../../config/parameters/parameter.ts';
import { vary } from '../../config/vary.ts';
import { houseRecipe } from '../../house-plant.ts';
import { type OperatingPoint, solveOperatingPoint } from '../operating-point.ts';
import { PeriodicMap } from '../periodic-map.ts';
import { type RoomRun, runRoom } from '../room-run.ts';
import type { LoadMachine, MachineRef } from '../study.ts';

/** K. Of the 1,284 W of the kilowatt machine this moves 0.3 W, of a span some 5 mK. */
export const TOLERANCE_K = 1e-3;
/** Longer than any published time to a set-point asks for, and then a quarter of an hour to see it held. */
const ROOM_RUN_S = 2700;

/** Of what a house is made, and its coils: nothing of the machine's own cycle depends on it. */
const PLACE = /^(exchangers|room)\.(?!frequency$|blow_flow$|outdoor_temperature$)/;

/** Periodic solutions of machines, by what differs from their preset: houses of the same machine share them. */
export type KnownMaps = Map<string, PeriodicMap>;

export class Evaluation {
  readonly machine: MachineRef;
  readonly preset: Preset;
  readonly load: LoadMachine;
  /** Evenly spread between 0 and 1: for what a measure assumes beside the parameters of the machine. */
  readonly chance: number;
  private readonly points = new Map<string, OperatingPoint>();
  private readonly maps: KnownMaps;
  private room: RoomRun | undefined;

  constructor(machine: MachineRef, load: LoadMachine, chance: number, maps: KnownMaps = new Map()) {
    this.maps = maps;
    this.machine = machine;
    this.load = load;
    this.chance = chance;
    this.preset = load(machine);
  }

  /** In cyclic steady state, with `changes` laid over the machine. Throws UserError on an impossible recipe. */
  point(changes: Changes): OperatingPoint {
    const key = JSON.stringify(changes);
    let known = this.points.get(key);
    if (known === undefined) {
      known = solveOperatingPoint(vary(this.preset, changes).device, { toleranceK: TOLERANCE_K });
      this.points.set(key, known);
    }
    return known;
  }

  /** The house, for three quarters of an hour. */
  house(): RoomRun {
    this.room ??= runRoom(this.preset, {
      durationS: ROOM_RUN_S,
      sampleEveryS: 30,
      method: 'multirate',
      place: 'house',
      map: this.map(),
    });
    return this.room;
  }

  private map(): PeriodicMap {
    const own = Object.entries(this.machine.changes ?? {}).filter(([name]) => !PLACE.test(name));
    const key = JSON.stringify(own);
    let known = this.maps.get(key);
    if (known === undefined) {
      const { device } = this.preset;
      known = new PeriodicMap(device, houseRecipe(device), device.room.outdoor_temperature);
      this.maps.set(key, known);
    }
    return known;
  }
}

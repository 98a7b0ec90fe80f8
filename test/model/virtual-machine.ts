/** The virtual rig without its line: firmware and plant, read as the control process reads it. */
import { readFileSync } from 'node:fs';
import { buildStrokeSchedule, createHousePlant, houseRecipe, type Preset } from '../../sim/index.ts';
import { loadPreset } from '../../sim/command/preset-file.ts';
import type { MeasuredCycle } from '../../controller/model/companion.ts';
import type { TickReading } from '../../controller/model/inlet-record.ts';
import { COMMAND } from '../../controller/protocol/register-map.ts';
import { parseRigFile, type RigFile } from '../../controller/control/rig-file.ts';
import { Firmware } from '../../controller/virtual-rig/firmware.ts';
import { MODELLED, type Modelled } from '../../controller/wire/channels.ts';

const TICK_S = 0.02;

export const rigFile = (): RigFile => {
  const text = readFileSync(new URL('../../fixtures/rigs/virtual-kilowatt.yaml', import.meta.url), 'utf8');
  const rig = parseRigFile(text);
  if (typeof rig === 'string') throw new Error(rig);
  return rig;
};

/** Coarse steps: a quarter of the work. */
export const coarsePreset = (changes: Record<string, string> = {}): Preset =>
  loadPreset(
    'hkust-kilowatt-2025',
    new Map(Object.entries({ nodes: '20', blow_steps: '12', ramp_steps: '8', ...changes })),
    'room',
  );

export class VirtualMachine {
  readonly firmware: Firmware;
  #tickS = 0;

  constructor(preset: Preset) {
    this.firmware = new Firmware({
      plant: createHousePlant(preset),
      buildSchedule: (recipe) => buildStrokeSchedule(preset.device, recipe),
      recipe: houseRecipe(preset.device),
      nowMs: () => 0,
    });
    this.firmware.obey(COMMAND.enable);
    this.firmware.obey(COMMAND.run);
  }

  /** Steps to the end of the next whole cycle. */
  cycle(tick: (reading: TickReading) => void): MeasuredCycle {
    const { firmware } = this;
    const before = firmware.cyclesCompleted;
    while (firmware.cyclesCompleted === before) {
      firmware.step();
      const { readings } = firmware.plant;
      if (readings.timeS < this.#tickS) continue;
      this.#tickS = readings.timeS + TICK_S;
      tick({
        time_s: readings.timeS,
        cold_C: readings.coldInletK - 273.15,
        hot_C: readings.hotInletK - 273.15,
        ambient_C: readings.outdoorK - 273.15,
        flow_kg_per_s: firmware.plant.readings.flowKgPerS,
      });
    }
    const summary = firmware.lastCycle?.summary ?? {};
    const value = (name: string): number => Number(summary[name]);
    return {
      cycle_number: value('cycle_number'),
      end_s: value('cycle_end_ms') / 1000,
      period_s: value('period_ms') / 1000,
      measured: Object.fromEntries(MODELLED.map((name) => [name, value(name)])) as Record<Modelled, number>,
    };
  }
}

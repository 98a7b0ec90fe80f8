/**
 * Frames of a machine that runs in this process: plant, firmware and the model beside them, a cycle at a time, as fast as
 * they compute. The same frames every time.
 */
import type { Hub } from '../../controller/server/hub.ts';
import { Companion } from '../../controller/model/companion.ts';
import { modelFrame, pictureFrame } from '../../controller/model/frames.ts';
import { Twin } from '../../controller/model/twin.ts';
import { createTelemetry } from '../../controller/control/report/telemetry.ts';
import { asCycleSummary, asStatus, type Status } from '../../controller/control/line/readings.ts';
import {
  decodeBlock,
  STATUS,
  WAVEFORM_BINS,
  WAVEFORM_SCALE,
} from '../../controller/protocol/register-map.ts';
import { Pace } from '../../controller/virtual-rig/pace.ts';
import { rigRegisters } from '../../controller/virtual-rig/rig-registers.ts';
import { VirtualMachine, coarsePreset, rigFile } from '../model/virtual-machine.ts';

export interface Flaw {
  /** From 0. */
  readonly cell: number;
  /** What its sensor reads too much, K. */
  readonly byK: number;
}

/** Of the line, as the virtual rig has them in memory. */
const LINK_AGE_MS = 1;
const ROUND_TRIP_MS = 1;

/** Runs `cycles` cycles and publishes what a controller and its model would; from cycle `from` on with the flaw. */
export function publishCycles(hub: Pick<Hub, 'publish'>, cycles: number, flaw: Flaw, from: number): void {
  const rig = rigFile();
  const { model } = rig;
  if (model === undefined) throw new Error('the rig file has no model section');
  const { device } = coarsePreset();
  const machine = new VirtualMachine(coarsePreset());
  const companion = new Companion(model, rig.recipe, (_, start_C) => new Twin(device, rig.recipe, start_C));
  const telemetry = createTelemetry((group, _, bytes) => hub.publish(group, bytes));
  const bank = rigRegisters(machine.firmware, new Pace(1, 0));
  for (let n = 0; n < cycles; n++) {
    const cycle = machine.cycle((reading) => {
      companion.tick(reading);
      telemetry.tick(statusOf(bank), rig.regulator.setpoint_C, LINK_AGE_MS, ROUND_TRIP_MS);
    });
    const last = machine.firmware.lastCycle;
    if (last === null) throw new Error('a cycle ended and nothing was recorded');
    telemetry.cycle(asCycleSummary(last.summary));
    const { cycleNumber, startMs, periodUs, counts } = last.waveform;
    telemetry.waveform({
      cycleNumber,
      startMs,
      periodS: periodUs / 1e6,
      columns: WAVEFORM_SCALE.map(({ name, perCount }, c) => {
        const add = n >= from && name === `cell_${flaw.cell + 1}_C` ? flaw.byK : 0;
        return Float32Array.from(
          { length: WAVEFORM_BINS },
          (_, bin) => counts[bin * WAVEFORM_SCALE.length + c] * perCount + add,
        );
      }),
    });
    const found = companion.cycle(cycle, () => {}, n);
    if (found === null) continue;
    hub.publish('model', modelFrame(found, 3));
    const picture = pictureFrame(found);
    if (picture !== null) hub.publish('picture', picture);
  }
}

function statusOf(bank: ReturnType<typeof rigRegisters>): Status {
  const words = bank.read('input', STATUS.start, STATUS.length);
  if (typeof words === 'number') throw new Error(`the status block answers with exception ${words}`);
  return asStatus(decodeBlock(STATUS, words));
}

/** Orders over the channel of a real virtual rig: what is broken, what it answers, a port that goes and comes back. */
import { existsSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startRig, type RigProcess } from '../../controller/command/rig-process.ts';
import type { RigFaults, RigNews } from '../../controller/protocol/virtual-rig-channel.ts';

let rig: RigProcess;
let heard: RigNews[];
let wake: () => void;

beforeEach(() => {
  heard = [];
});
/** A process that starts beside a busy test runner takes its time. */
beforeAll(async () => {
  heard = [];
  wake = () => {};
  rig = await startRig({ preset: 'hkust-kilowatt-2025', baudRate: 921_600, kind: 'modbus' });
  rig.onNews((news) => {
    heard.push(news);
    wake();
  });
}, 120_000);
afterAll(async () => rig.end());

async function answer(after: number): Promise<RigFaults> {
  for (;;) {
    const found = heard.slice(after).find((news) => news.kind === 'faults');
    if (found !== undefined) return found;
    await new Promise<void>((resolve) => (wake = resolve));
  }
}

function order(given: {
  readonly fault: string;
  readonly on?: boolean;
  readonly amount?: number;
}): Promise<RigFaults> {
  const before = heard.length;
  rig.order({ kind: 'inject', on: true, ...given });
  return answer(before);
}

describe('a virtual rig in its own process', () => {
  it('breaks what it is told to break, mends it, and refuses what it cannot do', async () => {
    expect(await order({ fault: 'delay', amount: 20 })).toMatchObject({ active: ['delay'], problem: null });
    expect(await order({ fault: 'jam' })).toMatchObject({ active: ['delay', 'jam'], problem: null });
    expect(await order({ fault: 'delay', on: false })).toMatchObject({ active: ['jam'], problem: null });
    expect(await order({ fault: 'delay', amount: 1000 })).toMatchObject({
      active: ['jam'],
      problem: expect.stringMatching(/allowed is 1 to 55/),
    });
    expect(heard.find(({ kind }) => kind === 'rest')).toMatchObject({ isUnloaded: true, isEnabled: false });
  });

  it.skipIf(process.platform === 'win32')('a pulled adapter comes back under the same name', async () => {
    expect(existsSync(rig.port)).toBe(true);
    await order({ fault: 'unplug', amount: 100 });
    expect(existsSync(rig.port)).toBe(false);
    while (!existsSync(rig.port)) await new Promise((resolve) => setTimeout(resolve, 10));
  });
});

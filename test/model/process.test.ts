/** The model process as the web process sees it: forked, fed with frames, at the mercy of its channel. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { type ModelToWeb, NOTHING_TO_DO, type WebToModel } from '../../controller/model/ipc.ts';
import { FeedForwardTable } from '../../controller/control/regulate/feed-forward.ts';
import { CHANNELS, PICTURE_BINS } from '../../controller/wire/channels.ts';
import { decodeFrame, encodeFrame } from '../../controller/wire/frame.ts';
import { VirtualMachine, coarsePreset, rigFile } from './virtual-machine.ts';

const path = (name: string): string => fileURLToPath(new URL(`../../${name}`, import.meta.url));
const RIG_TEXT = readFileSync(path('fixtures/rigs/virtual-kilowatt.yaml'), 'utf8');
const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

function rigWith(change: (text: string) => string): string {
  const file = join(mkdtempSync(join(tmpdir(), 'elastocool-model-')), 'rig.yaml');
  writeFileSync(file, change(RIG_TEXT));
  return file;
}

class Model {
  readonly child: ChildProcess;
  readonly heard: ModelToWeb[] = [];
  #look = (): void => {};

  constructor(rigFilePath: string) {
    this.child = fork(path('controller/model/process.ts'), [JSON.stringify({ rigFile: rigFilePath })], {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    children.push(this.child);
    this.child.on('message', (message) => {
      this.heard.push(message as ModelToWeb);
      this.#look();
    });
  }

  send(message: WebToModel): void {
    this.child.send(message);
  }

  until(holds: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      this.#look = () => {
        if (holds()) resolve();
      };
      this.#look();
    });
  }

  async exit(): Promise<number | null> {
    if (this.child.exitCode === null) await once(this.child, 'exit');
    return this.child.exitCode;
  }
}

const row = (
  group: 'tick' | 'cycle',
  time_s: number,
  cycle: number,
  values: Record<string, number>,
): Uint8Array =>
  encodeFrame({
    group,
    sequence: 0,
    startS: time_s,
    cycle,
    rows: 1,
    offsetS: new Float32Array(1),
    columns: CHANNELS[group].map(({ name }) => Float32Array.of(values[name] ?? Number.NaN)),
  });

describe('the model process', { timeout: 90_000 }, () => {
  it('follows a rig by its frames, says what it expects, and ends with its channel', async () => {
    const model = new Model(
      rigWith((text) =>
        text
          .replace('feed_forward: true', 'feed_forward: false')
          .replace(/settle_cycles: \d+/, 'settle_cycles: 5'),
      ),
    );
    model.send({ kind: 'recipe', recipe: rigFile().recipe });
    const machine = new VirtualMachine(coarsePreset());
    const frames = (group = 'model') =>
      model.heard.flatMap((message) =>
        message.kind === 'frame' && message.group === group ? [message.bytes] : [],
      );
    for (let n = 0; n < 40; n++) {
      const cycle = machine.cycle(({ time_s, cold_C, hot_C, ambient_C, flow_kg_per_s }) =>
        model.send({
          kind: 'frame',
          bytes: row('tick', time_s, 0, {
            cold_inlet_C: cold_C,
            hot_inlet_C: hot_C,
            outdoor_C: ambient_C,
            flow_kg_per_s,
          }),
        }),
      );
      const values = { ...cycle.measured, period_ms: 1000 * cycle.period_s };
      model.send({ kind: 'frame', bytes: row('cycle', cycle.end_s, cycle.cycle_number, values) });
      const before = frames().length;
      await model.until(() => frames().length > before);
    }
    const frame = decodeFrame(frames().at(-1) ?? new Uint8Array());
    if (typeof frame === 'string') throw new Error(frame);
    const value = (name: string) => frame.columns[CHANNELS.model.findIndex((one) => one.name === name)][0];
    expect(frame).toMatchObject({ group: 'model', cycle: 40, rows: 1 });
    expect(value('cooling_power_W')).toBeGreaterThan(500);
    // A twin of the preset's own steps beside a rig of coarse ones: 1 % of some 800 W.
    expect(Math.abs(value('cooling_power_W_residual'))).toBeLessThan(0.02 * value('cooling_power_W'));
    expect(value('cooling_power_W_alarm')).toBe(0);
    expect(value('skipped')).toBe(0);
    // A float32 of some 500 W.
    expect(Math.abs(value('account_residual_W'))).toBeLessThan(1e-3);

    const picture = decodeFrame(frames('picture').at(-1) ?? new Uint8Array());
    if (typeof picture === 'string') throw new Error(picture);
    const drawn = (name: string) => picture.columns[CHANNELS.picture.findIndex((one) => one.name === name)];
    expect(picture).toMatchObject({ group: 'picture', rows: PICTURE_BINS });
    for (const { name } of CHANNELS.picture)
      expect([name, drawn(name).some(Number.isNaN)]).toEqual([name, false]);
    expect(Math.max(...drawn('cell_10_fraction'))).toBeGreaterThan(0.2);
    expect(frames('picture').length).toBeLessThan(frames().length);
    model.child.disconnect();
    expect(await model.exit()).toBe(0);
  });

  it('makes the table of the feed-forward aside, and ends at once in the middle of it', async () => {
    const model = new Model(rigWith((text) => text));
    await model.until(() => model.heard.some(({ kind }) => kind === 'table'));
    const table = model.heard.find((message) => message.kind === 'table')?.table;
    expect(FeedForwardTable.safeParse(table).success).toBe(true);
    const other = new Model(rigWith((text) => text));
    other.send({ kind: 'recipe', recipe: rigFile().recipe });
    await new Promise((resolve) => other.child.once('spawn', resolve));
    other.child.disconnect();
    expect(await other.exit()).toBe(0);
    expect(other.heard).toEqual([]);
  });

  it('has nothing to do where the rig file asks for no model, and says why where it cannot', async () => {
    const none = new Model(rigWith((text) => text.replace(/\nmodel:[\s\S]*?(?=\nrecipe:)/, '')));
    expect(await none.exit()).toBe(NOTHING_TO_DO);
    const wrong = new Model(rigWith((text) => text.replace(/preset: .*/, 'preset: nothing-known')));
    let said = '';
    wrong.child.stderr?.on('data', (text) => (said += String(text)));
    expect(await wrong.exit()).toBe(NOTHING_TO_DO);
    expect(said).toMatch(/The model beside the rig cannot run: there is no preset "nothing-known"/);
  });
});

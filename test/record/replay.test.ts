/** A record in the place of the controller: on the page's wire, and decided again. */
import { spawnSync } from 'node:child_process';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ControlToWeb } from '../../controller/control/ipc.ts';
import type { Decision } from '../../controller/control/decide/decision.ts';
import { openRun } from '../../controller/record/open-run.ts';
import { Recorder } from '../../controller/record/recorder.ts';
import { listRunIds } from '../../controller/record/run-folder.ts';
import { createReplay } from '../../controller/server/replay-link.ts';
import { decodeFrame } from '../../controller/wire/frame.ts';
import { running } from '../control/bench.ts';
import { inHouse } from '../control/control-process.ts';
import { RIG_TEXT } from '../control/observation.ts';
import { newFolder } from './folders.ts';
import { FACTS, MadeUpRun, stateOf } from './made-up-run.ts';

const TICKS = 40;

async function madeUp() {
  const folder = newFolder();
  const made = new MadeUpRun(folder);
  made.recorder.message(stateOf('EXECUTE'));
  made.ticks(1, TICKS);
  await made.recorder.end('a test');
  const [id = ''] = await listRunIds(folder);
  const run = await openRun(folder, id);
  if (typeof run === 'string') throw new Error(run);
  return run;
}

describe('a replay on the wire', () => {
  it('sends what was recorded, in order, numbered anew; greets, and refuses every command', async () => {
    const run = await madeUp();
    const heard: ControlToWeb[] = [];
    const { link, play } = createReplay(run, run.id, 50);
    link.onMessage((message) => heard.push(message));
    await play();
    const frames = heard.flatMap((m) =>
      m.kind === 'frame' && m.group === 'tick' ? [decodeFrame(m.bytes)] : [],
    );
    expect(frames).toHaveLength(TICKS);
    expect(frames.map((frame) => (typeof frame === 'string' ? frame : frame.sequence))).toEqual([
      ...Array(TICKS).keys(),
    ]);
    expect(frames[9]).toMatchObject({ startS: 0.2 });

    heard.length = 0;
    link.send({ kind: 'welcome', client: 3, person: { role: 'viewer', session: 'x' } });
    const types = heard.flatMap((m) => (m.kind === 'message' && m.client === 3 ? [m.message.type] : []));
    expect(types).toEqual(['you', 'lease', 'state']);
    expect(heard.at(-1)).toMatchObject({
      message: { state: 'EXECUTE', allowed: [], sentence: expect.stringContaining('A replay') },
    });

    heard.length = 0;
    for (const command of ['START', 'STOP', 'ABORT', 'CLEAR'] as const)
      link.send({ kind: 'message', client: 3, message: { type: 'command', id: 7, command } });
    expect(heard.filter((m) => m.kind === 'message' && m.message.type === 'ack' && m.message.ok)).toEqual([]);
    expect(heard.filter((m) => m.kind === 'message' && m.message.type === 'ack')).toHaveLength(4);
    await run.close();
  });
});

describe('replay --headless', () => {
  let journal: readonly Decision[] = [];
  beforeAll(async () => {
    const bench = await running();
    await bench.clock.advance(1500);
    bench.rig.isMute = true;
    await bench.until('ABORTED', 3000);
    journal = bench.journal;
  });

  async function headless(decisions: readonly Decision[]) {
    const folder = newFolder();
    const recorder = new Recorder({
      folder,
      facts: FACTS,
      attachments: [{ name: 'rig.yaml', mediaType: 'application/yaml', text: RIG_TEXT }],
      announce: () => {},
      wallMs: () => Date.UTC(2026, 0, 1),
      reserveBytes: 0,
    });
    recorder.journal(decisions);
    await recorder.end('a test');
    const args = [
      inHouse('controller/command/elastocool.mjs'),
      'replay',
      'last',
      '--headless',
      '--runs',
      folder,
    ];
    return spawnSync(process.execPath, args, { encoding: 'utf8' });
  }

  it('says "identical" of a record as it is, and ends with 0', async () => {
    const { stdout, status } = await headless(journal);
    expect(stdout).toMatch(new RegExp(`: identical, ${journal.length} decisions\\.`));
    expect(status).toBe(0);
  });

  it('names the first decision that differs, and ends with 1', async () => {
    const at = journal.findLastIndex(({ outputs }) => outputs.length > 0);
    const { stdout, status } = await headless(journal.with(at, { ...journal[at], outputs: [] }));
    expect(stdout).toContain(`decision ${at + 1} differs`);
    expect(stdout).toContain('recorded: []');
    expect(status).toBe(1);
  });

  it('names a run that is not there in one sentence, and ends with 2', async () => {
    const args = ['replay', 'nothing', '--headless', '--runs', newFolder()];
    const { stderr, status } = spawnSync(
      process.execPath,
      [inHouse('controller/command/elastocool.mjs'), ...args],
      { encoding: 'utf8' },
    );
    expect(stderr).toMatch(/There are no runs in/);
    expect(status).toBe(2);
  });
});

/** A recording process is killed for real; what it wrote is mended by the next one, and at most a second is gone. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, copyFileSync, mkdirSync, readFileSync, readdirSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { openRun } from '../../controller/record/open-run.ts';
import { FLUSH_MS } from '../../controller/record/recorder.ts';
import { recoverAll } from '../../controller/record/recovery.ts';
import { listRunIds } from '../../controller/record/run-folder.ts';
import { newFolder } from './folders.ts';

const PROGRAM = fileURLToPath(new URL('spawned-recorder.ts', import.meta.url));

function startRecorder(folder: string, wrap: readonly string[] = [], reserve = '0') {
  const [command, ...args] = [...wrap, process.execPath, PROGRAM, folder, reserve];
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  let output = '';
  const until = async (holds: (text: string) => boolean): Promise<void> => {
    while (!holds(output)) await once(child.stdout, 'data');
  };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  return { child, until, output: () => output };
}

async function sequencesOf(folder: string): Promise<{ sequences: number[]; lostS: number }> {
  const [id] = await listRunIds(folder);
  const run = await openRun(folder, id);
  if (typeof run === 'string') throw new Error(run);
  const sequences: number[] = [];
  for await (const recorded of run.read(['/tick']))
    if (recorded.kind === 'frame') sequences.push(recorded.frame.sequence);
  await run.close();
  return { sequences, lostS: run.recovery?.lost_at_most_s ?? -1 };
}

describe('a record after kill -9', () => {
  for (const ticks of [60, 85, 111]) {
    it(`has everything but the last second (after ${ticks} ticks)`, async () => {
      const folder = newFolder();
      const { child, until, output } = startRecorder(folder);
      await until((text) => text.includes(`\n${ticks} `));
      child.kill('SIGKILL');
      await once(child, 'exit');
      const told: string[] = [];
      await recoverAll(folder, (sentence) => told.push(sentence));
      expect(told).toHaveLength(1);
      expect(told[0]).toMatch(/had no end and was mended/);
      const { sequences, lostS } = await sequencesOf(folder);
      expect(sequences).toEqual(sequences.map((_, i) => i));
      const times = new Map(
        [...output().matchAll(/^(\d+) ([\d.]+)$/gm)].map(([, n, ms]) => [Number(n), Number(ms)]),
      );
      const given = [...times.keys()].at(-1) ?? 0;
      const lostMs = (times.get(given) ?? 0) - (times.get(sequences.at(-1) ?? -1) ?? 0);
      // The promise. By its own clock, so a busy machine that stalls the process between two flushes does not count twice.
      expect(lostMs).toBeLessThanOrEqual(1000);
      expect(lostS).toBeGreaterThanOrEqual(FLUSH_MS / 1000);
      expect(await recoverAll(folder, (sentence) => told.push(sentence))).toBeUndefined();
      expect(told).toHaveLength(1);
    });
  }

  it('is mended wherever the file is torn', async () => {
    const source = newFolder();
    const { child, until } = startRecorder(source);
    await until((text) => text.includes('\n90 '));
    child.kill('SIGKILL');
    await once(child, 'exit');
    const [id] = readdirSync(source);
    const whole = readFileSync(join(source, id, 'record.mcap'));
    let before = -1;
    for (let cut = whole.byteLength - 1; cut > whole.byteLength / 2; cut -= 1571) {
      const folder = newFolder();
      mkdirSync(join(folder, id));
      copyFileSync(join(source, id, 'record.mcap'), join(folder, id, 'record.mcap'));
      truncateSync(join(folder, id, 'record.mcap'), cut);
      await recoverAll(folder, () => {});
      const { sequences } = await sequencesOf(folder);
      expect(sequences).toEqual(sequences.map((_, i) => i));
      expect(sequences.length).toBeGreaterThan(0);
      if (before >= 0) expect(sequences.length).toBeLessThanOrEqual(before);
      before = sequences.length;
    }
  });

  it('leaves a record alone that another process is writing', async () => {
    const folder = newFolder();
    const { child, until, output } = startRecorder(folder);
    await until((text) => text.includes('\n40 '));
    const told: string[] = [];
    await recoverAll(folder, (sentence) => told.push(sentence));
    expect(told).toEqual([]);
    child.stdin.write('end\n');
    await until((text) => text.includes('ended'));
    const { sequences } = await sequencesOf(folder);
    const given = [...output().matchAll(/^(\d+) [\d.]+$/gm)].length;
    expect(sequences).toHaveLength(given);
  });
});

describe('a disk that refuses', () => {
  it('is an alarm, and the program goes on (file size limit)', async () => {
    const folder = newFolder();
    // In units of 1 kB; the system then answers EFBIG to a write beyond it.
    const { child, until, output } = startRecorder(folder, ['bash', '-c', 'ulimit -f 8; exec "$@"', 'bash']);
    await until((text) => /alarm Recording stopped: .*may not grow/.test(text));
    const ticksThen = output().split('\n').length;
    await until((text) => text.split('\n').length > ticksThen + 10);
    child.kill('SIGKILL');
    await once(child, 'exit');
  });

  it('is an alarm where too little is free', async () => {
    const folder = newFolder();
    const { child, until } = startRecorder(folder, [], String(Number.MAX_SAFE_INTEGER));
    await until((text) => /alarm Recording stopped: \d+ MB are free/.test(text));
    child.stdin.write('end\n');
    await until((text) => text.includes('ended'));
    // What was recorded before ended well.
    expect((await sequencesOf(folder)).lostS).toBe(-1);
  });

  // The superuser may write anywhere.
  it.skipIf(process.getuid?.() === 0 || process.platform === 'win32')(
    'is an alarm where the folder may not be written',
    async () => {
      const folder = newFolder();
      chmodSync(folder, 0o500);
      const { child, until } = startRecorder(folder);
      await until((text) => /alarm Recording stopped: .*may not be written/.test(text));
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  );

  it('is an alarm where the folder is a file', async () => {
    const { child, until } = startRecorder(join(PROGRAM, 'runs'));
    await until((text) => text.includes('alarm Recording stopped:'));
    child.kill('SIGKILL');
    await once(child, 'exit');
  });
});

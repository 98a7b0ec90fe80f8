/** The audit log: what stands in it, what never does, and what becomes of it when things break. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AUDIT_FILE_LIMITS, openAuditFile } from '../../controller/server/audit-file.ts';
import { Audit, type AuditEntry } from '../../controller/server/audit.ts';
import { answerTo, startOperatedHouse } from './operated-house.ts';
import { startHouse } from './house.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'elastocool-audit-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const linesOf = (path: string): unknown[] =>
  readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
const silent = (): void => {};

describe('what is written', () => {
  it('says who came, what was asked and answered, who had control, who went: in that order', async () => {
    const house = await startOperatedHouse();
    const client = await house.enter('operator');
    await answerTo(client, { type: 'command', command: 'CLEAR' });
    await answerTo(client, { type: 'command', command: 'START' });
    client.ask({ type: 'heartbeat' });
    client.socket.close();
    await client.until((c) => c.closed !== undefined);
    const person = { role: 'operator', session: '1' };
    const from = { address: '127.0.0.1', person, client: 1 };
    expect(house.audited.slice(0, 8)).toMatchObject([
      { event: 'login', from: { address: '127.0.0.1', person } },
      { event: 'connect', from },
      // The lease is taken while the command is carried out, and what is asked is written after it was passed on.
      { event: 'lease', holder: person, sentence: 'Operator 1 has control.' },
      { event: 'asked', from, asked: { type: 'command', command: 'CLEAR' } },
      { event: 'answered', from, ok: true, sentence: expect.stringMatching(/^CLEAR is taken/) },
      { event: 'asked', from, asked: { type: 'command', command: 'START' } },
      {
        event: 'answered',
        from,
        ok: false,
        sentence: expect.stringMatching(/^START is refused in CLEARING/),
      },
      { event: 'disconnect', from },
    ]);
  });

  it('says once that a button of manual mode is held, however often the page repeats it', async () => {
    const house = await startHouse();
    const client = await house.connect();
    const jog = (id: number, held: boolean) => client.ask({ type: 'jog', id, axis: 'load', held });
    for (let id = 0; id < 20; id++) jog(id, true);
    jog(20, false);
    jog(21, true);
    await client.until((c) => c.of('ack').length === 22);
    const asked = house.audited.flatMap((entry) => (entry.event === 'asked' ? [entry.asked] : []));
    expect(asked.map((one) => one.type === 'jog' && [one.id, one.held])).toEqual([
      [0, true],
      [20, false],
      [21, true],
    ]);
    const answered = house.audited.flatMap((entry) => (entry.event === 'answered' ? [entry.id] : []));
    expect(answered).toEqual([0, 20, 21]);
  });

  it('holds no key and no cookie, whatever is tried with them', async () => {
    const house = await startHouse({ tokenRequired: true });
    const { tokens } = house.server;
    const cookie = await house.login('engineer');
    await house.ask('/session', { origin: 'http://evil.example' }, tokens.engineer);
    await house.ask('/session', { origin: house.origin }, `${tokens.operator}x`);
    await house.ask(`/?token=${tokens.viewer}`, { host: tokens.engineer, cookie });
    await house.ask('/', { authorization: `Bearer ${tokens.viewer}` });
    await house.connect({ headers: { origin: tokens.operator, cookie } }).catch(silent);
    const text = JSON.stringify(house.audited);
    expect(house.audited.length).toBeGreaterThan(3);
    for (const secret of [...Object.values(tokens), cookie.split('=')[1]]) expect(text).not.toContain(secret);
  });

  it('of one source is bounded, and says how much was left out', () => {
    let nowMs = 0;
    const lines: string[] = [];
    const audit = new Audit(
      (line) => lines.push(line),
      () => 'now',
      () => nowMs,
    );
    const refusal = (address: string): AuditEntry => ({
      event: 'refused',
      from: { address },
      sentence: 'no',
    });
    for (let n = 0; n < 5000; n++) audit.write(refusal('10.0.0.1'));
    audit.write(refusal('10.0.0.2'));
    audit.write({ event: 'lease', holder: null, sentence: 'lost' });
    expect(lines).toHaveLength(102);
    nowMs += 1000;
    audit.write(refusal('10.0.0.1'));
    expect(JSON.parse(lines.at(-1) ?? '')).toEqual({
      at: 'now',
      event: 'refused',
      sentence: 'no',
      address: '10.0.0.1',
      suppressed: 4900,
    });
  });
});

describe('the file', () => {
  it('is made with its folder, for its owner alone, and goes on where it ended', async () => {
    const path = join(folder, 'runs', 'audit.jsonl');
    for (const line of ['{"n":1}', '{"n":2}']) {
      const file = openAuditFile(path, silent);
      file.append(line);
      await file.close();
    }
    expect(linesOf(path)).toEqual([{ n: 1 }, { n: 2 }]);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('ends a line that a crash cut off before it writes the next', async () => {
    const path = join(folder, 'audit.jsonl');
    writeFileSync(path, '{"n":1}\n{"cut');
    const file = openAuditFile(path, silent);
    file.append('{"n":2}');
    await file.close();
    expect(readFileSync(path, 'utf8')).toBe('{"n":1}\n{"cut\n{"n":2}\n');
  });

  it('is put aside when it is full; the oldest of the kept ones makes room', async () => {
    const path = join(folder, 'audit.jsonl');
    const limits = { ...AUDIT_FILE_LIMITS, fileBytes: 100, files: 3 };
    for (let n = 0; n < 60; n++) {
      const file = openAuditFile(path, silent, limits);
      file.append(JSON.stringify({ n }));
      await file.close();
    }
    const all = ['.3', '.2', '.1', ''].flatMap((end) => linesOf(path + end)) as { n: number }[];
    expect(existsSync(`${path}.4`)).toBe(false);
    expect(all.map(({ n }) => n)).toEqual(Array.from({ length: all.length }, (_, i) => 60 - all.length + i));
    // Lines of 8 or 9 bytes with their end: 12 or 13 fill a file, and the newest one is not full.
    expect(all.length).toBeGreaterThan(36);
    expect(statSync(`${path}.1`).size).toBeLessThan(110);
  });

  it('holds every line that was written, whole, after kill -9', async () => {
    const path = join(folder, 'audit.jsonl');
    const child: ChildProcess = fork(new URL('audit-writer.ts', import.meta.url), [path], {
      stdio: 'inherit',
    });
    const [written] = (await once(child, 'message')) as [number];
    child.kill('SIGKILL');
    await once(child, 'exit');
    const text = readFileSync(path, 'utf8');
    const whole = text.slice(0, text.lastIndexOf('\n')).split('\n');
    expect(whole.length).toBeGreaterThanOrEqual(written);
    expect(whole.map((line) => (JSON.parse(line) as { n: number }).n)).toEqual(
      Array.from({ length: whole.length }, (_, n) => n),
    );
  });

  it.skipIf(!existsSync('/dev/full'))(
    'that cannot be written is told once, in a sentence; memory is bounded, and what was lost is counted',
    async () => {
      const told: [boolean, string][] = [];
      const limits = { ...AUDIT_FILE_LIMITS, waiting: 10, retryMs: 1 };
      const file = openAuditFile('/dev/full', (...words) => told.push(words), limits);
      for (let n = 0; n < 1000; n++) file.append('{}');
      while (told.length === 0) await new Promise((resolve) => void setTimeout(resolve, 1));
      for (let n = 0; n < 1000; n++) file.append('{}');
      await file.close();
      expect(told).toHaveLength(1);
      expect(told[0]).toEqual([
        false,
        expect.stringMatching(/^The audit log cannot be written: ENOSPC.*--audit\.$/),
      ]);
    },
  );

  it('is written again as soon as that is possible; that is told, and what was lost is counted', async () => {
    const path = join(folder, 'blocked', 'audit.jsonl');
    writeFileSync(join(folder, 'blocked'), 'a file where a folder belongs');
    const told: boolean[] = [];
    const file = openAuditFile(path, (isWell) => told.push(isWell), {
      ...AUDIT_FILE_LIMITS,
      waiting: 3,
      retryMs: 1,
    });
    for (let n = 0; n < 5; n++) file.append(JSON.stringify({ n }));
    while (told.length === 0) await new Promise((resolve) => void setTimeout(resolve, 1));
    rmSync(join(folder, 'blocked'));
    while (told.length === 1) await new Promise((resolve) => void setTimeout(resolve, 1));
    await file.close();
    expect(told).toEqual([false, true]);
    expect(linesOf(path)).toEqual([{ n: 0 }, { n: 1 }, { n: 2 }, { event: 'lines lost', count: 2 }]);
  });
});

it('STOP goes out before a line of it is written, and whatever becomes of the log', async () => {
  const order: string[] = [];
  const house = await startHouse({ onAudit: ({ event }) => void order.push(event) });
  const send = house.control.send.bind(house.control);
  house.control.send = (message) => {
    order.push(`to control: ${message.kind}`);
    send(message);
  };
  const client = await house.connect();
  client.ask({ type: 'command', id: 1, command: 'STOP' });
  await client.until((c) => c.of('ack').length === 1);
  expect(order.filter((word) => word === 'asked' || word === 'to control: message')).toEqual([
    'to control: message',
    'asked',
  ]);
});

/**
 * The control process: `node controller/control/process.ts '<ControlOptions, JSON>'`, forked by the web process with
 * an IPC channel and `serialization: 'advanced'`. When the channel closes it stops the rig and ends. Exit status 2: the
 * options or the rig file are not usable; 1: this program failed.
 */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { loadPreset } from '../../sim/command/preset-file.ts';
import { smaMassKg } from '../../sim/index.ts';
import { systemClock } from '../port/system-clock.ts';
import { inShadow } from './electronics/shadow.ts';
import { openElectronics } from './electronics/open-electronics.ts';
import { placeOf } from './electronics/place.ts';
import { autoStart } from './operate/auto-start.ts';
import { latenessSentence } from './report/lateness.ts';
import { createOutlet } from './report/outlet.ts';
import { createProofDesk, type ProofDesk } from './proof/proof-desk.ts';
import { appendProof, PROOF_STORE, readProofs } from './proof/proof-store.ts';
import { proofsOverdue, readProofTests } from './proof/proofs-overdue.ts';
import { Relay } from './relay.ts';
import { parseRigFile, type RigFile } from './rig-file.ts';
import { Supervisor } from './supervisor.ts';

/** State messages go out at least twice a second. */
const PUBLISH_MS = 400;
/** A record lacks at most this much of the decisions of a process that died. */
const FLUSH_MS = 100;
/** Time for the bytes of an ABORT to leave. */
const LAST_BYTES_MS = 150;
const ROOT = new URL('../../', import.meta.url);
const PROOF_LIST = new URL('fixtures/safety/proof-tests.yaml', ROOT);

const Options = z.object({
  rigFile: z.string(),
  port: z.string(),
  autoStart: z.boolean(),
  isShadow: z.boolean().default(false),
  isBreakable: z.boolean().default(false),
});
const Package = z.object({ version: z.string() });

function refuse(sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(2);
}

function readOptions(text: string | undefined): z.infer<typeof Options> {
  try {
    return Options.parse(JSON.parse(text ?? ''));
  } catch {
    return refuse(
      'The control process is started by `elastocool start` and `elastocool serve`, not by hand: its options are missing.',
    );
  }
}

function readRigFile(path: string): RigFile {
  try {
    const rig = parseRigFile(readFileSync(path, 'utf8'));
    return typeof rig === 'string' ? refuse(`${path}: ${rig}`) : rig;
  } catch {
    return refuse(`${path}: the rig file cannot be read; is the path right?`);
  }
}

function readSmaMassG(preset: string): number {
  try {
    return 1000 * smaMassKg(loadPreset(preset, new Map()).device);
  } catch (error) {
    return refuse(
      `The preset of the rig file cannot be used: ${error instanceof Error ? error.message : preset}`,
    );
  }
}

const send = createOutlet((message, taken) => {
  // An error means that the channel is closing; `disconnect` follows and stops the rig.
  if (process.connected) process.send?.(message, undefined, undefined, () => taken());
});

function start(options: z.infer<typeof Options>): void {
  const rig = readRigFile(options.rigFile);
  const { version } = Package.parse(JSON.parse(readFileSync(new URL('package.json', ROOT), 'utf8')));
  const relay = new Relay({
    rig,
    clock: systemClock,
    version,
    port: options.port,
    smaMassG: readSmaMassG(rig.preset),
    isVirtual: options.autoStart,
    isBreakable: options.isBreakable,
    send,
    wallTime: () => new Date().toISOString(),
  });
  const open = openElectronics(rig, placeOf(options.rigFile, options.port), systemClock);
  if (typeof open === 'string') return refuse(`${options.rigFile}: ${open}`);
  const supervisor = new Supervisor({
    rig,
    clock: systemClock,
    isShadow: options.isShadow,
    proofsOverdue: (device) => proofsOverdue(PROOF_LIST, PROOF_STORE, device, Date.now()),
    open: options.isShadow ? inShadow(open, relay.wouldWrite) : open,
    frame: relay.frame,
    streams: relay.streams,
    isAttended: relay.isAttended,
    tell: relay.tell,
    journal: relay.journal,
    changed: relay.publish,
  });
  relay.attach(supervisor, proofDesk(rig.name, supervisor, relay));
  endWell(supervisor, relay);
  process.on('message', (raw) => relay.receive(raw));
  setInterval(relay.publish, PUBLISH_MS);
  setInterval(relay.flush, FLUSH_MS);
  supervisor.start();
  if (options.autoStart) {
    void autoStart(supervisor, systemClock, relay.tell, () => relay.hasPersonCommanded());
  }
}

function proofDesk(rigName: string, supervisor: Supervisor, relay: Relay): ProofDesk {
  return createProofDesk({
    tests: readProofTests(PROOF_LIST),
    rigName,
    device: () => supervisor.device(),
    lend: (writes) => supervisor.lend(writes),
    giveBack: () => supervisor.giveBack(),
    records: () => readProofs(PROOF_STORE),
    store: (record) => appendProof(PROOF_STORE, record),
    wallTime: () => new Date().toISOString(),
    changed: relay.tellProofs,
  });
}

/** However this process ends, the rig is told first. */
function endWell(supervisor: Supervisor, relay: Relay): void {
  let isEnding = false;
  const end = async (): Promise<void> => {
    if (isEnding) return;
    isEnding = true;
    const sentence = await supervisor.shutDown();
    relay.flush();
    process.stderr.write(`Control ends. ${sentence} ${latenessSentence(supervisor.lateness())}\n`);
    process.exit(0);
  };
  const fail = (error: unknown): void => {
    const why = error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.stderr.write(`The control process failed and sends ABORT: ${why}\n`);
    setTimeout(() => process.exit(1), LAST_BYTES_MS);
    supervisor.emergency('The control process failed.');
    relay.flush();
  };
  process.on('uncaughtException', fail);
  process.on('unhandledRejection', fail);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end());
  process.on('disconnect', () => void end());
  if (process.send !== undefined && !process.connected) void end();
}

start(readOptions(process.argv[2]));

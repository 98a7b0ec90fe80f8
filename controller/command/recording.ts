/** Records a run of the program: what `start` and `serve` have in common with the recorder. */
import { readFileSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { userInfo } from 'node:os';
import { Option } from 'commander';
import { z } from 'zod';
import type { Assembly } from '../control/electronics/settings.ts';
import { parseRigFile } from '../control/rig-file.ts';
import type { ControlOptions } from '../control/ipc.ts';
import { profileText } from '../device/profile-files.ts';
import { FLUSH_MS, Recorder } from '../record/recorder.ts';
import type { Attached } from '../record/record-stream.ts';
import { recoverAll } from '../record/recovery.ts';
import { RunShelf } from '../record/run-shelf.ts';
import { diskUseSentence } from '../record/disk-use.ts';
import type { Hub } from '../server/hub.ts';
import { inHouse } from './child.ts';

const DISK_MS = 5000;

export interface RecordingOptions {
  readonly runs: string;
  readonly note: string;
  readonly operator: string;
  readonly diskReserve: number;
}

export const runsOption = (): Option =>
  new Option('--runs <folder>', 'where runs are recorded: one folder a run').default('runs');

export const recordingOptions = (): Option[] => [
  runsOption(),
  new Option('--note <text>', 'what this run is about; stands in the record').default(''),
  new Option('--operator <name>', 'who runs it; stands in the record').default(userName(), 'your user name'),
  new Option('--disk-reserve <MB>', 'recording stops where less than this is free on the disk')
    .default(500)
    .argParser(Number),
];

export interface Recording {
  /** The runs, for whoever reads them. */
  readonly shelf: RunShelf;
  end(): Promise<void>;
}

/** Begins to record before the control process is there; what an earlier program left unfinished is mended beside it. */
export function startRecording(hub: Hub, control: ControlOptions, options: RecordingOptions): Recording {
  const folder = resolve(options.runs);
  const announce: Hub['announce'] = (severity, sentence) => {
    hub.announce(severity, sentence);
    if (severity !== 'info') console.error(sentence);
  };
  const recorder = new Recorder({
    folder,
    facts: factsOf(control, options),
    attachments: attachmentsOf(control),
    announce,
    wallMs: () => performance.timeOrigin + performance.now(),
    reserveBytes: options.diskReserve * 1e6,
  });
  hub.keep(recorder);
  const flushing = setInterval(() => recorder.flush(), FLUSH_MS);
  const watching = setInterval(() => void recorder.checkDisk(), DISK_MS);
  void recorder.checkDisk();
  void tellOfFolder(folder, announce);
  return {
    shelf: new RunShelf(folder, () => recorder.run),
    async end() {
      clearInterval(flushing);
      clearInterval(watching);
      await recorder.end('the program was ended');
    },
  };
}

/** Mends what an earlier run left, then says how much disk the runs take. */
async function tellOfFolder(folder: string, announce: Hub['announce']): Promise<void> {
  await recoverAll(folder, (sentence) => announce('warning', sentence));
  announce('info', await diskUseSentence(folder));
}

function factsOf(control: ControlOptions, { note, operator }: RecordingOptions) {
  const rig = parseRigFile(readText(control.rigFile) ?? '');
  const { version } = z
    .object({ version: z.string() })
    .parse(JSON.parse(readText(inHouse('package.json')) ?? '{}'));
  const named = typeof rig === 'string' ? { rig: '', preset: '' } : { rig: rig.name, preset: rig.preset };
  return { ...named, version, port: control.port, operator, note };
}

/** The rig file as it was, the machine that its limits are about, and the profiles of its devices. */
export function attachmentsOf({ rigFile }: ControlOptions): Attached[] {
  const rigText = readText(rigFile);
  if (rigText === undefined) return [];
  const rig = parseRigFile(rigText);
  const own = [yaml('rig.yaml', rigText)];
  if (typeof rig === 'string') return own;
  const preset = `${basename(rig.preset)}.yaml`;
  const presetText = readText(inHouse(`fixtures/presets/${preset}`));
  if (presetText !== undefined) own.push(yaml(`preset/${preset}`, presetText));
  return rig.electronics.kind === 'assembly'
    ? [...own, ...profilesOf(rig.electronics, dirname(rigFile))]
    : own;
}

/** What the registers of every device mean, as it was understood when the run was made. */
function profilesOf({ devices }: Assembly, folder: string): Attached[] {
  const names = new Set(Object.values(devices).map(({ profile }) => profile));
  return [...names].flatMap((name) => {
    const text = profileText(name, folder);
    return text === null ? [] : [yaml(`profile/${basename(name, '.yaml')}.yaml`, text)];
  });
}

const yaml = (name: string, text: string): Attached => ({ name, mediaType: 'application/yaml', text });

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return '';
  }
}

/** All runs of a folder, each read from its own record: no index that could be lost or disagree. */
import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Note, RunEntry } from '../wire/record/run-list.ts';
import { runBytes } from './disk-use.ts';
import { type OpenRun, openRun } from './open-run.ts';
import { NOTES, listBlackBoxes, listRunIds } from './run-folder.ts';

/** Oldest first. A damaged run is an entry with a problem. */
export async function listRuns(folder: string): Promise<RunEntry[]> {
  const entries: RunEntry[] = [];
  for (const id of await listRunIds(folder)) entries.push(await describeRun(folder, id));
  return entries;
}

export async function describeRun(folder: string, id: string): Promise<RunEntry> {
  const run = await openRun(folder, id);
  const common = {
    id,
    size_bytes: await runBytes(folder, id),
    black_boxes: await listBlackBoxes(folder, id),
    notes: await readNotes(folder, id),
  };
  if (typeof run === 'string') return { ...common, recovered: false, problem: run };
  const described = { ...common, ...summaryOf(run) };
  await run.close();
  return described;
}

function summaryOf({ facts, end, recovery, fromMs, toMs }: OpenRun) {
  return {
    facts,
    duration_s: Math.round(toMs - fromMs) / 1000,
    figures: (end ?? recovery)?.figures,
    ended: recovery === undefined ? end?.reason : `broke off; at most ${recovery.lost_at_most_s} s are lost`,
    recovered: recovery !== undefined,
  };
}

/** Adds a line; a record that has ended is never written again, so notes stand beside it. A sentence where it cannot. */
export async function addNote(folder: string, id: string, note: Note): Promise<string | null> {
  try {
    await appendFile(join(folder, id, NOTES), `${JSON.stringify(note)}\n`);
    return null;
  } catch (error) {
    return `The note cannot be written: ${error instanceof Error ? error.message : String(error)}`;
  }
}

export async function readNotes(folder: string, id: string): Promise<Note[]> {
  const text = await readFile(join(folder, id, NOTES), 'utf8').catch(() => '');
  return text.split('\n').flatMap((line) => readNote(line) ?? []);
}

/** A line that was torn is no reason to lose the others. */
function readNote(line: string): Note | undefined {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value !== 'object' || value === null || !('at' in value) || !('text' in value))
      return undefined;
    return { at: String(value.at), text: String(value.text) };
  } catch {
    return undefined;
  }
}

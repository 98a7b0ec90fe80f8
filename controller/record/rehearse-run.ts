/**
 * Decides a recorded run again: the same inputs, the rig file of the record, this program's decider. The decisions of a run
 * that is not the first of its program go back to where that began, so the runs before it are decided as well.
 */
import { type Divergence, Redecision, decodeDecision } from '../control/decide/journal.ts';
import { type RigFile, parseRigFile } from '../control/rig-file.ts';
import type { Recorded } from '../wire/record/record-reader.ts';
import { JOURNAL_TOPIC } from '../wire/record/topics.ts';
import { type OpenRun, openRun } from './open-run.ts';
import { listRunIds } from './run-folder.ts';

export interface Rehearsed {
  readonly runs: readonly string[];
  /** Decisions that were made again and compared. */
  readonly decisions: number;
  readonly divergence: (Divergence & { readonly run: string; readonly at: string }) | null;
}

/** A sentence where the decisions cannot be made again. */
export async function rehearseRun(folder: string, id: string): Promise<Rehearsed | string> {
  const ids = await partsUpTo(folder, id);
  if (typeof ids === 'string') return ids;
  const walk = new Walk();
  for (const part of ids) {
    const run = await openRun(folder, part);
    if (typeof run === 'string') return run;
    const problem = await walk.through(run);
    await run.close();
    if (problem !== null) return problem;
    if (walk.divergence !== null) break;
  }
  if (walk.decisions === 0) return `The run ${id} has no decisions in it.`;
  return { runs: ids, decisions: walk.decisions, divergence: walk.divergence };
}

class Walk {
  decisions = 0;
  divergence: Rehearsed['divergence'] = null;
  #again: Redecision | undefined;
  #expected = 0;

  /** A sentence where the journal cannot be followed. */
  async through(run: OpenRun): Promise<string | null> {
    const rig = parseRigFile((await run.attachment('rig.yaml')) ?? '');
    if (typeof rig === 'string')
      return `The rig file in the run ${run.id} is none of this version of the program (recorded by ${run.facts.version}): ${rig}`;
    for await (const recorded of run.read([JOURNAL_TOPIC])) {
      if (recorded.kind !== 'decision') continue;
      const problem = this.#take(run.id, rig, recorded);
      if (problem !== null || this.divergence !== null) return problem;
    }
    return null;
  }

  #take(run: string, rig: RigFile, recorded: Extract<Recorded, { kind: 'decision' }>): string | null {
    const at = new Date(recorded.atMs).toISOString();
    if (recorded.sequence !== this.#expected)
      return `The journal has a gap at ${at}: decision ${this.#expected} is missing (run ${run}), so what follows cannot be decided again.`;
    this.#expected++;
    const decision = decodeDecision(recorded.text);
    if (decision.input.kind === 'begin') this.#again ??= new Redecision(rig);
    if (this.#again === undefined) return `The journal of the run ${run} does not begin at a beginning.`;
    const divergence = this.#again.check(decision);
    if (divergence !== null) this.divergence = { ...divergence, run, at };
    this.decisions++;
    return null;
  }
}

/** The runs of the same program, from its first to this one. */
async function partsUpTo(folder: string, id: string): Promise<string[] | string> {
  const last = await openRun(folder, id);
  if (typeof last === 'string') return last;
  const { session, part } = last.facts;
  await last.close();
  const parts = new Map<number, string>([[part, id]]);
  for (const other of (await listRunIds(folder)).filter((one) => one < id)) {
    const run = part === 1 ? 'not needed' : await openRun(folder, other);
    if (typeof run === 'string') continue;
    if (run.facts.session === session) parts.set(run.facts.part, other);
    await run.close();
  }
  const wanted = Array.from({ length: part }, (_, i) => parts.get(i + 1));
  const missing = wanted.indexOf(undefined);
  if (missing >= 0)
    return `The decisions of ${id} go on from earlier runs of the same program, and number ${missing + 1} of them cannot be read.`;
  return wanted.flatMap((one) => one ?? []);
}

/**
 * What was tested: one JSON line a test, only ever appended, forced to the disk before it is said to be stored. A line
 * that a power cut tore is left out when it is read.
 */
import { readFileSync } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';

/** Where records stand unless something else is asked for, from the working directory. */
export const PROOF_STORE = 'runs/proof-tests.jsonl';

export const ProofRecord = z.object({
  id: z.string(),
  outcome: z.enum(['pass', 'fail', 'skipped']),
  /** Wall time, ISO 8601. */
  at: z.string(),
  /** Who tested. */
  by: z.string(),
  /** What the device said of itself: kind, serial number, firmware. A new firmware has to be tested anew. */
  device: z.string(),
  rig: z.string(),
  /** What was measured or seen. */
  note: z.string(),
});
export type ProofRecord = z.infer<typeof ProofRecord>;

/** Waits for the disk without holding anything else up. @returns one sentence where it could not be stored */
export async function appendProof(file: string, record: ProofRecord): Promise<string | null> {
  try {
    await mkdir(dirname(file), { recursive: true });
    const handle = await open(file, 'a');
    // A torn line of an earlier run must not swallow this one: an empty line costs nothing.
    try {
      await handle.write(`\n${JSON.stringify(record)}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
    return null;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return `${file}: the proof test could not be stored (${why}); nothing was recorded.`;
  }
}

/** All records that can be read, oldest first; none where there is no file. */
export function readProofs(file: string): ProofRecord[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return [];
  }
  return text.split('\n').flatMap((line) => {
    const record = ProofRecord.safeParse(asJson(line));
    return record.success ? [record.data] : [];
  });
}

function asJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

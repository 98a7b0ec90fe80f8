/** The runs of a server as a page is told of them: `GET /runs`. The record of one is at `recordPath`. */
import { z } from 'zod';
import { Figures, RunFacts } from './run-facts.ts';

export const Note = z.object({
  /** Wall time, ISO 8601. */
  at: z.string(),
  text: z.string(),
});
export type Note = z.infer<typeof Note>;

export const RunEntry = z.object({
  id: z.string(),
  /** Of all its files. */
  size_bytes: z.number(),
  black_boxes: z.array(z.string()),
  notes: z.array(Note),
  /** Absent where the record cannot be read; then `problem` says why. */
  facts: RunFacts.optional(),
  duration_s: z.number().optional(),
  figures: Figures.optional(),
  /** How it ended: words of the record, or what a recovery found. */
  ended: z.string().optional(),
  recovered: z.boolean(),
  problem: z.string().optional(),
});
export type RunEntry = z.infer<typeof RunEntry>;

export const RunList = z.object({
  /** Newest first. */
  runs: z.array(RunEntry),
  /** How many older ones there are that are not listed. */
  older: z.int(),
  /** Id of the run that is being recorded; null while none is. */
  recording: z.string().nullable(),
});
export type RunList = z.infer<typeof RunList>;

export const RUNS_PATH = '/runs';
/** Of the MCAP file of a run; it may be asked for in ranges of bytes. */
export const recordPath = (id: string): string => `${RUNS_PATH}/${id}/record.mcap`;
/** The report that `elastocool validate --report` left beside the server. */
export const REPORT_PATH = '/report';
/** Writes it where a server that was started in the same folder looks for it. */
export const REPORT_COMMAND = 'npx elastocool validate --report report';

/** What the page and the worker that reads one record say to each other. */
import type { Channel, GroupName } from '../../controller/wire/channels.ts';
import type { RunFacts } from '../../controller/wire/record/run-facts.ts';
import type { DrawnGroup, GroupBlocks, Survey } from './survey.ts';

/** Time of the record in s. */
export interface Stretch {
  readonly fromS: number;
  readonly toS: number;
}

export type RecordAsk =
  | { readonly type: 'open'; readonly source: { readonly url: string } | { readonly file: File } }
  /** A part of it, closer; a newer one supersedes it. */
  | {
      readonly type: 'part';
      readonly id: number;
      readonly groups: readonly DrawnGroup[];
      readonly of: Stretch;
    };

export interface OpenedRecord extends Survey {
  readonly facts: RunFacts;
  readonly tables: Readonly<Partial<Record<GroupName, readonly Channel[]>>>;
}

export type RecordAnswer =
  | { readonly type: 'progress'; readonly share: number }
  /** `sentence` follows on what was to be read. */
  | { readonly type: 'refused'; readonly sentence: string }
  | { readonly type: 'opened'; readonly record: OpenedRecord }
  | { readonly type: 'part'; readonly id: number; readonly of: Stretch; readonly blocks: GroupBlocks };

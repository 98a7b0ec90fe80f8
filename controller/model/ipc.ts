/**
 * The channel between the web process and the model process (node's fork channel, `serialization: 'advanced'`): what the
 * pages see goes in, what the model makes of it comes out. The model knows no more of the rig than a page does.
 */
import type { FeedForwardTable } from '../control/regulate/feed-forward.ts';
import type { Recipe } from '../control/rig-file.ts';
import type { EventMessage } from '../wire/messages.ts';

export type WebToModel =
  /** A tick or cycle frame as it went to the pages. */
  | { readonly kind: 'frame'; readonly bytes: Uint8Array }
  /** The recipe in effect, on every change. */
  | { readonly kind: 'recipe'; readonly recipe: Recipe };

export type ModelToWeb =
  /** The web process numbers it. */
  | { readonly kind: 'frame'; readonly group: 'model' | 'picture'; readonly bytes: Uint8Array }
  | { readonly kind: 'event'; readonly severity: EventMessage['severity']; readonly sentence: string }
  /** What the regulator is expected to need. */
  | { readonly kind: 'table'; readonly table: FeedForwardTable };

/** How the model process is started: `process.argv[2]`, JSON. */
export interface ModelOptions {
  readonly rigFile: string;
}

/** Its exit status where the rig file has no `model` section, or one that cannot be used. */
export const NOTHING_TO_DO = 3;

/**
 * The interlock table of one machine: the built-in rows as the rig file tunes them, then the rows of its own. A
 * built-in row may always be made stricter, and weaker only as far as its `tuning` says; none can be left out.
 */
import type { Fault } from '../../wire/messages.ts';
import type { OwnInterlock, TunedInterlock } from '../rig/interlock-settings.ts';
import type { Interlock } from './interlock.ts';
import { INTERLOCKS } from './limits.ts';
import { ownRow } from './own-row.ts';

/** From the weakest to the gravest. */
const ACTIONS: readonly Fault['action'][] = ['warn', 'hold', 'stop', 'abort'];
const gravity = (action: Fault['action']): number => ACTIONS.indexOf(action);

interface Settings {
  readonly interlocks: readonly (TunedInterlock | OwnInterlock)[];
}

/** @returns the rows in the order of their claim to be the first-out cause, or one sentence that says what is refused */
export function interlockTable({ interlocks }: Settings): readonly Interlock[] | string {
  const table = [...INTERLOCKS];
  const seen = new Set<string>();
  for (const settings of interlocks) {
    const at = table.findIndex(({ key }) => key === settings.key);
    const row = seen.has(settings.key)
      ? 'given twice, allowed is one row of a key'
      : 'when' in settings
        ? added(settings, table[at])
        : tuned(settings, table[at]);
    if (typeof row === 'string') return `interlocks.${settings.key}: ${row}.`;
    seen.add(settings.key);
    table[at < 0 ? table.length : at] = row;
  }
  return table;
}

/** The table of a rig file that was read: it has been checked. */
export function tableOf(rig: Settings): readonly Interlock[] {
  const table = interlockTable(rig);
  if (typeof table === 'string') throw new Error(table);
  return table;
}

const added = (settings: OwnInterlock, known: Interlock | undefined): Interlock | string =>
  known === undefined
    ? ownRow(settings)
    : 'when is given, but the condition of a built-in row cannot be replaced';

function tuned(settings: TunedInterlock, row: Interlock | undefined): Interlock | string {
  if (row === undefined) return `no such built-in row, and without "when" it is no row of its own`;
  const { action = row.action, debounce_ms, off_delay_ms, latched = row.latched } = settings;
  const weakest = row.tuning?.weakest ?? row.action;
  if (gravity(action) < gravity(weakest)) return `action ${action} given, allowed is ${atLeast(weakest)}`;
  if (row.latched && !latched)
    return 'latched: false given, allowed is true: a person acknowledges this fault';
  const longest = row.tuning?.longestDebounceMs ?? (typeof row.debounceMs === 'number' ? row.debounceMs : 0);
  if (debounce_ms !== undefined && debounce_ms > longest)
    return `debounce_ms ${debounce_ms} given, allowed is at most ${longest}`;
  return {
    ...row,
    action,
    latched,
    debounceMs: debounce_ms ?? row.debounceMs,
    ...(off_delay_ms === undefined ? {} : { offDelayMs: off_delay_ms }),
  };
}

const atLeast = (weakest: Fault['action']): string =>
  weakest === 'abort' ? 'abort' : `${weakest} or graver (${ACTIONS.slice(gravity(weakest)).join(', ')})`;

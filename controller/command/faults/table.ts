/** The verdicts as people read them. */
import type { Verdict } from './verdict.ts';

const COLUMNS: readonly {
  readonly title: string;
  readonly width: number;
  readonly of: (v: Verdict) => string;
}[] = [
  { title: '', width: 5, of: (v) => (v.pass ? 'pass' : 'FAIL') },
  { title: 'fault', width: 19, of: (v) => v.name },
  { title: 'state', width: 10, of: (v) => v.state },
  { title: 'expected', width: 10, of: (v) => v.expected_state },
  { title: 'first out', width: 25, of: (v) => v.first_out },
  { title: 'expected', width: 25, of: (v) => v.expected_cause },
  { title: 'safe after', width: 10, of: (v) => safeAfter(v) },
];

const safeAfter = ({ time_to_safe_ms, expected_state }: Verdict): string => {
  if (time_to_safe_ms !== null) return `${time_to_safe_ms} ms`;
  return expected_state === 'EXECUTE' ? 'goes on' : 'never';
};

const line = (cells: readonly string[]): string =>
  cells
    .map((cell, i) => cell.padEnd(COLUMNS[i]?.width ?? 0))
    .join(' ')
    .trimEnd();

export const tableHead = (): string => line(COLUMNS.map(({ title }) => title));
export const tableRow = (verdict: Verdict): string => line(COLUMNS.map(({ of }) => of(verdict)));

/** `repeated`: trials that were run anew because the computer was too busy to judge by. */
export function tableFoot(verdicts: readonly Verdict[], tookS: number, repeated = 0): string {
  const passed = verdicts.filter(({ pass }) => pass).length;
  const safe = verdicts.flatMap(({ time_to_safe_ms }) => time_to_safe_ms ?? []).toSorted((a, b) => a - b);
  const middle = safe[safe.length >> 1];
  const spread =
    middle === undefined ? '' : ` Time to safety: median ${middle} ms, longest ${safe.at(-1)} ms.`;
  const anew = repeated === 0 ? '' : ` ${repeated} trials were run anew: this computer was too busy.`;
  return `${passed} of ${verdicts.length} faults end as declared, in ${tookS.toFixed(0)} s.${spread}${anew}`;
}

/** The league for people, and what it says of the model against the thermostat. */
import type { Row } from './play.ts';

/** What is promised of the model against the thermostat. */
const PROMISED_SAVING = 0.15;

export interface Verdict {
  /** 1 − electricity of the model over that of the thermostat, all scenarios that both ended; null where one did not play. */
  readonly mpc_saves: number | null;
  /** Its error is nowhere larger than the thermostat's. */
  readonly at_equal_comfort: boolean | null;
  readonly sentence: string | null;
}

const NONE: Verdict = { mpc_saves: null, at_equal_comfort: null, sentence: null };

export function verdictOf(rows: readonly Row[]): Verdict {
  const of = (controller: string) => rows.filter((row) => row.controller === controller);
  const [played, against] = [of('mpc'), of('thermostat')];
  if (played.length === 0 || played.length !== against.length) return NONE;
  // A machine at rest takes no electricity: a run that an interlock ended would look like a saving.
  const stopped = new Set(
    [...played, ...against].filter((row) => row.stopped !== null).map(({ scenario }) => scenario),
  );
  const ended = ({ scenario }: Row): boolean => !stopped.has(scenario);
  const [model, thermostat] = [played.filter(ended), against.filter(ended)];
  if (model.length === 0) return NONE;
  const sum = (some: readonly Row[], key: 'energy_kWh' | 'fans_kWh') =>
    some.reduce((total, row) => total + row[key], 0);
  const mpc_saves = 1 - sum(model, 'energy_kWh') / sum(thermostat, 'energy_kWh');
  const worse = model.filter(
    ({ scenario, iae_K_s }) => iae_K_s > (thermostat.find((row) => row.scenario === scenario)?.iae_K_s ?? 0),
  );
  const fans = [model, thermostat].map((some) => sum(some, 'fans_kWh').toFixed(3)).join(' and ');
  return {
    mpc_saves,
    at_equal_comfort: worse.length === 0,
    sentence: `${sentenceOf(mpc_saves, worse, fans)}${leftOut([...stopped])}`,
  };
}

function sentenceOf(saves: number, worse: readonly Row[], fans: string): string {
  const comfort =
    worse.length === 0
      ? 'with no larger error in any scenario'
      : `but with a larger error in ${worse.map(({ scenario }) => scenario).join(', ')}`;
  const percent = (100 * saves).toFixed(0);
  return saves >= PROMISED_SAVING
    ? `The model takes ${percent} % less electricity than the thermostat, ${comfort}.`
    : `The model takes ${percent} % less electricity than the thermostat, ${comfort}; promised are ${100 * PROMISED_SAVING} %. Fans alone took ${fans} kWh.`;
}

const leftOut = (stopped: readonly string[]): string =>
  stopped.length === 0 ? '' : ` Not counted, since an interlock ended a run: ${stopped.join(', ')}.`;

export function leagueTable(rows: readonly Row[]): string {
  const head = [
    'scenario',
    'controller',
    'IAE K s',
    'below K',
    'kWh',
    'of it fans',
    'cycles',
    'travel Hz',
    'starts',
    'life spent',
  ];
  const lines = rows.map((row) => [
    row.scenario,
    row.controller,
    row.iae_K_s.toFixed(0),
    row.overshoot_K.toFixed(2),
    row.energy_kWh.toFixed(4),
    row.fans_kWh.toFixed(4),
    String(row.cycles),
    row.actuator_travel_Hz.toFixed(1),
    String(row.starts),
    row.fatigue_spent === null ? 'not published' : `${(100 * row.fatigue_spent).toFixed(2)} %`,
  ]);
  const widths = head.map((_, i) => Math.max(...[head, ...lines].map((cells) => cells[i].length)));
  const line = (cells: readonly string[]) =>
    cells.map((cell, i) => (i < 2 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join('  ');
  const { sentence } = verdictOf(rows);
  const stops = rows.flatMap(({ scenario, controller, stopped }) =>
    stopped === null ? [] : [`${scenario}, ${controller}: an interlock ended the run. ${stopped}`],
  );
  const lives = [...new Set(rows.map(({ fatigue }) => fatigue))].map((said) => `Life spent: ${said}`);
  return [
    line(head),
    ...lines.map(line),
    '',
    ...lives,
    ...(stops.length === 0 ? [] : ['', ...stops]),
    ...(sentence === null ? [] : ['', sentence]),
  ].join('\n');
}

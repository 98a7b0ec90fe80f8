/** What a relay test proposes: settings by two published rules, each with the margins of the loop it would make. */
import { type Identified, identify } from './identify.ts';
import { type Margins, margins } from './margins.ts';
import type { PidSettings } from './pid.ts';
import { type Ultimate, ultimate } from './process-model.ts';
import type { RelayOptions, RelayState } from './relay-test.ts';
import { type Rule, simc, tyreusLuyben } from './tuning.ts';

export interface Candidate {
  readonly rule: Rule;
  readonly settings: PidSettings;
  readonly margins: Margins;
}

export interface Proposal extends Candidate {
  readonly identified: Identified;
  readonly ultimate: Ultimate;
  readonly candidates: readonly Candidate[];
}

/** Above this the loop is too close to swinging to be proposed (Astrom & Murray: 1.2 to 2). */
const MOST_MS = 2;

/** @param sample_s of the loop: it holds its output for half of it in the mean. A sentence where nothing can be proposed. */
export function propose(
  state: RelayState,
  options: RelayOptions,
  present: PidSettings,
  sample_s: number,
): Proposal | string {
  const identified = identify(state, options);
  if (typeof identified === 'string') return identified;
  // The sampled loop acts late by half a sample; the rules must know.
  const model = { ...identified.model, dead_s: identified.model.dead_s + sample_s / 2 };
  const limit = ultimate(model);
  if (limit === null)
    return 'The relay test ended without a result: no dead time is seen, so no gain would make the loop swing.';
  const tuned = { simc: simc(model), 'tyreus-luyben': tyreusLuyben(limit, options.sign) };
  const candidates = (['simc', 'tyreus-luyben'] as const).map((rule): Candidate => {
    const settings = {
      ...present,
      ...tuned[rule],
      tracking_s: Math.min(present.tracking_s, tuned[rule].integral_s),
    };
    return { rule, settings, margins: margins(model, settings) };
  });
  const [best] = candidates;
  if (best.margins.ms > MOST_MS)
    return `The relay test ended without a result: its loop would have Ms ${best.margins.ms.toFixed(2)}, allowed is ${MOST_MS}.`;
  return { ...best, identified, ultimate: limit, candidates };
}

export function proposalSentence(
  { rule, settings, margins, identified, ultimate }: Proposal,
  unit: string,
): string {
  const { gain_U_per_K, integral_s } = settings;
  const { model } = identified;
  return (
    `Relay test: dead time ${model.dead_s.toFixed(0)} s, slope ${model.slope_K_per_s_U.toPrecision(3)} K/s a ${unit}, ` +
    `ultimate gain ${ultimate.gain_U_per_K.toPrecision(3)} ${unit}/K at ${ultimate.period_s.toFixed(0)} s. ` +
    `${rule.toUpperCase()}: gain ${Math.abs(gain_U_per_K).toPrecision(3)} ${unit}/K, integral time ${integral_s.toFixed(0)} s; ` +
    `gain margin ${margins.gain_margin.toFixed(1)}, phase margin ${margins.phase_margin_deg.toFixed(0)}°, Ms ${margins.ms.toFixed(2)}.`
  );
}

/** Where the account of a cycle comes from: what the device latched, or the model beside the rig. */
import { telemetry } from '../session.ts';
import { newest } from '../store/read-at.ts';
import { cycleColumn, modelColumn } from '../store/telemetry.ts';
import { accountOf, type CyclePowers } from './account.ts';
import { recentRows } from './measured-cycle.ts';
import { COVERAGE, type Estimate, meanOf } from './uncertainty.ts';

const MEASURED = ['cooling_power_W', 'heating_power_W', 'loading_power_W', 'mechanical_power_W'].map(
  cycleColumn,
);
const MODELLED = [
  'cooling_power_W',
  'heating_power_W',
  'loading_power_W',
  'mechanical_power_W',
  'housing_loss_W',
  'stored_power_W',
].map(modelColumn);

const powers = ([
  cooling_W,
  heating_W,
  loading_W,
  net_work_W,
  loss_W,
  stored_W,
]: readonly number[]): CyclePowers => ({
  cooling_W,
  heating_W,
  loading_W,
  net_work_W,
  loss_W: loss_W ?? Number.NaN,
  stored_W: stored_W ?? Number.NaN,
});

/** Of the last whole cycle. Housing loss and storage are measured nowhere: they are in its residual. */
export const measuredPowers = (): CyclePowers =>
  powers(MEASURED.map((column) => telemetry.lastCycle(column)));

export const modelledPowers = (): CyclePowers =>
  powers(MODELLED.map((column) => newest(telemetry.model, column)));

/** Residual of the last `cycles` measured accounts, W, with its uncertainty. */
export function measuredResidual(cycles: number): Estimate {
  const columns = MEASURED.map((column) => recentRows(telemetry.cycle, column, cycles));
  return meanOf(
    columns[0].map((_, i) => accountOf(powers(columns.map((values) => values[i])))?.residual_W ?? Number.NaN),
  );
}

/** What of the measured residual the model explains by housing loss and storage, W; NaN without a model. */
export function explainedW(): number {
  const { loss_W, stored_W } = modelledPowers();
  return loss_W + stored_W;
}

/** Assumed: flow and temperature readings that agree to better than this share of the largest flow would be unusual. */
const READING_SHARE = 0.005;

/** How large what is left after loss and storage may be, W: scatter of the cycles, and half a percent of the largest flow. */
export const allowedW = ({ u }: Estimate, throughW: number): number =>
  (Number.isNaN(u) ? 0 : COVERAGE * u) + READING_SHARE * throughW;

/** The model's account closes to round-off; what is sent of it is single precision: 6e-8 of each of six powers. */
export const modelAllowedW = (throughW: number): number => 6 * 6e-8 * 4 * throughW;

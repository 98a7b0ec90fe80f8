/** Between which inlets the model is asked: those that are measured now. */
import { fresh } from '../live-values.ts';
import { telemetry } from '../session.ts';
import { tickColumn } from '../store/telemetry.ts';
import { type Inlets, inletsNow } from './preview.ts';

const COLD_IN = tickColumn('cold_inlet_C');
const HOT_IN = tickColumn('hot_inlet_C');

/** Where no inlet is measured: no lift, at the temperature that the presets are published for. */
export const NO_INLETS: Inlets = { coldC: 26, hotC: 26 };

/** Null where nothing is heard, or the machine measures none. */
export const inletsMeasured = (): Inlets | null =>
  fresh.value ? inletsNow(telemetry.latest[COLD_IN], telemetry.latest[HOT_IN]) : null;

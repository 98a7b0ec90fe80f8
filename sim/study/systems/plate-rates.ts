/** The plate test of dtu-plate-2016 as a study: see plate-test.ts. */
import { superelasticParameters } from '../../machine/geometry.ts';
import type { LawKind } from '../../material/make-law.ts';
import { type PlateReport, reportPlate } from '../plate-test.ts';
import type { MachineRef, Study } from '../study.ts';

export interface PlateInput {
  /** Its first bank is the plate. */
  readonly machine: MachineRef;
  readonly laws: readonly LawKind[];
}

export const plateRates: Study<PlateInput, PlateReport> = {
  name: 'systems-plate-rates',
  run: ({ machine, laws }, load) =>
    reportPlate(laws, superelasticParameters(load(machine).device.layout.banks[0])),
};

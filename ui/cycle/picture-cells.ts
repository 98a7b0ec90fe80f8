/** What a picture of the model says of each cell, and of the phases of its cycle. */
import { type Picture, pictureColumn, pictured } from '../store/pictures.ts';
import { CELL_INDEXES } from '../store/telemetry.ts';
import { type Phases, phasesOf } from './phases.ts';

const ofEachCell = (name: string): readonly number[] =>
  CELL_INDEXES.map((cell) => pictureColumn(`cell_${cell + 1}_${name}`));

/** Columns, cell by cell. */
export const CELL_ENTROPY = ofEachCell('entropy_J_per_kgK');
export const CELL_ALLOY = ofEachCell('alloy_C');
export const CELL_FRACTION = ofEachCell('fraction');
const STRAIN = pictureColumn('cell_1_strain_percent');
const FLOW = pictureColumn('flow_kg_per_s');

export const picturePhases = (picture: Picture): Phases =>
  phasesOf(
    picture.bins,
    (bin) => pictured(picture, STRAIN, bin),
    (bin) => pictured(picture, FLOW, bin),
  );

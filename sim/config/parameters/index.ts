/**
 * Every number and choice that describes a machine, once: unit, bounds, default and meaning. Presets give the values;
 * `--set key="value"` changes one; help, error sentences and the schema of preset files are made from here. Inside the
 * program a parameter stands in the unit given here, which is SI throughout (shares and strains are pure numbers).
 */
import { material } from './alloy.ts';
import { cell, channel, plate, tube } from './geometry.ts';
import { circuit, drive, fluid, numerics, operation, recipe } from './machine.ts';
import { edge_box, exchangers, room } from './place.ts';

export const PARAMETERS = {
  material,
  cell,
  tube,
  plate,
  channel,
  fluid,
  drive,
  circuit,
  operation,
  recipe,
  exchangers,
  room,
  edge_box,
  numerics,
};

export type GroupKey = keyof typeof PARAMETERS;

/** Groups that each bank of cells may have values of its own in. */
export const BANK_GROUPS = ['material', 'cell', 'tube', 'plate', 'channel'] as const;
export type BankGroupKey = (typeof BANK_GROUPS)[number];

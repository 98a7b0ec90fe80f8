/**
 * What a person looks at of a trained model, as it stands in the address. Loaded with the page, so that the address keeps
 * it before the maps themselves are there. The model itself is a file, which no link can carry.
 */
import { type Codec, linked } from '../address.ts';
import { changesCodec } from '../lab/setup.ts';

const aName: Codec<string> = {
  write: (name) => name,
  read: (text) => (/^\w*$/.test(text) ? text : undefined),
};

/** No contour lines. */
export const NO_LINES = 'none';

/** Inputs along x and y, '' for the first and the second. */
export const askedX = linked('map-x', '', aName);
export const askedY = linked('map-y', '', aName);
/** The output that is coloured, '' for the first. */
export const askedFill = linked('map-of', '', aName);
/** The output that is drawn as lines, '' for the one that is coloured. */
export const askedLines = linked('map-lines', '', aName);
/** The point: a number for each input that was moved. Of x and y it is the cursor. */
export const askedAt = linked('map-at', new Map() as ReadonlyMap<string, string>, changesCodec);

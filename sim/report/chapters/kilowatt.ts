/** The kilowatt machine with its figures: what it does at other frequencies, lifts, fluids, architectures, and why. */
import type { Chapter } from '../chapter.ts';
import { accountBlocks } from './kilowatt/account.ts';
import { architectureBlocks, architectures } from './kilowatt/architectures.ts';
import { cellsBlocks } from './kilowatt/cells.ts';
import { KILOWATT, ensembleOf } from './kilowatt/ensemble.ts';
import { frequencyBlocks } from './kilowatt/frequency.ts';
import { liftBlocks, liftFamily } from './kilowatt/lift.ts';
import { nanofluidBlocks } from './kilowatt/nanofluid.ts';
import { pressureBlocks } from './kilowatt/pressure.ts';
import { paragraph } from './words.ts';
import { scoreBlocks } from './score.ts';

export const kilowattChapter: Chapter = async (context) => {
  const ensemble = ensembleOf(context);
  const [frequency, graphene, water, kinds, pressure, cells, account] = await Promise.all([
    frequencyBlocks(context, ensemble),
    liftFamily(context, ensemble),
    liftFamily(context, ensemble, { 'fluid.loading': 0 }),
    architectures(context),
    pressureBlocks(context, ensemble),
    cellsBlocks(context),
    accountBlocks(context, ensemble),
  ]);
  const [parallel] = kinds;
  return {
    key: 'kilowatt',
    title: 'The kilowatt machine',
    blocks: [
      paragraph(
        'Ten cells of NiTi tubes share one force while the fluid runs through them side by side ("SMAs in series, fluid in ' +
          'parallel"; Nature 639, 87, 2025). Published are 1,284 W and 12.3 W/g at 3.5 Hz and zero temperature lift, the ' +
          'architecture, a system pressure below 1.5 bar and a model house. The power is a calibration target: the flow was ' +
          "fitted to it. No curve, stress, flow or efficiency could be read, so that everything else below is the model's " +
          'answer, with a band over those machines that meet the targets as well as the preset does.',
      ),
      ...frequency,
      ...liftBlocks(graphene, parallel.within),
      ...(await nanofluidBlocks(context, ensemble, graphene, water)),
      ...architectureBlocks(kinds),
      ...pressure,
      ...cells,
      ...account,
      ...scoreBlocks(context, 'Published figures of the kilowatt machine', KILOWATT),
    ],
  };
};

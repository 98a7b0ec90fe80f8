/** What the page keeps of the model's pictures. */
import { describe, expect, it } from 'vitest';
import { PICTURE_COLUMNS, PictureStore, pictureColumn, pictured } from '../../ui/store/pictures.ts';
import { pictureFrame } from './frames.ts';

const T_MEAN = pictureColumn('cell_1_alloy_C');

describe('pictures', () => {
  it('are kept newest first, and found by the cell whose profile they hold', () => {
    const store = new PictureStore();
    for (let n = 0; n < 30; n++)
      store.take(pictureFrame(n, 4 * n, { cell: (n % 10) + 1, cell_1_alloy_C: n }));
    expect(store.recent(0)).toMatchObject({ number: 116, cell: 9, bins: 64, periodS: 0.25 });
    expect(store.ofCell(3)?.number).toBe(4 * 23);
    const third = store.ofCell(3);
    expect(third && pictured(third, T_MEAN, 5)).toBe(23);
    // bounded: two rounds and four more
    expect(store.recent(23)).toBeDefined();
    expect(store.recent(24)).toBeUndefined();
  });

  it('of a rig that was started anew begin anew', () => {
    const store = new PictureStore();
    store.take(pictureFrame(0, 500, { cell: 1 }));
    store.take(pictureFrame(1, 3, { cell: 2 }));
    expect(store.recent(0)?.number).toBe(3);
    expect(store.recent(1)).toBeUndefined();
  });

  it('of an older controller lack what it does not send', () => {
    const store = new PictureStore();
    store.configure([{ name: 'stress_MPa' }]);
    store.take({ ...pictureFrame(0, 1, {}), columns: [new Float32Array(64).fill(7)] });
    const picture = store.recent(0);
    if (picture === undefined) throw new Error('nothing was kept');
    expect(pictured(picture, pictureColumn('stress_MPa'), 0)).toBe(7);
    expect(pictured(picture, T_MEAN, 0)).toBeNaN();
    expect(picture.cell).toBeNaN();
    expect(PICTURE_COLUMNS.length).toBe(94);
  });
});

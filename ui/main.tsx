import { render } from 'preact';
import { App } from './app.tsx';
import { AXIS_FONT } from './chart/axes.ts';
import { showOnTab } from './operate/tab-sign.ts';
import { listenToChartKeys } from './panel/chart-keys.ts';
import { listenToKeys } from './panel/keys.ts';
import { watchTime } from './time-watch.ts';

listenToKeys();
listenToChartKeys();
showOnTab();
watchTime();
const root = document.querySelector('#app');
// A canvas does not draw its letters again when their font arrives.
void document.fonts.load(AXIS_FONT).finally(() => {
  if (root !== null) render(<App />, root);
});

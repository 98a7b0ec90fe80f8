import { render } from 'preact';
import { App } from './app.tsx';
import { showOnTab } from './operate/tab-sign.ts';
import { listenToChartKeys } from './panel/chart-keys.ts';
import { listenToKeys } from './panel/keys.ts';
import { watchTime } from './time-watch.ts';

listenToKeys();
listenToChartKeys();
showOnTab();
watchTime();
const root = document.querySelector('#app');
if (root !== null) render(<App />, root);

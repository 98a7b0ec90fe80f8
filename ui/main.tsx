import { render } from 'preact';
import { App } from './app.tsx';
import { listenToChartKeys } from './panel/chart-keys.ts';
import { listenToKeys } from './panel/keys.ts';

listenToKeys();
listenToChartKeys();
const root = document.querySelector('#app');
if (root !== null) render(<App />, root);

import { render } from 'preact';
import 'uplot/dist/uPlot.min.css';
import './style/tokens.css';
import './style/page.css';
import './style/panels.css';
import './style/machine.css';
import { App } from './app.tsx';
import { listenToKeys } from './panel/keys.ts';

listenToKeys();
const root = document.querySelector('#app');
if (root !== null) render(<App />, root);

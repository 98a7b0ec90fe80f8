import { render } from 'preact';
import { App } from './app.tsx';
import { listenToKeys } from './panel/keys.ts';

listenToKeys();
const root = document.querySelector('#app');
if (root !== null) render(<App />, root);

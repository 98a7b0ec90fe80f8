import { render } from 'preact';
import { Laboratory } from './laboratory.tsx';
import { start } from './state.ts';

start();
const root = document.querySelector('#app');
if (root !== null) render(<Laboratory />, root);

/** The one player of this page, and whether motion is welcome to whoever looks at it. */
import { Player } from './scene.ts';

export const calmEyes = matchMedia('(prefers-reduced-motion: reduce)');
export const player = new Player();

/** Sleep and clocks that were set: noticed once a second, told until a person has read it. */
import { signal } from '@preact/signals';
import { renewConnection } from './session.ts';
import { type Jump, JumpWatch } from './store/time-jump.ts';

const LOOK_MS = 1000;

export const timeJump = signal<Jump | null>(null);

export function watchTime(): void {
  const watch = new JumpWatch();
  setInterval(() => {
    const jump = watch.look(performance.now(), Date.now());
    if (jump === null) return;
    timeJump.value = jump;
    // A socket that slept may look open for minutes; what was missed comes with a new one.
    if (jump.kind !== 'back') renewConnection('this page slept');
  }, LOOK_MS);
}

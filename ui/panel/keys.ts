/** Escape stops, from anywhere. Shift+A aborts, except while a text field has the keyboard. */
import { askCommand } from '../session.ts';

export function listenToKeys(): void {
  addEventListener(
    'keydown',
    (event) => {
      if (event.repeat || event.ctrlKey || event.altKey || event.metaKey) return;
      if (event.key === 'Escape') askCommand('STOP');
      const typing = event.target instanceof HTMLInputElement;
      if (event.key === 'A' && event.shiftKey && !typing) askCommand('ABORT');
    },
    { capture: true },
  );
}

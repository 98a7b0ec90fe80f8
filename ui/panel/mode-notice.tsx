/** Who moves the machine, where it is not this program by itself. */
import { t } from '../language.ts';
import { state } from '../session.ts';

export function ModeNotice() {
  const mode = state.value?.mode;
  if (mode === 'shadow') {
    return (
      <p class="notice warning" data-testid="mode-shadow">
        <b>{t('SHADOW')}</b>{' '}
        {t('Something else drives this machine. Everything is read, nothing is written:')}{' '}
        <b>{t('STOP on this page reaches nothing')}</b>
        {t('; what would be written stands among the events.')}
      </p>
    );
  }
  if (mode === 'manual') {
    return (
      <p class="notice warning" data-testid="mode-manual">
        <b>{t('MANUAL')}</b>{' '}
        {t(
          'The machine moves while a button is held. Nobody in reach of the load train; STOP unloads and ends this mode.',
        )}
      </p>
    );
  }
  return null;
}

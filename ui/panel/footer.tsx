/** The page about itself. */
import { frameCost } from '../chart/frame-loop.ts';
import { hello, beat } from '../session.ts';
import { fixed } from '../store/text.ts';
import { t } from '../language.ts';

export function Footer() {
  beat();
  const greeting = hello.value;
  return (
    <footer class="foot unit">
      <span>
        elastocool {greeting?.version ?? ''}{' '}
        {greeting === null ? '' : t('on {{port}}', { port: greeting.rig.port })}
      </span>
      <span data-testid="drawing-costs">
        {t('drawing')} <b class="num">{fixed(frameCost.scriptMs, 1)}</b> {t('ms a frame (worst lately')}{' '}
        <b class="num">{fixed(frameCost.worstMs, 0)}</b>),{' '}
        <b class="num">{fixed(1000 / frameCost.spacingMs, 0)}</b> {t('frames/s')}
      </span>
      <span>{t('A browser button is not an emergency stop.')}</span>
    </footer>
  );
}

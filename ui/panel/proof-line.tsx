/** Force and enable as read back from the device, never inferred from what was sent. */
import { t } from '../language.ts';
import { fresh } from '../live-values.ts';
import { state } from '../session.ts';
import { driveWord, fixed } from '../store/text.ts';

export function ProofLine() {
  const proof = state.value?.proof;
  const known = proof !== undefined && fresh.value;
  const safe = known && proof.enabled === false && proof.forceKN !== null;
  return (
    <div class={`proof ${known ? (safe ? 'safe' : 'energised') : 'unknown'}`}>
      <span class="proof-label">{t('device says')}</span>
      <output data-testid="proof">
        {t('force')}{' '}
        <b class="num" data-testid="force-kN">
          {fixed(proof?.forceKN, 1)}
        </b>{' '}
        kN, {t('drive')} <b>{t(driveWord(proof?.enabled))}</b>
      </output>
      {known ? null : <span class="proof-stale">{t('not current')}</span>}
    </div>
  );
}

/** The latest request and its answer; silence where all is said by the state. */
import { t } from '../language.ts';
import { Said } from '../language/said-words.tsx';
import { saidText } from '../language/said.ts';
import { beat, lastAsk } from '../session.ts';
import { span } from '../time-words.ts';

const SHOWN_MS = 6000;

export function AskLine() {
  beat();
  const ask = lastAsk.value;
  const age = ask === null ? 0 : performance.now() - ask.atMs;
  if (ask === null || (ask.outcome === 'accepted' && age > SHOWN_MS)) return <p class="ask" />;
  const bad = ask.outcome === 'not sent' || ask.outcome === 'refused';
  return (
    <p class={`ask ${bad ? 'alarm' : ''}`} role="status" data-testid="ask">
      {ask.outcome === 'sent' ? (
        t('{{what}} asked {{time}} ago, no answer yet', { what: saidText(ask.what), time: span(age) })
      ) : (
        <Said words={ask.sentence} />
      )}
    </p>
  );
}

/** The latest request and its answer; silence where all is said by the state. */
import { t } from '../language.ts';
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
        t('{{what}} asked {{time}} ago, no answer yet', { what: ask.what, time: span(age) })
      ) : (
        <span lang="en">{ask.sentence}</span>
      )}
    </p>
  );
}

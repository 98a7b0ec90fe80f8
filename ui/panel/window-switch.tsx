/** Which stretch of time all charts show. */
import { pointedS } from '../chart/legend.tsx';
import { WINDOWS, windowS } from '../chart/time-window.ts';
import { beat, telemetry } from '../session.ts';
import { clockText } from '../store/clock-text.ts';

function ClockNote() {
  beat();
  const pointed = pointedS();
  const last = telemetry.clock.lastS;
  if (Number.isNaN(last)) return <span class="unit">no reading yet</span>;
  return (
    <span class="unit">
      rig's clock <b class="num">{clockText(last, 1)}</b>
      {pointed === null ? null : (
        <>
          , pointer at <b class="num">{clockText(pointed, 1)}</b>
        </>
      )}
    </span>
  );
}

export function WindowSwitch() {
  return (
    <div class="window-switch">
      <div class="segments" role="group" aria-label="Time shown in the charts">
        {WINDOWS.map(({ label, seconds }) => (
          <button
            key={label}
            type="button"
            aria-pressed={windowS.value === seconds}
            onClick={() => {
              windowS.value = seconds;
            }}
          >
            {label}
          </button>
        ))}
      </div>
      <ClockNote />
    </div>
  );
}

/** What must not be overlooked: a lost connection, an unprotected device, faults with their remedy. */
import { BypassNotices } from './bypass-notices.tsx';
import { ModeNotice } from './mode-notice.tsx';
import { fresh } from '../live-values.ts';
import { controlLost, hello, link, beat, replay, state, telemetry, unreadable } from '../session.ts';
import { clockText } from '../store/clock-text.ts';
import { ago } from '../store/text.ts';
import type { Fault } from '../../controller/wire/messages.ts';

function ConnectionNotice() {
  beat();
  const now = link.value;
  const nowMs = performance.now();
  if (now.phase === 'connecting') {
    return <p class="notice info">Connecting to the controller…</p>;
  }
  if (now.phase === 'lost') {
    return (
      <p class="notice alarm" role="alert">
        <b>Connection lost</b> <span class="num">{ago(nowMs - now.sinceMs)}</span> ago ({now.reason}). What
        you see is the past; STOP on this page reaches nothing. Trying again by itself, attempt{' '}
        <span class="num">{now.attempt}</span>. If the machine must stop, use its hard-wired emergency stop.
      </p>
    );
  }
  if (hello.value !== null && !fresh.value && replay.value === null) {
    return (
      <p class="notice warning" role="alert">
        <b>No readings</b> from the machine for{' '}
        <span class="num">{ago(telemetry.clock.silenceMs(nowMs))}</span>: the controller answers, the device
        does not. Curves are left open.
      </p>
    );
  }
  return null;
}

const ACTION_WORDS: Record<Fault['action'], string> = {
  warn: 'warning',
  hold: 'leads to HOLD',
  stop: 'leads to STOP',
  abort: 'leads to ABORT',
};

function FaultRow({ fault }: { readonly fault: Fault }) {
  return (
    <li class={`fault ${fault.action === 'warn' || fault.bypassed ? 'warning' : 'alarm'}`}>
      <div class="fault-head">
        {fault.firstOut ? <span class="first-out">came first</span> : null}
        {fault.bypassed ? <span class="first-out">bypassed</span> : null}
        <code>{fault.key}</code>
        <span>{fault.bypassed ? 'nothing follows' : ACTION_WORDS[fault.action]}</span>
        <span class="num">at {clockText(fault.atS, 1)}</span>
      </div>
      <p class="fault-sentence">{fault.sentence}</p>
      <p class="fault-remedy">
        <b>Do:</b> {fault.remedy}
      </p>
    </li>
  );
}

export function Notices() {
  const now = state.value;
  const faults = (now?.faults ?? []).toSorted(
    (a, b) => Number(b.firstOut) - Number(a.firstOut) || a.atS - b.atS,
  );
  const toldInFaults = faults.some(({ sentence }) => sentence.includes('UNPROTECTED'));
  return (
    <div class="notices">
      <ConnectionNotice />
      <ModeNotice />
      <BypassNotices />
      {now?.proof.watchdog === 'UNPROTECTED' && now.mode !== 'shadow' && !toldInFaults ? (
        <p class="notice warning">
          <b>UNPROTECTED</b> The device's watchdog is not armed: if this computer fails while the machine
          runs, nothing in the device stops it.
        </p>
      ) : null}
      {controlLost.value === null ? null : (
        <p class="notice warning" role="alert" data-testid="control-lost">
          <b>You do not have control any more.</b> {controlLost.value}{' '}
          <button type="button" onClick={() => (controlLost.value = null)}>
            Noted
          </button>
        </p>
      )}
      {unreadable.value.count > 0 ? (
        <p class="notice warning">
          <b class="num">{unreadable.value.count}</b> unreadable so far; last: {unreadable.value.last}. It was
          left out.
        </p>
      ) : null}
      <ul class="faults" data-testid="fault-list" aria-label="Faults" aria-live="assertive">
        {faults.map((fault) => (
          <FaultRow key={`${fault.key} ${fault.atS}`} fault={fault} />
        ))}
      </ul>
    </div>
  );
}

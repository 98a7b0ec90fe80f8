/**
 * A button that acts while it is held: by pointer or by the space bar. It says so every 100 ms; letting go, leaving the
 * page, or losing the pointer ends it. What ends it for certain is the controller, 300 ms after the last word.
 */
import { useEffect, useRef } from 'preact/hooks';
import type { JogAxis } from '../../controller/wire/messages.ts';
import { askJog } from '../session.ts';

const REPEAT_MS = 100;

interface Props {
  readonly axis: JogAxis;
  readonly label: string;
  readonly disabled: boolean;
}

export function HoldButton({ axis, label, disabled }: Props) {
  const timer = useRef<ReturnType<typeof setInterval> | null>(null);
  const end = (): void => {
    if (timer.current === null) return;
    clearInterval(timer.current);
    timer.current = null;
    askJog(axis, false, false);
  };
  const begin = (): void => {
    if (timer.current !== null || disabled) return;
    askJog(axis, true, true);
    timer.current = setInterval(() => askJog(axis, true, false), REPEAT_MS);
  };
  useEffect(() => {
    addEventListener('blur', end);
    document.addEventListener('visibilitychange', end);
    return () => {
      removeEventListener('blur', end);
      document.removeEventListener('visibilitychange', end);
      end();
    };
  }, []);
  useEffect(() => {
    if (disabled) end();
  }, [disabled]);
  return (
    <button
      type="button"
      class="hold"
      data-testid={`jog-${axis}`}
      disabled={disabled}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        begin();
      }}
      onPointerUp={end}
      onPointerCancel={end}
      onLostPointerCapture={end}
      onContextMenu={(event) => event.preventDefault()}
      onKeyDown={(event) => {
        if (event.key === ' ' && !event.repeat) begin();
      }}
      onKeyUp={end}
      onBlur={end}
    >
      {label}
    </button>
  );
}

/** Puts an imperative chart into the page and onto the animation frame. */
import { useEffect, useRef } from 'preact/hooks';
import { inTurn } from './frame-loop.ts';

interface Paintable {
  paint(nowMs: number): boolean;
  destroy(): void;
}

interface Props {
  /** What the chart shows, for people who do not see it. */
  readonly label: string;
  readonly class: string;
  readonly create: (host: HTMLElement) => Paintable;
}

export function ChartCanvas({ label, class: name, create }: Props) {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (host.current === null) return undefined;
    const chart = create(host.current);
    const stop = inTurn((nowMs) => chart.paint(nowMs));
    return () => {
      stop();
      chart.destroy();
    };
  }, []);
  return <div ref={host} class={`chart ${name}`} role="img" aria-label={label} tabIndex={-1} />;
}

/** Keeps a plot as large as its host. */
import type uPlot from 'uplot';

export const hostSize = (host: HTMLElement): { readonly width: number; readonly height: number } => ({
  width: Math.max(120, host.clientWidth),
  height: Math.max(80, host.clientHeight),
});

/** `resized` is called after each change; returns what ends it. */
export function keepSize(host: HTMLElement, plot: uPlot, resized: () => void): () => void {
  let last = '';
  const observer = new ResizeObserver(() => {
    const size = hostSize(host);
    if (last === `${size.width} ${size.height}`) return;
    last = `${size.width} ${size.height}`;
    plot.setSize(size);
    resized();
  });
  observer.observe(host);
  return () => observer.disconnect();
}

/** A progress bar on a terminal's stderr; silent where stderr is no terminal, so pipes and logs stay clean. */
import { Presets, SingleBar } from 'cli-progress';

export interface Progress {
  update(done: number, what: string): void;
  end(): void;
}

/** @param total what `done` counts up to */
export function startProgress(total: number, title: string): Progress {
  const bar = new SingleBar(
    {
      format: `${title} {bar} {what}`,
      hideCursor: true,
      clearOnComplete: true,
      stream: process.stderr,
      barsize: 30,
    },
    Presets.shades_classic,
  );
  if (!process.stderr.isTTY) return { update() {}, end() {} };
  bar.start(total, 0, { what: '' });
  return {
    update: (done, what) => bar.update(Math.min(done, total), { what }),
    end: () => bar.stop(),
  };
}

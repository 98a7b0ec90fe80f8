/** A replay on the page: the web server with a record behind it instead of a control process. */
import { systemClock } from '../port/system-clock.ts';
import type { OpenRun } from '../record/open-run.ts';
import { ReplayControl } from '../record/replay-control.ts';
import { RunShelf } from '../record/run-shelf.ts';
import { Hub } from '../server/hub.ts';
import { LOOPBACK, startWebServer } from '../server/web-server.ts';
import { inHouse } from './child.ts';
import { endWell } from './ending.ts';
import { localAddress } from './reach-options.ts';
import { preparePage } from './run.ts';

export interface ReplayPageOptions {
  readonly speed: number;
  readonly port: number;
  readonly runsFolder: string;
  readonly reportFolder: string;
}

/** Resolves once the page is served; the process ends by a signal. A sentence where the run cannot be shown. */
export async function replayOnPage(
  run: OpenRun,
  { speed, port, runsFolder, reportFolder }: ReplayPageOptions,
): Promise<string | null> {
  preparePage();
  const hub = new Hub();
  const control = await ReplayControl.create(run, systemClock, speed, {
    jumping: () => hub.forget(),
    failed: (sentence) => hub.announce('alarm', sentence),
  });
  if (typeof control === 'string') return control;
  hub.attach(control);
  const web = await startWebServer({
    hub,
    pageFolder: inHouse('dist/ui'),
    port,
    tokenRequired: false,
    runs: { shelf: new RunShelf(runsFolder), reportFolder },
  });
  control.start();
  endWell({
    saying: 'The replay ends.',
    async inOrder() {
      await web.close();
      await run.close();
    },
    atOnce() {},
  });
  console.log(`REPLAY of ${run.id}: ${localAddress(LOOPBACK, web.port)}`);
  console.log('Ctrl-C ends.');
  return null;
}

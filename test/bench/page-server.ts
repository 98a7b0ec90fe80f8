/**
 * The web process of the bench of the page: the real hub and server, the page as built, and behind them a rig that samples
 * 64 channels at 1 kHz and ticks 50 times a second. Says its port and the time of day, s since 1970, at which the clock of
 * the rig began.
 */
import { join } from 'node:path';
import { Hub } from '../../controller/server/hub.ts';
import { startWebServer } from '../../controller/server/web-server.ts';
import { encodeFrame } from '../../controller/wire/frame.ts';
import type { WebToControl } from '../../controller/control/ipc.ts';
import { ROOT } from '../house/source-files.ts';
import { stateOf } from '../record/made-up-run.ts';
import { FakeControl, greeting } from '../server/fake-control.ts';
import { rowFrame } from '../ui/frames.ts';

const CHANNEL_COUNT = 64;
const ROWS = 20;
const FRAME_MS = 20;
const STATE_MS = 400;

class Control extends FakeControl {
  override send(message: WebToControl): void {
    if (message.kind !== 'welcome') return;
    const hello = greeting();
    if (hello.type !== 'hello') return;
    const stream = Array.from({ length: CHANNEL_COUNT }, (_, n) => ({
      name: `s${n}`,
      unit: '°C',
      title: `sample ${n}`,
    }));
    this.say({ ...hello, channels: { ...hello.channels, stream } }, message.client);
    this.say({ type: 'you', person: message.person }, message.client);
  }
}

const hub = new Hub();
const control = new Control();
hub.attach(control);

const nowS = (): number => (performance.timeOrigin + performance.now()) / 1000;
const offsetS = Float32Array.from({ length: ROWS }, (_, k) => k / 1000);
let sentRows = 0;
const startS = nowS();
const deviceS = (): number => nowS() - startS;

/** What is due by now: a timer that comes late sends the rest, so that the rate holds. */
function sampleDue(): void {
  while ((sentRows + ROWS) / 1000 <= deviceS()) {
    const firstS = sentRows / 1000;
    const columns = Array.from({ length: CHANNEL_COUNT }, (_, n) =>
      Float32Array.from({ length: ROWS }, (_row, k) => 25 + n / 8 + Math.sin(22 * (firstS + k / 1000) + n)),
    );
    sentRows += ROWS;
    hub.publish(
      'stream',
      encodeFrame({ group: 'stream', sequence: 0, startS: firstS, cycle: 0, rows: ROWS, offsetS, columns }),
    );
  }
  const time_s = deviceS();
  const room_C = 27 + Math.sin(5 * time_s);
  hub.publish('tick', encodeFrame(rowFrame('tick', 0, time_s, { room_C, setpoint_C: 24, link_age_ms: 0 })));
}

setInterval(sampleDue, FRAME_MS);
setInterval(() => control.say(stateOf('EXECUTE')), STATE_MS);
const { port } = await startWebServer({
  hub,
  pageFolder: join(ROOT, 'dist', 'ui'),
  port: 0,
  tokenRequired: false,
});
process.on('disconnect', () => process.exit(0));
process.send?.([port, startS]);

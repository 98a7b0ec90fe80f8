/** The web process of the stream bench: the real hub and server. Says its port, and its processor time when asked. */
import { fork } from 'node:child_process';
import type { ControlToWeb } from '../../controller/control/ipc.ts';
import { Hub } from '../../controller/server/hub.ts';
import { startWebServer } from '../../controller/server/web-server.ts';

const source = fork(new URL('stream-source.ts', import.meta.url), [], { serialization: 'advanced' });
const hub = new Hub();
hub.attach({
  send: () => {},
  onMessage: (listener) => void source.on('message', (message) => listener(message as ControlToWeb)),
});
const { port } = await startWebServer({ hub, pageFolder: '/nonexistent', port: 0, tokenRequired: false });

process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send?.((user + system) / 1e6);
});
process.on('disconnect', () => {
  source.disconnect();
  process.exit(0);
});
process.send?.(port);

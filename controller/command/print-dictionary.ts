/** `elastocool virtual-rig --dictionary`: asks a rig of its own, so what is printed is what a host gets. */
import { openPort } from '../port/open-port.ts';
import { systemClock } from '../port/system-clock.ts';
import { FramedLink } from '../protocol/framed-link.ts';
import type { VirtualRigReady } from '../protocol/virtual-rig-channel.ts';
import { forkChild } from './child.ts';

const RIG = 'controller/virtual-rig/main';
/** A TCP line has no speed; what is emulated. */
const BAUD_RATE = 921_600;
const TIMEOUT_MS = 1000;

export async function printDictionary(presetFile: string): Promise<void> {
  const rig = forkChild(RIG, [JSON.stringify({ presetFile, baudRate: BAUD_RATE })]);
  const ready = await new Promise<VirtualRigReady | null>((resolve) => {
    rig.once('message', (message: VirtualRigReady) => resolve(message));
    rig.once('exit', () => resolve(null));
  });
  const text =
    ready === null ? 'The virtual rig ended before it answered.' : await dictionaryText(ready.framed.tcp);
  if (rig.connected) rig.disconnect();
  if (text.startsWith('{')) process.stdout.write(`${JSON.stringify(JSON.parse(text), null, 2)}\n`);
  else {
    process.stderr.write(`${text}\n`);
    process.exitCode = 2;
  }
}

/** The text, or one sentence that says why there is none. */
async function dictionaryText(name: string): Promise<string> {
  const port = await openPort(name, { baudRate: BAUD_RATE });
  if (typeof port === 'string') return port;
  const link = new FramedLink(port, systemClock, { nonce: 1, timeoutMs: TIMEOUT_MS });
  const answer = await link.connect();
  const text = link.dictionaryText;
  link.close();
  return text ?? (answer.ok ? 'The device has no dictionary.' : answer.sentence);
}

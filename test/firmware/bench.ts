/** A device that speaks the framed contract, and the time it lives in: the wall's, or that of a simulated processor. */
import { openPort } from '../../controller/port/open-port.ts';
import type { BytePort, Clock } from '../../controller/protocol/byte-port.ts';
import type { Dictionary } from '../../controller/protocol/framed-dictionary.ts';
import { FramedLink } from '../../controller/protocol/framed-link.ts';
import type { Result } from '../../controller/protocol/transaction.ts';

export interface Bench {
  readonly clock: Clock;
  /** A new line to the device; the one before was closed. */
  open(): Promise<BytePort>;
  /** Lets time pass until this settles. */
  run<T>(promise: Promise<T>): Promise<T>;
  sleepMs(ms: number): Promise<void>;
  end(): Promise<void>;
}

let nonce = 0;
export const nextNonce = (): number => ++nonce;

/** Generous: other work may share the computer. */
export const PATIENT = { timeoutMs: 250, attempts: 8 };

export function good<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.sentence);
  return result.value;
}

/** A serial line of this computer; the one before is let go by the system a little after it was closed. */
export async function openPatiently(name: string): Promise<BytePort> {
  for (let tries = 50; ; tries--) {
    const port = await openPort(name, { baudRate: 921_600 });
    if (typeof port !== 'string') return port;
    if (tries === 0) throw new Error(port);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

export interface Connected {
  readonly link: FramedLink;
  readonly dictionary: Dictionary;
}

export async function connect(bench: Bench, known: readonly string[] = []): Promise<Connected> {
  const link = new FramedLink(await bench.open(), bench.clock, { ...PATIENT, nonce: nextNonce(), known });
  return { link, dictionary: good(await bench.run(link.connect())) };
}

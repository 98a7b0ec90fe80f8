/**
 * Proof that the line is in step: a request whose reply no earlier request can have caused. RTU replies carry no
 * number, so after a lost reply the next one could be the late one; the probe's reply cannot.
 */
import { FC, type Request } from './pdu.ts';

export type SyncProbe =
  /** FC08 echo of a number that does not repeat within 65,536 probes. */
  | { readonly kind: 'echo' }
  /** For devices without FC08: reads of ever another length, 1 to `most` registers from `address`. */
  | { readonly kind: 'read'; readonly fc: 3 | 4; readonly address: number; readonly most: number };

export class ProbeMaker {
  private readonly probe: SyncProbe;
  private nonce: number;
  private count = 0;

  /** @param seed where the numbers of the echo probe begin, 0 to 65535 */
  constructor(probe: SyncProbe, seed: number) {
    this.probe = probe;
    this.nonce = seed;
  }

  /** The next probe. `unanswered` are the requests whose replies may still come; a read probe avoids their shapes. */
  next(unanswered: readonly Request[]): Request {
    if (this.probe.kind === 'echo') {
      this.nonce = (this.nonce * 25173 + 13849) & 0xffff;
      return { fc: FC.diagnostics, data: this.nonce };
    }
    const { fc, address, most } = this.probe;
    for (let tries = 0; tries < most; tries++) {
      this.count = (this.count % most) + 1;
      if (!unanswered.some((request) => request.fc === fc && request.count === this.count)) break;
    }
    return { fc, address, count: this.count };
  }
}

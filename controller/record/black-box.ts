/**
 * The ten seconds before and after what stopped the machine, in a small file of their own: what one sends to a colleague.
 * The record has them too; this is the extract. What was said in the last ten seconds waits in memory, bounded.
 */
import type { Channel, GroupName } from '../wire/channels.ts';
import { METADATA, NS_PER_S } from '../wire/record/topics.ts';
import type { Entry, RecordStream } from './record-stream.ts';

const AROUND_NS = 10n * BigInt(NS_PER_S);
/** Three times ten seconds of 64 channels at 1 kHz. */
const MOST_BYTES = 16 * 1024 * 1024;

export class BlackBox {
  readonly #open: (n: number) => RecordStream;
  readonly #tables = new Map<GroupName, readonly Channel[]>();
  #past: Entry[] = [];
  /** Entries before this place are older than ten seconds; they leave in batches. */
  #from = 0;
  #bytes = 0;
  #stream: RecordStream | undefined;
  #untilNs = 0n;
  #count = 0;

  /** `open` begins the file of the `n`th black box, from 1. */
  constructor(open: (n: number) => RecordStream) {
    this.#open = open;
  }

  declareGroup(group: GroupName, channels: readonly Channel[]): void {
    this.#tables.set(group, channels);
    this.#stream?.declareGroup(group, channels);
  }

  put(entry: Entry): void {
    this.#past.push(entry);
    this.#bytes += entry.data.byteLength;
    while (this.#past[this.#from].logTime < entry.logTime - AROUND_NS || this.#bytes > MOST_BYTES)
      this.#bytes -= this.#past[this.#from++].data.byteLength;
    if (this.#from > 1000 && this.#from > this.#past.length / 2) this.#forget();
    if (this.#stream === undefined) return;
    if (entry.logTime > this.#untilNs) void this.end();
    else this.#stream.put(entry);
  }

  /** What happens while one is being written belongs to that one. */
  trigger(cause: ReadonlyMap<string, string>, atNs: bigint): void {
    if (this.#stream !== undefined) return;
    this.#stream = this.#open(++this.#count);
    this.#untilNs = atNs + AROUND_NS;
    this.#stream.describe(METADATA.blackBox, cause);
    for (const [group, channels] of this.#tables) this.#stream.declareGroup(group, channels);
    for (const entry of this.#past.slice(this.#from)) this.#stream.put(entry);
    this.#stream.flush();
  }

  flush(): void {
    this.#stream?.flush();
  }

  async end(): Promise<void> {
    const stream = this.#stream;
    this.#stream = undefined;
    await stream?.end();
  }

  #forget(): void {
    this.#past = this.#past.slice(this.#from);
    this.#from = 0;
  }
}

/**
 * The one door through which the controller sees a plant: bytes out, bytes in. A serial device, a TCP socket and
 * the in-memory line of the tests all stand behind it, so nothing above it knows what the line is made of.
 */
export interface BytePort {
  /** What a person would call it: `/dev/ttyUSB0`, `tcp://127.0.0.1:5020`. */
  readonly name: string;
  /** Queues bytes for sending. Never throws: a dead line shows itself through `onClose`. */
  write(bytes: Uint8Array): void;
  /** Drops whatever was received and not yet delivered; used before a request and while re-synchronising. */
  discardInput(): void;
  /** One listener; called with every chunk as it arrives. The chunk belongs to the listener. */
  onData(listener: (chunk: Uint8Array) => void): void;
  /** One listener; called once, with a sentence that says why the line ended. */
  onClose(listener: (reason: string) => void): void;
  /** Ends the line; `onClose` follows. Safe to call twice. */
  close(): void;
}

/** Time, injected so that tests own it. All times are monotonic milliseconds; simulated time never comes from here. */
export interface Clock {
  nowMs(): number;
  /** Runs `action` once after `delayMs`; returns a function that cancels it. */
  after(delayMs: number, action: () => void): () => void;
}

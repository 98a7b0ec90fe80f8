/**
 * The socket to the controller: opens, notices silence, comes back with patience. Meaning is `Inbox`'s affair.
 */
export interface SocketHandlers {
  opened(): void;
  text(text: string): void;
  binary(bytes: Uint8Array): void;
  /** `retryAtMs` on the clock of `performance.now()`. */
  lost(reason: string, attempt: number, retryAtMs: number): void;
}

/** State messages come twice a second; after this long without any the line is dead, whatever the socket says. */
const SILENCE_LIMIT_MS = 5000;
const FIRST_RETRY_MS = 250;
const LONGEST_RETRY_MS = 5000;

export class Connection {
  readonly #url: string;
  readonly #handlers: SocketHandlers;
  #socket: WebSocket | null = null;
  #heardAtMs = 0;
  #attempt = 0;

  constructor(url: string, handlers: SocketHandlers) {
    this.#url = url;
    this.#handlers = handlers;
    setInterval(() => this.#checkSilence(), 1000);
    addEventListener('online', () => this.#openIfIdle());
    document.addEventListener('visibilitychange', () => this.#openIfIdle());
    this.#open();
  }

  /** False where nothing could be sent. */
  send(message: unknown): boolean {
    if (this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(JSON.stringify(message));
    return true;
  }

  /** Ends the socket that is there, as if it had been lost, and opens another after the shortest wait. */
  renew(reason: string): void {
    if (this.#socket !== null) this.#drop(reason);
  }

  #openIfIdle(): void {
    if (document.visibilityState === 'visible' && this.#socket === null) this.#open();
  }

  #open(): void {
    if (this.#socket !== null) return;
    const socket = new WebSocket(this.#url);
    socket.binaryType = 'arraybuffer';
    this.#socket = socket;
    this.#heardAtMs = performance.now();
    socket.addEventListener('open', () => {
      if (socket === this.#socket) this.#handlers.opened();
    });
    socket.addEventListener('message', (event: MessageEvent<string | ArrayBuffer>) => {
      if (socket !== this.#socket) return;
      this.#heardAtMs = performance.now();
      this.#attempt = 0;
      if (typeof event.data === 'string') this.#handlers.text(event.data);
      else this.#handlers.binary(new Uint8Array(event.data));
    });
    socket.addEventListener('close', (event) => {
      if (socket === this.#socket) this.#drop(event.reason || 'the controller does not answer');
    });
  }

  #checkSilence(): void {
    if (this.#socket === null || performance.now() - this.#heardAtMs < SILENCE_LIMIT_MS) return;
    this.#drop(`nothing heard for ${SILENCE_LIMIT_MS / 1000} s`);
  }

  #drop(reason: string): void {
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
    this.#attempt++;
    const wait = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** (this.#attempt - 1));
    this.#handlers.lost(reason, this.#attempt, performance.now() + wait);
    setTimeout(() => this.#open(), wait);
  }
}

/** How old what a frame drew was when the frame was done; runs in the page, before its own scripts. */
export interface Painted {
  /** One a frame that drew into a canvas: age of the newest sample that the page had, ms. */
  readonly agesMs: number[];
  /** The least age of a sample when it arrived, ms; to be reset. */
  youngestMs: number;
}

/**
 * The clock of the rig began at `startS`, s since 1970. A frame is done when a task that was posted in it runs: script, layout
 * and paint of the main thread are behind it then; raster and the screen are not.
 */
export function rememberPaints(startS: number): void {
  const own: Painted = { agesMs: [], youngestMs: Number.POSITIVE_INFINITY };
  Object.assign(globalThis, { painted: own });
  const MOST = 100_000;
  let newestS = Number.NaN;
  let isPosted = false;
  const done = new MessageChannel();
  const ageOfNewestMs = () => performance.timeOrigin + performance.now() - 1000 * (startS + newestS);
  done.port1.addEventListener('message', () => {
    isPosted = false;
    const ageMs = ageOfNewestMs();
    if (!Number.isNaN(ageMs) && own.agesMs.length < MOST) own.agesMs.push(ageMs);
  });
  done.port1.start();
  const Native = WebSocket;
  class Watched extends Native {
    constructor(url: string | URL) {
      super(url);
      this.addEventListener('message', ({ data }: MessageEvent<string | ArrayBuffer>) => {
        if (typeof data === 'string') return;
        const view = new DataView(data);
        // group `tick`, one row: device time at 8 (controller/wire/frame.ts)
        if (view.getUint8(1) !== 0 || view.getUint16(2, true) !== 1) return;
        newestS = view.getFloat64(8, true);
        own.youngestMs = Math.min(own.youngestMs, ageOfNewestMs());
      });
    }
  }
  Object.assign(globalThis, { WebSocket: Watched });
  const { prototype } = CanvasRenderingContext2D;
  const draw: (path: Path2D) => void = Reflect.get(prototype, 'stroke');
  prototype.stroke = function remember(path?: Path2D): void {
    if (!isPosted) done.port2.postMessage(null);
    isPosted = true;
    if (path === undefined) (draw as () => void).call(this);
    else draw.call(this, path);
  };
}

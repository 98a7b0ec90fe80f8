/** How well the device answers: ticks without a reading and replies that were another exchange's, in the last second. */
const WINDOW_MS = 1000;

export interface ReplyWatch {
  /** A tick in which no new exchange could begin, as the one before had not ended. */
  waited(atMs: number): void;
  /** A valid frame that belonged to another exchange. */
  wrong(atMs: number): void;
  waitedTicks(nowMs: number): number;
  wrongReplies(nowMs: number): number;
}

export function createReplyWatch(): ReplyWatch {
  let waits: number[] = [];
  let wrongs: number[] = [];
  const recent = (times: number[], nowMs: number): number[] =>
    times.filter((atMs) => atMs > nowMs - WINDOW_MS);

  return {
    waited(atMs) {
      waits = [...recent(waits, atMs), atMs];
    },
    wrong(atMs) {
      wrongs = [...recent(wrongs, atMs), atMs];
    },
    waitedTicks: (nowMs) => recent(waits, nowMs).length,
    wrongReplies: (nowMs) => recent(wrongs, nowMs).length,
  };
}

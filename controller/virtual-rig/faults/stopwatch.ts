/** How long the machine takes to safety after an injection, by its own truth. */
import type { RigRest } from '../../protocol/virtual-rig-channel.ts';
import type { Truth } from './faulty-rig.ts';

export interface Stopwatch {
  /** A fault was injected at this time, ms. */
  start(nowMs: number): void;
  /** Call often; something to tell where load or enable changed since it was told last. */
  look(truth: Truth, nowMs: number): RigRest | null;
}

export function createStopwatch(): Stopwatch {
  let startMs: number | null = null;
  let told = '';

  return {
    start(nowMs) {
      startMs = nowMs;
      told = '';
    },
    look({ isUnloaded, isEnabled }, nowMs) {
      const now = `${isUnloaded} ${isEnabled}`;
      if (startMs === null || now === told) return null;
      told = now;
      return { kind: 'rest', isUnloaded, isEnabled, sinceInjectionMs: nowMs - startMs };
    },
  };
}

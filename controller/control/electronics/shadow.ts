/**
 * Electronics in shadow: everything is read, nothing is written. What this program would have written is taken as done
 * and told, so that settings and interlocks can be tried beside a machine that something else drives.
 */
import { COMMAND } from '../../protocol/register-map.ts';
import type { Result } from '../../protocol/transaction.ts';
import type { Electronics, OpenElectronics } from './electronics.ts';

export function inShadow(open: OpenElectronics, told: (wouldWrite: string) => void): OpenElectronics {
  return async () => {
    const real = await open();
    return typeof real === 'string' ? real : shadowElectronics(real, told);
  };
}

/** `told`: what would have been written, in words; the same words in a row once. */
function shadowElectronics(real: Electronics, told: (wouldWrite: string) => void): Electronics {
  let last = '';

  function suppress(what: string): void {
    if (what !== last) told(what);
    last = what;
  }

  const suppressed = (what: string): Promise<null> => {
    suppress(what);
    return Promise.resolve(null);
  };

  return {
    identify: () => real.identify(),
    // The heartbeat is a write: it would keep alive a watchdog that is another's.
    beat: () => real.look(),
    look: () => real.look(),
    recipeMismatch: (recipe) => real.recipeMismatch(recipe),
    readCycle: () => real.readCycle(),
    // A waveform is latched by a write.
    readWaveform: () => Promise.resolve(null),
    command(command) {
      suppress(`command ${NAMES.get(command) ?? command}`);
      const done: Result<null> = { ok: true, value: null, roundTripMs: 0, atMs: 0 };
      return Promise.resolve(done);
    },
    writeLimits: (limits) => suppressed(`limits ${words(limits)}`),
    writeStopOrder: (order) => suppressed(`stop order ${words(order)}`),
    armWatchdog: (timeoutMs) => suppressed(`watchdog armed with ${timeoutMs} ms`),
    disarmWatchdog: () => suppressed('watchdog disarmed'),
    stageRecipe: (recipe) => suppressed(`recipe ${words(recipe)}`),
    accelerate: () => Promise.resolve('in shadow nothing is written.'),
    jog: () => Promise.resolve('in shadow nothing is written.'),
    close: () => real.close(),
  };
}

const NAMES = new Map<number, string>(Object.entries(COMMAND).map(([name, code]) => [code, name]));

const words = (values: object): string =>
  Object.entries(values)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');

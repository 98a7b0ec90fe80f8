/**
 * ICP DAS I-7018, eight thermocouples on DCON, from the I-7017/18/19 user manual (B2.8): `#AA` gives all channels of
 * seven characters, `$AAM` the name, `~AA3EVV` the host watchdog in 0.1 s, `~**` its sign of life to all, never
 * answered. An invalid command is answered `?AA`; one for another address by nobody.
 */
import { DeadMan } from './dead-man.ts';
import type { MakeSimulator } from './simulator.ts';

const CHANNELS = 8;
const LOW_C = -270;
const HIGH_C = 1372;

export const icpDasI7018: MakeSimulator = ({ plant, clock, address }) => {
  const own = Number(address).toString(16).toUpperCase().padStart(2, '0');
  let isEnabled = 0;
  let tenths = 0;
  let hasTripped = false;
  const deadMan = new DeadMan(clock, () => {
    hasTripped = true;
    isEnabled = 0;
  });

  /** Over range +9999.9, under range -9999.9; a broken wire floats over range. */
  function field(channel: number): string {
    const value = plant.get(`temperature_${channel + 1}_C`);
    if (Number.isNaN(value) || value > HIGH_C) return '+9999.9';
    if (value < LOW_C) return '-9999.9';
    const size = Math.abs(value);
    return (value < 0 ? '-' : '+') + size.toFixed(size < 1000 ? 2 : 1).padStart(6, '0');
  }

  function setWatchdog(command: string): string {
    const parts = /^~..3([01])([0-9A-F]{2})$/.exec(command);
    if (parts === null) return `?${own}`;
    isEnabled = Number(parts[1]);
    tenths = Number.parseInt(parts[2], 16);
    hasTripped = false;
    deadMan.set(isEnabled * tenths * 100);
    return `!${own}`;
  }

  function obey(command: string): string | null {
    const [lead] = command;
    const rest = command.slice(3);
    if (lead === '#' && rest === '')
      return `>${Array.from({ length: CHANNELS }, (_, i) => field(i)).join('')}`;
    if (lead === '#' && /^[0-7]$/.test(rest)) return `>${field(Number(rest))}`;
    if (lead === '$' && rest === 'M') return `!${own}7018`;
    if (lead === '$' && rest === 'F') return `!${own}B1.3`;
    if (lead === '$' && rest === '2') return `!${own}0F0600`;
    if (lead === '~' && rest === '0') return `!${own}${hasTripped ? '04' : isEnabled === 1 ? '80' : '00'}`;
    if (lead === '~' && rest === '1') return (hasTripped = false), `!${own}`;
    if (lead === '~' && rest === '2')
      return `!${own}${isEnabled}${tenths.toString(16).toUpperCase().padStart(2, '0')}`;
    return lead === '~' && rest.startsWith('3') ? setWatchdog(command) : `?${own}`;
  }

  return {
    kind: 'line',
    terminatorIn: '\r',
    terminatorOut: '\r',
    answer(line) {
      if (line === '~**') {
        deadMan.feed();
        return null;
      }
      return line.slice(1, 3) === own ? obey(line) : null;
    },
  };
};

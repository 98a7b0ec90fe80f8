/**
 * Yokogawa WT310 power meter, from the communication interface manual IM WT310-17EN: program messages with headers,
 * joined by semicolons, long or short, any case; values in NR3 joined by commas, NAN where there is none, INF over
 * range. What it does not know it passes over in silence and puts into its error queue.
 */
import type { MakeSimulator } from './simulator.ts';

const MOST_ITEMS = 255;

export const yokogawaWt310: MakeSimulator = ({ plant }) => {
  const items: string[] = ['U', 'I', 'P'];
  let shown = 3;
  const errors: string[] = [];

  const value = (item: string): number => {
    const current = plant.get('current_A');
    const voltage = plant.get('voltage_V');
    const power = plant.get('power_W');
    const known: Readonly<Record<string, number>> = {
      U: voltage,
      I: current,
      P: power,
      S: voltage * current,
      FU: 50,
    };
    return known[item] ?? Number.NaN;
  };

  function nr3(number: number): string {
    if (Number.isNaN(number)) return 'NAN';
    if (!Number.isFinite(number)) return 'INF';
    const exponent = number === 0 ? 0 : Math.floor(Math.log10(Math.abs(number)) / 3) * 3;
    const sign = exponent < 0 ? '-' : '+';
    return `${(number / 10 ** exponent).toPrecision(5)}E${sign}${String(Math.abs(exponent)).padStart(2, '0')}`;
  }

  /** One message unit; the header before it stays in force: `ITEM2` after `:NUM:NORM:ITEM1`. */
  function obey(unit: string): string | null {
    const text = unit.trim().toUpperCase();
    if (text === '*IDN?') return 'YOKOGAWA,WT310,C1PK01234E,F1.03';
    const short = text.replace(/^:?NUM(ERIC)?:NORM(AL)?:/, '');
    const item = /^ITEM(\d+) ([A-Z]+)(,1)?$/.exec(short);
    const count = /^NUM(BER)? (\d+)$/.exec(short);
    if (item !== null) items[Number(item[1]) - 1] = item[2];
    else if (count !== null && Number(count[2]) <= MOST_ITEMS) shown = Number(count[2]);
    else if (/^VAL(UE)?\?$/.test(short))
      return Array.from({ length: shown }, (_, i) => nr3(value(items[i] ?? ''))).join(',');
    else if (/^:?STAT(US)?:ERR(OR)?\?$/.test(text)) return errors.shift() ?? '0,"No error"';
    else errors.push('113,"Undefined header"');
    return null;
  }

  return {
    kind: 'line',
    terminatorIn: '\n',
    terminatorOut: '\n',
    answer(line) {
      const replies = line
        .replace(/\r$/, '')
        .split(';')
        .map(obey)
        .filter((reply) => reply !== null);
      return replies.length === 0 ? null : replies.join(';');
    },
  };
};

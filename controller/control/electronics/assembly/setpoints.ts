/** Recipe and limits as points of devices: written, read back, compared. */
import type { Device } from '../../../device/device.ts';
import { PRIORITY, type Result } from '../../../protocol/transaction.ts';
import type { Conversion } from './conversion.ts';
import type { Wiring } from './wiring.ts';

type Values = Readonly<Record<string, number>>;

const bulk = { priority: PRIORITY.bulk } as const;

/** A device rounds to its counts; half a percent is far below what any of these values is known to. */
const SAME = 0.005;

export interface Setpoints {
  /** Writes the values that have a point and reads them back; null, or what does not fit. */
  write(points: Wiring['recipe'], values: Values): Promise<string | null>;
  mismatch(points: Wiring['recipe'], values: Values): Promise<Result<string | null>>;
  /** The cycle frequency of the last recipe, written or run by the drive itself, Hz; 0 before. */
  frequencyHz(): number;
}

export function setpoints(devices: ReadonlyMap<string, Device>): Setpoints {
  let frequencyHz = 0;

  const deviceOf = (point: string): [Device | undefined, string] => {
    const [name = '', rest = ''] = point.split('.');
    return [devices.get(name), rest];
  };

  const wanted = ({ scale, offset }: Conversion, value: number): number => scale * value + offset;

  async function mismatch(points: Wiring['recipe'], values: Values): Promise<Result<string | null>> {
    let last: Result<string | null> = { ok: true, value: null, atMs: 0, roundTripMs: 0 };
    for (const [name, conversion] of Object.entries(points)) {
      const [device, point] = deviceOf(conversion.point);
      const answer = await device?.read([point], bulk);
      if (answer === undefined) continue;
      if (!answer.ok) return answer;
      const given = answer.value[point]?.value ?? Number.NaN;
      const value = wanted(conversion, values[name] ?? Number.NaN);
      const isSame = Math.abs(given - value) <= SAME * Math.max(Math.abs(value), 1e-9);
      last = {
        ...answer,
        value: isSame ? null : `${name}: ${conversion.point} reads back ${given}, ${value} was written.`,
      };
      if (!isSame) return last;
    }
    return last;
  }

  return {
    async write(points, values) {
      for (const [name, conversion] of Object.entries(points)) {
        const [device, point] = deviceOf(conversion.point);
        const answer = await device?.write({ [point]: wanted(conversion, values[name] ?? Number.NaN) }, bulk);
        if (answer?.ok === false) return `${name} could not be written: ${answer.sentence}`;
      }
      frequencyHz = values['frequency_Hz'] ?? frequencyHz;
      const read = await mismatch(points, values);
      return read.ok ? read.value : `What was written could not be read back: ${read.sentence}`;
    },
    mismatch,
    frequencyHz: () => frequencyHz,
  };
}

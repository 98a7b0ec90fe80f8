/** Hold to run on devices that know only a speed: written while the button is held, and taken back when its life ends. */
import type { Clock } from '../../../protocol/byte-port.ts';
import { PRIORITY } from '../../../protocol/transaction.ts';
import type { JogOutput } from '../../operate/manual.ts';
import type { Devices } from './commands.ts';
import type { Wiring } from './wiring.ts';

export interface Jogger {
  /** Null once the devices took it. */
  jog(output: JogOutput): Promise<string | null>;
}

export function createJogger(clock: Clock, points: Wiring['manual'], devices: Devices): Jogger {
  let cancelEnd = (): void => {};

  async function write(axis: string, value: number): Promise<string | null> {
    const conversion = points[axis];
    if (conversion === undefined)
      return value === 0 ? null : `${axis}: this machine has no point for it under machine.manual.`;
    const [name = '', point = ''] = conversion.point.split('.');
    const counts = conversion.scale * value + conversion.offset;
    const answer = await devices.get(name)?.write({ [point]: counts }, { priority: PRIORITY.command });
    return answer === undefined || answer.ok ? null : answer.sentence;
  }

  const move = async (stroke: number, flow: number): Promise<string | null> =>
    (await write('stroke_mm_per_s', stroke)) ?? (await write('flow_kg_per_s', flow));

  return {
    jog({ stroke_mm_per_s, flow_kg_per_s, lifeMs }) {
      cancelEnd();
      cancelEnd = clock.after(lifeMs, () => void move(0, 0));
      return move(stroke_mm_per_s, flow_kg_per_s);
    },
  };
}

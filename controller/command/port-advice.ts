/** Told when a machine is about to be driven: what to change about the ports that its lines are on. */
import { readFileSync } from 'node:fs';
import type { ControlOptions } from '../control/ipc.ts';
import { placeOf } from '../control/electronics/place.ts';
import { parseRigFile } from '../control/rig-file.ts';
import { adviceFor } from '../port/list-ports.ts';
import type { Hub } from '../server/hub.ts';

export async function tellPortAdvice(control: ControlOptions, hub: Hub): Promise<void> {
  for (const advice of await adviceFor(linesOf(control))) hub.announce('warning', advice);
}

/** Paths of the lines, as the rig file says or as a person chose. */
function linesOf({ rigFile, port }: ControlOptions): string[] {
  const rig = parseRigFile(readFileSync(rigFile, 'utf8'));
  if (typeof rig === 'string' || rig.electronics.kind !== 'assembly') return [port];
  const { ports } = placeOf(rigFile, port);
  return Object.entries(rig.electronics.buses).map(([name, bus]) => ports[name] ?? bus.port);
}

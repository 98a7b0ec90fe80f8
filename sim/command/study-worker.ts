/** Runs studies on a thread of their own. */
import { STUDIES } from '../study/studies.ts';
import { loadMachine } from './machine-ref.ts';

export interface Task {
  readonly study: string;
  readonly input: unknown;
}

export default function runTask({ study, input }: Task): unknown {
  const found = STUDIES.get(study);
  if (found === undefined) throw new Error(`there is no study "${study}"`);
  return found.run(input, loadMachine) as unknown;
}

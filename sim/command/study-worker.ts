/** Runs studies on a thread of their own. */
import { UserError } from '../index.ts';
import { STUDIES } from '../study/studies.ts';
import { loadMachine } from './machine-ref.ts';

export interface Task {
  readonly study: string;
  readonly input: unknown;
}

/** The class of an error does not cross from thread to thread; a sentence for the user does. */
export type Answer = { readonly output: unknown } | { readonly userError: string };

export default function runTask({ study, input }: Task): Answer {
  const found = STUDIES.get(study);
  if (found === undefined) throw new Error(`there is no study "${study}"`);
  try {
    return { output: found.run(input, loadMachine) as unknown };
  } catch (error) {
    if (error instanceof UserError) return { userError: error.message };
    throw error;
  }
}

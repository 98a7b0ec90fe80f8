/** The walk in a terminal: lines of text out, lines of a person in. */
import type { ProofTest } from './proof-list.ts';
import type { Answer, Face } from './walk.ts';

export interface Terminal {
  say(text: string): void;
  /** One line of a person; null where nobody answers any more. */
  ask(question: string): Promise<string | null>;
}

export const terminalFace = (terminal: Terminal): Face => ({
  ask(test, at, of) {
    terminal.say(describe(test, at, of));
    return test.check === 'person' ? byPerson(terminal) : byDevice(test, terminal);
  },
  recorded: ({ outcome, note }) =>
    terminal.say(`  recorded: ${outcome.toUpperCase()}${note === '' ? '' : `. ${note}`}`),
  ended: (sentence) => terminal.say(sentence),
});

const describe = ({ id, title, what, how, expected }: ProofTest, at: number, of: number): string =>
  [
    '',
    `${at} of ${of}  ${title}  (${id})`,
    `  ${what}`,
    ...how.map((step, i) => `  ${i + 1}. ${step}`),
    `  expected: ${expected}`,
  ].join('\n');

async function byPerson(terminal: Terminal): Promise<Answer | null> {
  for (;;) {
    const answer = (await terminal.ask('  as expected? p pass, f fail, s skip: '))?.trim().toLowerCase();
    if (answer === undefined) return null;
    if (answer !== 'p' && answer !== 'f' && answer !== 's') continue;
    const note = await terminal.ask(
      answer === 's' ? '  why is it skipped: ' : '  what was seen or measured: ',
    );
    if (note === null) return null;
    if (answer === 's') return { kind: 'skip', note: note.trim() };
    return { kind: 'found', outcome: answer === 'p' ? 'pass' : 'fail', note: note.trim() };
  }
}

async function byDevice({ writes }: ProofTest, terminal: Terminal): Promise<Answer | null> {
  const warning = writes
    ? 'the program now writes to the device, which will trip'
    : 'the program now reads the device';
  const answer = await terminal.ask(`  when ready: ${warning}. Enter to go on, s to skip: `);
  if (answer === null) return null;
  if (answer.trim().toLowerCase() !== 's') return { kind: 'go' };
  return { kind: 'skip', note: (await terminal.ask('  why is it skipped: '))?.trim() ?? '' };
}

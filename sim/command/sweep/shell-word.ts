/** Words of other people's in a shell script. */
import { UserError } from '../../index.ts';

/** `text` as one word that the shell takes as it is. Throws UserError where it holds a line end or the like. */
export function shellWord(text: string): string {
  // a comment of a script ends at a line end, whatever quotes it
  if (/\p{Cc}/u.test(text))
    throw new UserError(
      `${JSON.stringify(text)} has a control character, which has no place in a script; give the file another name.`,
    );
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** What the controller says, each piece marked with its language. */
import { said } from './said.ts';

export function Said({ words }: { readonly words: string | null | undefined }) {
  if (words === null || words === undefined) return null;
  return said(words).map(({ text, lang }, i) => (
    <span key={i} lang={lang}>
      {text}
    </span>
  ));
}

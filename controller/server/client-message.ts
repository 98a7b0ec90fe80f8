/** What a page sent, checked before it goes any further: a message, or one sentence that says what is wrong with it. */
import { z } from 'zod';
import { ClientMessage } from '../wire/messages.ts';

export type ReadMessage =
  | { readonly ok: true; readonly message: ClientMessage }
  /** `id` where the text had a usable one: then the sentence can be an ack. */
  | { readonly ok: false; readonly id: number | undefined; readonly sentence: string };

const WithId = z.object({ id: z.int().nonnegative() });

/** `text` is undefined where the message was binary. */
export function readClientMessage(text: string | undefined): ReadMessage {
  if (text === undefined) return refuse('a binary message came where JSON text belongs');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refuse('a message came that is not JSON');
  }
  const parsed = ClientMessage.safeParse(value);
  if (parsed.success) return { ok: true, message: parsed.data };
  const [issue] = parsed.error.issues;
  const where = issue.path.length > 0 ? ` at ${issue.path.join('.')}` : '';
  const id = WithId.safeParse(value);
  return refuse(`the message is not one that the controller knows${where}: ${issue.message}`, id.data?.id);
}

function refuse(sentence: string, id?: number): ReadMessage {
  return { ok: false, id, sentence };
}

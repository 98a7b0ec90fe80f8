/**
 * What the controller says, in the language of the page. It speaks English on the line and in the record; the Chinese of
 * its sentences stands in `controller/*.json`. What has no Chinese there stays English, and is marked as such.
 */
import { language } from '../language.ts';
import alarms from './controller/alarms.json' with { type: 'json' };
import asked from './controller/asked.json' with { type: 'json' };
import events from './controller/events.json' with { type: 'json' };
import line from './controller/line.json' with { type: 'json' };
import operating from './controller/operating.json' with { type: 'json' };
import proofs from './controller/proofs.json' with { type: 'json' };
import regulator from './controller/regulator.json' with { type: 'json' };
import { createSpeaker, type Phrase } from './speaker.ts';

const PATTERNS = { ...alarms, ...asked, ...events, ...line, ...operating, ...proofs, ...regulator };
const inChinese = createSpeaker(PATTERNS, 'en', 'zh-Hant');

/** A component that calls this is shown anew when the language changes. */
export const said = (sentences: string): readonly Phrase[] =>
  language.value === 'zh-Hant' ? inChinese(sentences) : [{ text: sentences, lang: 'en' }];

/** Where only text can stand. */
export const saidText = (sentences: string): string =>
  said(sentences)
    .map(({ text }) => text)
    .join('');

/** What the controller says has its Chinese: no sentence of its source is forgotten, and no Chinese is left over. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseProofTests } from '../../controller/control/proof/proof-list.ts';
import { describeRequest } from '../../controller/protocol/link-sentences.ts';
import { exceptionSentence } from '../../controller/protocol/pdu.ts';
import { ROLES } from '../../controller/wire/person.ts';
import { differences, outOfBounds, type RecipeBounds } from '../../controller/wire/recipe.ts';
import { named } from '../../controller/wire/rights.ts';
import { createSpeaker } from '../../ui/language/speaker.ts';
import { listFiles, readSource, ROOT } from '../house/source-files.ts';
import { type English, englishOf } from './english-of.ts';

const FOLDER = 'ui/language/controller';
const patterns = readdirSync(join(ROOT, FOLDER)).flatMap((file) =>
  Object.entries(JSON.parse(readSource(`${FOLDER}/${file}`)) as Record<string, string>),
);

/** Where the interlocks of a rig file are read and where the terminal speaks, no page listens. */
const ELSEWHERE = /\/(table|terminal-face)\.ts$/;
/** Modules whose every sentence reaches a person at a page. */
const SPEAKING = [
  ...['safety', 'state', 'operate', 'proof', 'regulate']
    .flatMap((folder) => listFiles(`controller/control/${folder}`))
    .filter((path) => !ELSEWHERE.test(path)),
  'controller/control/decide/decider.ts',
  'controller/control/decide/requests.ts',
  'controller/control/electronics/framed-board.ts',
  'controller/control/electronics/modbus-board.ts',
  'controller/control/line/link.ts',
  'controller/control/line/readings.ts',
  'controller/control/line/setup.ts',
  'controller/control/relay.ts',
  'controller/control/report/lateness.ts',
  'controller/control/supervisor.ts',
  'controller/port/serial-port.ts',
  'controller/port/stream-port.ts',
  'controller/protocol/framed-exchange.ts',
  'controller/protocol/link-sentences.ts',
  'controller/protocol/modbus-bus.ts',
  'controller/record/replay-control.ts',
  'controller/wire/person.ts',
  'controller/wire/recipe.ts',
  'controller/wire/rights.ts',
  'ui/session.ts',
];
/** The outcome of an ask, and a part of what is put together below: no sentences. */
const NO_SENTENCES = ['not sent', 'discrete input'];

const [nothing, some, none] = [0, 0.5, Number.NaN].map((value) => ({
  frequencyHz: value,
  strainPercent: value,
  blowFlowKgPerS: value,
  blowDuty: value,
}));
const BOUNDS: RecipeBounds = {
  frequencyHz: [0.2, 0.4],
  strainPercent: [0.2, 0.4],
  blowFlowKgPerS: [0.2, 0.4],
  blowDuty: [0.2, 0.4],
};
/** What a function puts together, as it comes out. */
const PUT_TOGETHER = [
  ...ROLES.map((role) => `${named({ role, session: '2' })} has control.`),
  `Engineer 2 changed the recipe: ${differences(nothing, some).join(', ')}.`,
  ...[nothing, none].flatMap((recipe) => outOfBounds(recipe, BOUNDS).map(({ sentence }) => sentence)),
  ...[1, 2].flatMap((count) => [
    ...([1, 2, 3, 4] as const).map((fc) => describeRequest({ fc, address: 7, count })),
    describeRequest({ fc: 16, address: 7, words: Array.from<number>({ length: count }).fill(0) }),
  ]),
  ...[1, 2, 3, 4, 5, 6, 8, 10, 11, 99].map(
    (code) => `read 2 coils at 7: ${exceptionSentence(code)}, says device 1 on /dev/ttyUSB0.`,
  ),
  '/dev/ttyUSB0: the device refuses the value.',
  'The walk is over: 2 pass, 0 fail, 1 skipped.',
  ...['pass', 'fail', 'skipped'].flatMap((outcome) => [
    `guard: ${outcome}`,
    `stop_unloads: ${outcome}, force 0.00 kN, drive off`,
  ]),
];

function proofTests(): string[] {
  const tests = parseProofTests(readSource('fixtures/safety/proof-tests.yaml'));
  if (typeof tests === 'string') throw new Error(tests);
  return tests.flatMap(({ title, what, how, expected }) => [title, what, ...how, expected]);
}

const whole = (text: string): English => ({ at: 'as it comes', text, isSentence: true });
const english = [
  ...SPEAKING.flatMap(englishOf).filter(({ text }) => !NO_SENTENCES.includes(text)),
  ...[...PUT_TOGETHER, ...proofTests()].map(whole),
];

const placeholders = (text: string): string[] => (text.match(/\{\{\w+\}\}/g) ?? []).toSorted();
const speak = createSpeaker(Object.fromEntries(patterns), 'en', 'zh-Hant');
/** Tells which patterns it used, wherever in a sentence. */
const tell = createSpeaker(
  Object.fromEntries(patterns.map(([from], i) => [from, [`<${i}>`, ...placeholders(from)].join(' ')])),
  'en',
  'zh-Hant',
);

describe('what the controller says', () => {
  it('has Chinese for every sentence of its source', () => {
    const left = english.flatMap(({ at, text, isSentence }) => {
      const still = speak(text).filter((phrase) => phrase.lang === 'en' && /\p{L}{2}/u.test(phrase.text));
      return isSentence && still.length > 0
        ? [`${at} ${still.map((phrase) => phrase.text).join(' | ')}`]
        : [];
    });
    expect(left).toEqual([]);
  });

  it('has no Chinese for what is never said, nor twice, and fills in the same in both', () => {
    const used = new Set(
      english.flatMap(({ text }) => tell(text).flatMap((phrase) => phrase.text.match(/<\d+>/g) ?? [])),
    );
    expect(patterns.filter((_, i) => !used.has(`<${i}>`)).map(([from]) => from)).toEqual([]);
    expect(new Set(patterns.map(([from]) => from)).size).toBe(patterns.length);
    expect(patterns.filter(([from, to]) => placeholders(from).join() !== placeholders(to).join())).toEqual(
      [],
    );
  });

  it('keeps numbers, keys and commands, and says in turn what is within', () => {
    expect(
      speak(
        'START is refused: Flow stays at 0.0012 kg/s over two cycles, 0.05 kg/s commanded: pump off, valves stuck or a dead flow sensor. Check pump and valves, then RESET.',
      ),
    ).toEqual([
      {
        text: 'START 被拒絕：流量在兩個循環內維持於 0.0012 kg/s，指令為 0.05 kg/s：泵已停、閥卡住或流量感測器失效。檢查泵及閥，然後按 RESET。',
        lang: 'zh-Hant',
      },
    ]);
    expect(speak('HOLD is refused in STOPPED; it is given in EXECUTE, SUSPENDED.')).toEqual([
      { text: '在 STOPPED 中不接受 HOLD；可在 EXECUTE、SUSPENDED 中發出。', lang: 'zh-Hant' },
    ]);
    expect(
      speak(
        'The work of a cycle is -1.2e-7 J, 18 J at the beginning of this run, allowed are ±50 %: friction, tubes that fatigue, or a drifting load cell.',
      )[0],
    ).toEqual({
      text: '每循環功為 -1.2e-7 J，本次運行開始時為 18 J，容許 ±50 %：摩擦、管材疲勞，或測力計漂移。',
      lang: 'zh-Hant',
    });
  });

  it('leaves English what it does not know, marks it, and leaves alone what a person wrote', () => {
    expect(
      speak('EXECUTE → ABORTING: The link is lost: read 4 coils at 12: no reply from /dev/ttyUSB0.'),
    ).toEqual([
      { text: 'EXECUTE → ABORTING：連線已中斷：', lang: 'zh-Hant' },
      { text: ' read 4 coils at 12: no reply from /dev/ttyUSB0.', lang: 'en' },
    ]);
    expect(speak('Nothing of this is known. Cooling. Neither is this.')).toEqual([
      { text: 'Nothing of this is known. ', lang: 'en' },
      { text: '製冷中。', lang: 'zh-Hant' },
      { text: ' Neither is this.', lang: 'en' },
    ]);
    expect(speak('no_flow is bypassed for 5 min: Cooling.')).toEqual([
      { text: 'no_flow 已旁路 5 分鐘：Cooling.', lang: 'zh-Hant' },
    ]);
    expect(speak('泵已更換。')).toEqual([{ text: '泵已更換。', lang: 'zh-Hant' }]);
  });
});

/**
 * Modbus requests and replies as values (Modbus Application Protocol 1.1b3), without address and checksum. Addresses
 * count from zero, 0 to 65535; words are unsigned 16-bit numbers.
 */

export const FC = {
  readCoils: 1,
  readDiscreteInputs: 2,
  readHoldingRegisters: 3,
  readInputRegisters: 4,
  writeCoil: 5,
  writeRegister: 6,
  diagnostics: 8,
  writeCoils: 15,
  writeRegisters: 16,
  maskWriteRegister: 22,
  readWriteRegisters: 23,
  encapsulated: 43,
} as const;

export type Request =
  | { readonly fc: 1 | 2 | 3 | 4; readonly address: number; readonly count: number }
  | { readonly fc: 5; readonly address: number; readonly on: boolean }
  | { readonly fc: 6; readonly address: number; readonly value: number }
  /** Sub-function 0, "return query data": the device sends `data` back. */
  | { readonly fc: 8; readonly data: number }
  | { readonly fc: 15; readonly address: number; readonly bits: readonly boolean[] }
  | { readonly fc: 16; readonly address: number; readonly words: ArrayLike<number> }
  /** new = (old AND andMask) OR (orMask AND NOT andMask). */
  | { readonly fc: 22; readonly address: number; readonly andMask: number; readonly orMask: number }
  /** The device writes first, then reads. */
  | {
      readonly fc: 23;
      readonly readAddress: number;
      readonly readCount: number;
      readonly writeAddress: number;
      readonly words: ArrayLike<number>;
    }
  /** FC43 with MEI type 14, "read device identification". */
  | { readonly fc: 43; readonly category: IdentificationCategory; readonly object: number };

/** 1 basic (objects 0 to 2), 2 regular (up to 127), 3 extended (up to 255), 4 one object alone. */
export type IdentificationCategory = 1 | 2 | 3 | 4;

export type Reply =
  | { readonly fc: 1 | 2; readonly bits: readonly boolean[] }
  | { readonly fc: 3 | 4 | 23; readonly words: Uint16Array }
  | {
      readonly fc: 43;
      /** Which object to ask for next where not all fitted into one reply, else null. */
      readonly nextObject: number | null;
      /** Object number and text, Latin-1. */
      readonly objects: ReadonlyMap<number, string>;
    }
  /** The device acknowledged by repeating what was asked. */
  | { readonly fc: 5 | 6 | 8 | 15 | 16 | 22 };

/** 1 illegal function, 2 illegal address, 3 illegal value, 4 the device cannot do it now. */
export type ExceptionCode = 1 | 2 | 3 | 4;

/** Most items that one request may carry. */
export const MOST = {
  bitsRead: 2000,
  bitsWritten: 1968,
  wordsRead: 125,
  wordsWritten: 123,
  wordsWritten23: 121,
};

const EXCEPTION_SENTENCES: Readonly<Record<number, string>> = {
  1: 'the device does not know this function',
  2: 'the device has no such register',
  3: 'the device refuses this value',
  4: 'the device cannot do this in its present state',
  5: 'the device accepted and needs longer; ask again later',
  6: 'the device is busy; ask again later',
  8: 'the device found a memory parity error',
  10: 'the gateway has no path to the device',
  11: 'the device behind the gateway does not answer',
};

export const exceptionSentence = (code: number): string =>
  `${EXCEPTION_SENTENCES[code] ?? 'the device refused with a code outside the standard'} (exception ${code})`;

/** One sentence saying what is wrong with a request, or null where it may be sent. */
export function requestProblem(request: Request): string | null {
  switch (request.fc) {
    case 1:
    case 2:
      return rangeProblem('read', request.address, request.count, MOST.bitsRead);
    case 3:
    case 4:
      return rangeProblem('read', request.address, request.count, MOST.wordsRead);
    case 5:
      return rangeProblem('write', request.address, 1, 1);
    case 6:
      return rangeProblem('write', request.address, 1, 1) ?? wordsProblem([request.value]);
    case 8:
      return wordsProblem([request.data]);
    case 15:
      return rangeProblem('write', request.address, request.bits.length, MOST.bitsWritten);
    case 16:
      return (
        rangeProblem('write', request.address, request.words.length, MOST.wordsWritten) ??
        wordsProblem(request.words)
      );
    case 22:
      return rangeProblem('write', request.address, 1, 1) ?? wordsProblem([request.andMask, request.orMask]);
    case 23:
      return (
        rangeProblem('read', request.readAddress, request.readCount, MOST.wordsRead) ??
        rangeProblem('write', request.writeAddress, request.words.length, MOST.wordsWritten23) ??
        wordsProblem(request.words)
      );
    case 43:
      return request.object >= 0 && request.object <= 255 && Number.isInteger(request.object)
        ? null
        : `identification object ${request.object}: an object is a whole number from 0 to 255`;
    default:
      return request satisfies never;
  }
}

const isWord = (value: number): boolean => Number.isInteger(value) && value >= 0 && value <= 0xffff;

function rangeProblem(verb: string, address: number, count: number, most: number): string | null {
  if (!isWord(address)) return `${verb} at address ${address}: an address is a whole number from 0 to 65535`;
  if (!Number.isInteger(count) || count < 1 || count > most)
    return `${verb} of ${count} items at address ${address}: one request carries 1 to ${most}; split it`;
  if (address + count > 0x10000) return `${verb} of ${count} items at address ${address} runs past 65535`;
  return null;
}

function wordsProblem(words: ArrayLike<number>): string | null {
  const at = Array.prototype.findIndex.call(words, (word: number) => !isWord(word));
  return at < 0 ? null : `word ${at} is ${words[at]}: a register holds a whole number from 0 to 65535`;
}

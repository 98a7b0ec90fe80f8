import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GROUPS } from '../../controller/wire/channels.ts';
import { decodeFrame, encodeFrame, renumberFrame, type Frame } from '../../controller/wire/frame.ts';

const column = (rows: number): fc.Arbitrary<Float32Array> =>
  fc.float32Array({ minLength: rows, maxLength: rows });

const anyFrame: fc.Arbitrary<Frame> = fc
  .tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 12 }))
  .chain(([rows, columnCount]) =>
    fc.record({
      group: fc.constantFrom(...GROUPS),
      sequence: fc.integer({ min: 0, max: 0xffffffff }),
      startS: fc.double({ noNaN: true }),
      cycle: fc.integer({ min: 0, max: 0xffffffff }),
      rows: fc.constant(rows),
      offsetS: column(rows),
      columns: fc.array(column(rows), { minLength: columnCount, maxLength: columnCount }),
    }),
  );

describe('a telemetry frame', () => {
  it('comes back as it went, absent values included', () => {
    fc.assert(
      fc.property(anyFrame, (frame) => {
        expect(decodeFrame(encodeFrame(frame))).toEqual(frame);
      }),
    );
  });

  it('comes back from the middle of a larger buffer', () => {
    fc.assert(
      fc.property(anyFrame, fc.integer({ min: 0, max: 9 }), (frame, at) => {
        const bytes = encodeFrame(frame);
        const carrier = new Uint8Array(bytes.length + 20);
        carrier.set(bytes, at);
        expect(decodeFrame(carrier.subarray(at, at + bytes.length))).toEqual(frame);
      }),
    );
  });

  it('changes its number and nothing else when it is renumbered', () => {
    fc.assert(
      fc.property(anyFrame, fc.integer({ min: 0, max: 0xffffffff }), (frame, sequence) => {
        const bytes = encodeFrame(frame);
        renumberFrame(bytes, sequence);
        expect(decodeFrame(bytes)).toEqual({ ...frame, sequence });
      }),
    );
  });

  it('is a sentence where bytes are missing, too many or of another version', () => {
    fc.assert(
      fc.property(anyFrame, fc.integer({ min: 1, max: 24 }), (frame, cut) => {
        const bytes = encodeFrame(frame);
        expect(decodeFrame(bytes.subarray(0, bytes.length - cut))).toBeTypeOf('string');
        expect(decodeFrame(Uint8Array.of(...bytes, 0))).toBeTypeOf('string');
        bytes[0] = 2;
        expect(decodeFrame(bytes)).toBeTypeOf('string');
      }),
    );
  });

  it('never throws, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        decodeFrame(bytes);
      }),
    );
  });

  it('refuses a column of another length', () => {
    const broken = { group: 'tick', sequence: 0, startS: 0, cycle: 0, rows: 2 } as const;
    expect(() =>
      encodeFrame({ ...broken, offsetS: new Float32Array(2), columns: [new Float32Array(1)] }),
    ).toThrow(RangeError);
  });
});

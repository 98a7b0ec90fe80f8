/** The waveform of a cycle out of blob 3 of the framed contract. */
import type { Dictionary } from '../../protocol/framed-dictionary.ts';
import { decodeFields } from '../../protocol/framed-fields.ts';
import type { FramedLink } from '../../protocol/framed-link.ts';
import { ByteReader } from '../../protocol/framed-values.ts';
import { BLOB } from '../../protocol/framed-wire.ts';
import { WAVEFORM_BINS, WAVEFORM_SCALE } from '../../protocol/register-map.ts';
import type { Waveform } from './electronics.ts';

/** Null where this board records none; a sentence where there is none this time. */
export async function readFramedWaveform(
  link: FramedLink,
  dictionary: Dictionary | null,
): Promise<Waveform | string | null> {
  const layout = dictionary?.waveform;
  if (layout === undefined) return null;
  if (layout.bins !== WAVEFORM_BINS)
    return `the device records ${layout.bins} bins, ${WAVEFORM_BINS} are shown.`;
  const answer = await link.readBlob(BLOB.waveform);
  if (!answer.ok) return answer.sentence;
  const reader = new ByteReader(answer.value.bytes);
  const startMs = reader.u64() / 1000;
  const periodS = reader.value('u32') / 1e6;
  const columns = WAVEFORM_SCALE.map(() => new Float32Array(WAVEFORM_BINS).fill(Number.NaN));
  for (let bin = 0; bin < WAVEFORM_BINS; bin++) {
    const values = decodeFields(layout.fields, reader);
    if (values === null) return 'the waveform is shorter than its dictionary says.';
    WAVEFORM_SCALE.forEach(({ name }, i) => {
      const column = columns[i];
      if (column !== undefined && name in values) column[bin] = Number(values[name]);
    });
  }
  return { cycleNumber: answer.value.number, startMs, periodS, columns };
}

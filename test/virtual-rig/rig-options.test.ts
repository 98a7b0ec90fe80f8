import { describe, expect, test } from 'vitest';
import { runVirtualRig } from '../../controller/virtual-rig/main.ts';
import { readRigOptions } from '../../controller/virtual-rig/rig-options.ts';

const PRESET = { presetFile: 'fixtures/presets/hkust-kilowatt-2025.yaml' };

test('options are read as they are', () => {
  const options = { ...PRESET, tcpPort: 0, baudRate: 9600, acceleration: 20 };
  expect(readRigOptions(JSON.stringify(options))).toEqual(options);
});

describe('options that do not fit become one sentence', () => {
  test.each([
    [undefined, /one argument, a JSON object/],
    ['not json', /one argument, a JSON object/],
    ['[]', /a JSON object is expected/],
    ['null', /a JSON object is expected/],
    ['{}', /presetFile is missing/],
    ['{"presetFile":5}', /presetFile is 5; give a path/],
    [JSON.stringify({ ...PRESET, acceleration: 21 }), /acceleration is 21.*1 to 20/],
    [JSON.stringify({ ...PRESET, acceleration: 1.5 }), /acceleration is 1.5; a whole number/],
    [JSON.stringify({ ...PRESET, tcpPort: '5020' }), /tcpPort is "5020"/],
    [JSON.stringify({ ...PRESET, speed: 2 }), /speed is no option/],
  ])('%s', (json, sentence) => {
    expect(readRigOptions(json)).toMatch(sentence);
  });

  test('a preset that is not there', async () => {
    expect(await runVirtualRig({ presetFile: 'nowhere.yaml' })).toMatch(
      /^nowhere\.yaml: the preset cannot be read/,
    );
  });
});

test('a TCP port that is taken', async () => {
  const first = await runVirtualRig(PRESET);
  if (typeof first === 'string') throw new Error(first);
  const taken = Number(first.ready.tcp.split(':').at(-1));
  expect(await runVirtualRig({ ...PRESET, tcpPort: taken })).toMatch(/another program listens there/);
  first.close();
});

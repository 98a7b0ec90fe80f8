import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseRigFile, type RigFile } from '../../controller/control/rig-file.ts';
import { RIG_TEXT } from './observation.ts';

const text = readFileSync(new URL('../../fixtures/rigs/virtual-kilowatt.yaml', import.meta.url), 'utf8');
const replaced = (from: RegExp, to: string): RigFile | string => {
  expect(text).toMatch(from);
  return parseRigFile(text.replace(from, to));
};
const lineOf = (key: string): number => text.split('\n').findIndex((l) => l.trim().startsWith(`${key}:`)) + 1;

describe('rig file', () => {
  it('reads the shipped one into a value frozen at every depth', () => {
    const rig = parseRigFile(text);
    if (typeof rig === 'string') throw new Error(rig);
    expect(rig.limits.pressure_bar).toBe(1.5);
    expect(Object.isFrozen(rig)).toBe(true);
    expect(Object.isFrozen(rig.electronics)).toBe(true);
  });

  it.each([
    [/pressure_bar: 1.5/, 'pressure_bar: 2.5', 'limits.pressure_bar', '2.5 given', 'at most 1.5'],
    [/slave: 1/, 'slave: one', 'electronics.slave', '"one" given', 'number'],
    [/slave: 1/, 'slave: 1.5', 'electronics.slave', '1.5 given', 'whole number'],
    [/blow_duty: .*/, 'blow_duty: 0.01', 'recipe.blow_duty', '0.01 given', 'at least 0.05'],
    [/strain_percent: [\d.]+/, 'strain_percent: 0', 'recipe.strain_percent', '0 given', 'more than 0'],
    [
      /watchdog_timeout_ms: .*/,
      'watchdog_timeout_ms: 2000',
      'watchdog_timeout_ms',
      '2000 given',
      'at most 1000',
    ],
    [/stopPolicy: .*/, 'stopPolicy: coast', 'stopPolicy', '"coast" given', 'enable_off or unload_first'],
    [/band_K: .*/, 'band_F: 1', 'regulator.thermostat.band_K', 'nothing given', 'number'],
    [/temperature_low_C: .*/, 'temperature_low_C: .nan', 'limits.temperature_low_C', 'given', 'number'],
  ])('%s -> %s names key, given and allowed', (from, to, key, given, allowed) => {
    const sentence = replaced(from, to);
    expect(sentence).toEqual(expect.any(String));
    expect(sentence).toContain(key);
    expect(sentence).toContain(given);
    expect(sentence).toContain(allowed);
  });

  it('holds a machine that nobody has control of, unless it says otherwise', () => {
    expect(replaced(/operator_lost: .*/, '')).toMatchObject({ operator_lost: 'hold' });
    expect(replaced(/operator_lost: .*/, 'operator_lost: abort')).toContain('hold or continue');
  });

  it('names the line', () => {
    expect(replaced(/pressure_bar: 1.5/, 'pressure_bar: 2.5')).toContain(`(line ${lineOf('pressure_bar')})`);
  });

  it('refuses an unknown key and says which', () => {
    expect(parseRigFile(`${text}\nturbo: 1\n`)).toMatch(
      /^turbo \(line \d+\): 1 given, allowed is no such key/,
    );
  });

  it('refuses a doubled key and text that is not YAML, with the line', () => {
    expect(parseRigFile(`${text}\nname: again\n`)).toMatch(/not YAML \(line \d+\).*unique/);
    expect(parseRigFile('name: [')).toMatch(/not YAML \(line 1\)/);
    expect(parseRigFile('')).toMatch(/The rig file: .*allowed is/);
  });

  it('refuses limits that contradict each other', () => {
    expect(
      parseRigFile(
        text
          .replace(/temperature_low_C: .*/, 'temperature_low_C: 20')
          .replace(/temperature_high_C: .*/, 'temperature_high_C: 20'),
      ),
    ).toContain('limits.temperature_low_C: 20 given');
  });

  it('refuses time-outs by which one lost reply would look like a lost link', () => {
    expect(parseRigFile(RIG_TEXT.replace(/timeoutMs: .*/, 'timeoutMs: 100'))).toContain(
      'electronics.timeoutMs: twice 100',
    );
  });
});

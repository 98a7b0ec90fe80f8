/** A record says what the machine was, so that its numbers can be read years later. */
import { describe, expect, it } from 'vitest';
import { attachmentsOf } from '../../controller/command/recording.ts';
import { parseProfile } from '../../controller/device/parse-profile.ts';

const of = (rig: string) =>
  attachmentsOf({ rigFile: `fixtures/rigs/${rig}.yaml`, port: '', autoStart: false, isShadow: false });

describe('what is attached to a record', () => {
  it('is the rig file and the preset', () => {
    expect(of('virtual-kilowatt').map(({ name }) => name)).toEqual([
      'rig.yaml',
      'preset/hkust-kilowatt-2025.yaml',
    ]);
  });

  it('is every device profile too where a machine is made of devices, whole', () => {
    const profiles = of('bench-press').filter(({ name }) => name.startsWith('profile/'));
    expect(profiles.map(({ name }) => name).toSorted()).toEqual([
      'profile/delta-asda-a2.yaml',
      'profile/delta-vfd-el.yaml',
      'profile/icp-das-tm-th8.yaml',
      'profile/laumas-tlb4.yaml',
      'profile/waveshare-relay-8.yaml',
    ]);
    for (const { name, text } of profiles) expect(parseProfile(text, name), name).not.toBeTypeOf('string');
  });

  it('is nothing where there is no such file', () => {
    expect(of('no-such')).toEqual([]);
  });
});

/**
 * The texts of the machines that come along. In the package this module holds them instead of reading them
 * (controller/package/build.mjs), so that a browser can load it.
 */
import { readFileSync, readdirSync } from 'node:fs';
import type { MachineFiles } from '../config/machine-shelf.ts';

const FIXTURES = new URL('../../fixtures/', import.meta.url);

const readFolder = (folder: string): [string, string][] =>
  readdirSync(new URL(`${folder}/`, FIXTURES))
    .filter((name) => name.endsWith('.yaml'))
    .toSorted()
    .map((name) => [`${folder}/${name}`, readFileSync(new URL(`${folder}/${name}`, FIXTURES), 'utf8')]);

export const MACHINE_FILES: MachineFiles = new Map([...readFolder('presets'), ...readFolder('alloys')]);

/** The C firmware compiled here: as a process on a null-modem cable, and once more for the chip. */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { systemClock } from '../../controller/port/system-clock.ts';
import type { BytePort } from '../../controller/protocol/byte-port.ts';
import { openNullModem } from '../protocol/null-modem.ts';
import { type Bench, openPatiently } from './bench.ts';
import { conformance } from './conformance.ts';

const path = (relative: string): string => fileURLToPath(new URL(`../../${relative}`, import.meta.url));
const SOURCES = path('controller/firmware');
const HEX = path('fixtures/firmware/atmega328p.hex');
/** The compiler that made the committed hex file. */
const CHIP_COMPILER = 'avr-gcc (GCC) 5.4.0';

const firstLineOf = (program: string): string =>
  spawnSync(program, ['--version'], { encoding: 'utf8' }).stdout?.split('\n')[0] ?? '';
const hasMake = firstLineOf('make') !== '' && process.platform !== 'win32';
const hasCompiler = hasMake && firstLineOf('cc') !== '';
const hasChipCompiler = hasMake && firstLineOf('avr-gcc') === CHIP_COMPILER;

const folder = mkdtempSync(join(tmpdir(), 'elastocool-firmware-'));
afterAll(() => rmSync(folder, { recursive: true }));
const make = (target: string): void =>
  void execFileSync('make', ['-C', SOURCES, `BUILD=${folder}`, target], { stdio: 'pipe' });

async function nativeBench(): Promise<Bench> {
  make('host');
  const cable = openNullModem();
  if (cable === null) throw new Error('this system has no pseudo-terminals');
  const firmware = spawn(join(folder, 'firmware-host'), [cable.a], { stdio: 'inherit' });
  let port: BytePort | null = null;
  return {
    clock: systemClock,
    async open() {
      port?.close();
      port = await openPatiently(cable.b);
      return port;
    },
    run: (promise) => promise,
    sleepMs: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    async end() {
      const exited = new Promise((resolve) => firmware.once('exit', resolve));
      port?.close();
      firmware.kill();
      await exited;
      cable.close();
    },
  };
}

if (hasCompiler) conformance('C as a process', nativeBench);

describe('the C firmware', () => {
  test.runIf(hasCompiler)('says what it needs where it is given nothing', () => {
    make('host');
    const { status, stderr } = spawnSync(join(folder, 'firmware-host'), [], { encoding: 'utf8' });
    expect(status).toBe(2);
    expect(stderr).toContain('give the path of a serial device');
  });

  test.runIf(hasChipCompiler)('compiles to the committed program, byte for byte', () => {
    make('all');
    expect(readFileSync(join(folder, 'atmega328p.hex'), 'latin1')).toBe(readFileSync(HEX, 'latin1'));
  });

  test.runIf(hasChipCompiler)('compiles for the larger chip too', () => {
    execFileSync('make', ['-C', SOURCES, `BUILD=${folder}`, 'MCU=atmega2560'], { stdio: 'pipe' });
  });
});

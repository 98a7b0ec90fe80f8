/**
 * A real Chromium for tests: one that is installed, else the one that comes by package (Linux x64). Where none can be
 * had the tests skip, loudly; under CI they fail.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser } from 'playwright-core';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PACKAGE = join(ROOT, 'node_modules', '@sparticuz', 'chromium', 'package.json');

/** The pages are our own, on the loopback address: no sandbox is needed, and as root there is none. */
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

interface Candidate {
  readonly executablePath: string;
  readonly env?: Record<string, string>;
}

/** A browser, or undefined where none can be had: then this has said why. Close it after the tests. */
export async function openChromium(): Promise<Browser | undefined> {
  const failures: string[] = [];
  for (const find of [...installed().map((path) => (): Candidate => ({ executablePath: path })), packaged]) {
    try {
      const candidate = find();
      if (candidate !== undefined) return await launch(candidate);
    } catch (error) {
      failures.push(error instanceof Error ? error.message.split('\n', 1)[0] : String(error));
    }
  }
  const sentence =
    'No Chromium could be started, so the browser tests are NOT run: install Chrome or Chromium, or name one in ' +
    `CHROME_PATH. ${failures.join(' ')}`;
  if (process.env.CI === 'true') throw new Error(sentence);
  console.warn(`\n${sentence}\n`);
  return undefined;
}

/** Playwright makes a new, empty profile for every launch. */
function launch({ executablePath, env }: Candidate): Promise<Browser> {
  // Where the environment names no locale, Chromium calls its own "en-US@posix", and Intl refuses that in the page.
  const environment = { ...definedEnvironment(), LC_ALL: 'en_US.UTF-8', ...env };
  if (process.platform === 'win32')
    return chromium.launch({ executablePath, args: ARGUMENTS, env: environment });
  return chromium.launch({
    executablePath: fileURLToPath(new URL('polite.sh', import.meta.url)),
    args: ARGUMENTS,
    env: { ...environment, POLITE_BROWSER: executablePath },
  });
}

/** `ELASTOCOOL_CHROMIUM=packaged` leaves the installed ones aside, to try the package where there is one. */
function installed(): string[] {
  if (process.env.ELASTOCOOL_CHROMIUM === 'packaged') return [];
  const named = [process.env.CHROME_PATH, process.env.CHROMIUM_PATH];
  return [...named, ...usualPlaces()].filter((path) => path !== undefined && existsSync(path)) as string[];
}

function usualPlaces(): string[] {
  const { ProgramFiles, LOCALAPPDATA, HOME } = process.env;
  switch (process.platform) {
    case 'win32':
      return [ProgramFiles, process.env['ProgramFiles(x86)'], LOCALAPPDATA].flatMap((folder) =>
        ['Google\\Chrome', 'Chromium', 'Microsoft\\Edge'].flatMap((name) => [
          `${folder}\\${name}\\Application\\${name.endsWith('Edge') ? 'msedge' : 'chrome'}.exe`,
        ]),
      );
    case 'darwin':
      return ['', HOME ?? ''].flatMap((folder) =>
        ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
          (name) => `${folder}/Applications/${name}.app/Contents/MacOS/${name}`,
        ),
      );
    default:
      return ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'].flatMap((name) => [
        `/usr/bin/${name}`,
        `/usr/local/bin/${name}`,
        `/snap/bin/${name}`,
      ]);
  }
}

/** Undefined where the package has none for this system. */
function packaged(): Candidate | undefined {
  if (process.platform !== 'linux' || process.arch !== 'x64' || !existsSync(PACKAGE)) return undefined;
  const folder = unpackOnce();
  return {
    executablePath: join(folder, 'chromium'),
    env: { LD_LIBRARY_PATH: join(folder, 'al2023', 'lib'), FONTCONFIG_PATH: join(folder, 'fonts') },
  };
}

/** Unpacked beside its final place and moved there whole: a run that was cut short leaves nothing half. */
function unpackOnce(): string {
  const { version } = JSON.parse(readFileSync(PACKAGE, 'utf8')) as { version: string };
  const cache = join(ROOT, 'node_modules', '.cache');
  const folder = join(cache, `chromium-${version}`);
  if (existsSync(folder)) return folder;
  mkdirSync(cache, { recursive: true });
  const staging = mkdtempSync(join(cache, 'unpacking-'));
  const script = fileURLToPath(new URL('unpack-chromium.mjs', import.meta.url));
  execFileSync(process.execPath, [script, staging], { stdio: ['ignore', 'ignore', 'inherit'] });
  writeFileSync(join(staging, 'fonts', 'fonts.conf'), fontsConfiguration(folder));
  try {
    renameSync(staging, folder);
  } catch {
    // Another run was first.
    rmSync(staging, { recursive: true, force: true });
  }
  return folder;
}

/** The package's own file names folders of another system. */
function fontsConfiguration(folder: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${join(folder, 'fonts', 'fonts')}</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${join(folder, 'fonts-cache')}</cachedir>
</fontconfig>
`;
}

function definedEnvironment(): Record<string, string> {
  return Object.fromEntries(Object.entries(process.env).filter((pair) => pair[1] !== undefined)) as Record<
    string,
    string
  >;
}

/**
 * Makes a fresh clone ready: installs what the lock names where the tree disagrees, finds a Node for the program,
 * and with the argument `page` builds the browser page where it is older than its sources. Runs before `npm start`
 * and `npm test` on whatever Node the machine has (16 or newer), so: plain JavaScript, no dependencies.
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { allOptional, disagreements, rememberAbsent } from './installed-tree.mjs';
import { findRuntime, fits, machineNode, packagedNode, root, wanted } from './runtime.mjs';

const windows = process.platform === 'win32';

function say(sentence) {
  console.log(`elastocool: ${sentence}`);
}

function fail(sentence) {
  console.error(`elastocool: ${sentence}`);
  process.exit(1);
}

function run(command, args, options = {}) {
  const done = spawnSync(command, args, { cwd: root, stdio: 'inherit', ...options });
  return done.status === 0;
}

/** `npm` by the path of its own script where npm itself started us; a shell finds npm.cmd on Windows otherwise. */
function npm(args, node = machineNode) {
  const script = process.env.npm_execpath;
  if (script !== undefined && basename(script) === 'npm-cli.js') return run(node, [script, ...args]);
  return run('npm', args, { shell: windows });
}

/**
 * Everything comes prebuilt, so no install script runs and no compiler is asked for. Windows cannot delete the
 * node.exe that runs this very file, which `npm ci` would; `npm install` only changes what differs.
 */
function installArguments() {
  const ownNodeRunsThis = windows && process.execPath === packagedNode();
  const verb = ownNodeRunsThis ? ['install', '--no-save'] : ['ci'];
  return [...verb, '--ignore-scripts', '--include=dev', '--include=optional', '--loglevel=error'];
}

/** npm leaves out optional packages that the Node it runs on is too old for; the Node just installed is not. */
function installAgainWithPackagedNode() {
  const packaged = packagedNode();
  if (packaged === undefined || !existsSync(packaged) || windows) return;
  say('npm left some packages out because this Node is old: installing once more with the new Node.');
  const folder = mkdtempSync(join(tmpdir(), 'elastocool-'));
  const copy = join(folder, 'node');
  copyFileSync(packaged, copy);
  npm(installArguments(), copy);
  rmSync(folder, { recursive: true, force: true });
}

function install() {
  const before = disagreements();
  if (before.length === 0) return;
  const fresh = !existsSync(join(root, 'node_modules'));
  say(
    fresh
      ? 'first start in this folder: installing the packages that package-lock.json names (about 20 seconds).'
      : `${before.length} installed packages differ from package-lock.json (${before[0]}): installing again.`,
  );
  if (!npm(installArguments()))
    fail('npm could not install the packages; its message above says why. Nothing was started.');
  if (disagreements().length > 0 && !fits(process.version)) installAgainWithPackagedNode();
  const after = disagreements();
  if (!allOptional(after))
    fail(`npm finished and these packages are still not as the lock names them: ${after.join(', ')}.`);
  if (after.length > 0) say(`going on without these optional packages: ${after.join(', ')}.`);
  rememberAbsent(after);
  say('installed.');
}

/** A Node in node_modules/.bin that cannot run here (Alpine) would be the first that npm finds: take it away. */
function removeForeignNode() {
  if (packagedNode() === undefined) rmSync(join(root, 'node_modules', '.bin', 'node'), { force: true });
}

/** The newest change below these paths; a deleted file shows in the time of its folder. */
function newestChange(paths) {
  let newest = 0;
  for (const path of paths) {
    if (!existsSync(path)) continue;
    const stat = statSync(path);
    newest = Math.max(newest, stat.mtimeMs);
    if (stat.isDirectory())
      newest = Math.max(newest, newestChange(readdirSync(path).map((name) => join(path, name))));
  }
  return newest;
}

function buildPage(node) {
  const page = join(root, 'dist', 'ui', 'index.html');
  const sources = ['ui', 'sim', 'fixtures', 'controller/wire', 'vite.config.ts', 'package-lock.json'];
  if (existsSync(page) && statSync(page).mtimeMs > newestChange(sources.map((path) => join(root, path))))
    return;
  say('building the page.');
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  if (!run(node, [vite, 'build', '--logLevel', 'warn']))
    fail('the page could not be built; the message above says why.');
}

const comesByPackage = packagedNode() !== undefined;
if (!comesByPackage && !fits(process.version))
  fail(
    `this needs ${wanted}, and for this system none comes as a package; this is ${process.version}: ` +
      'install Node 24, then run the same command again.',
  );
install();
removeForeignNode();
const runtime = findRuntime();
if (runtime === undefined) fail(`this needs ${wanted}, and the packaged one does not run here.`);
if (process.argv.includes('page')) buildPage(runtime);

#!/usr/bin/env node
/**
 * The `elastocool` command. Plain JavaScript, so that an old Node can read it and say what to do; the program
 * itself is main.ts. Where this Node cannot run it and a packaged one stands in node_modules, that one does.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import module from 'node:module';
import { constants } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findRuntime, fits, root, wanted } from './runtime.mjs';

/** Only the channel can tell the program that this process was killed: when it closes, the program ends in order. */
function runWith(node) {
  const args = [fileURLToPath(import.meta.url), ...process.argv.slice(2)];
  const child = spawn(node, args, { stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
}

function endWithParent() {
  if (process.channel === undefined) return;
  process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  process.channel.unref();
}

/** Read, stripped of its types and compiled once, here and in the processes that this one starts: half the processor time. */
function keepCompiled() {
  process.env.NODE_COMPILE_CACHE ??= join(root, 'node_modules', '.cache', 'compile');
  module.enableCompileCache(process.env.NODE_COMPILE_CACHE);
}

function refuse(sentence) {
  console.error(`elastocool: ${sentence}`);
  process.exitCode = 1;
}

if (!existsSync(join(root, 'node_modules', 'commander')))
  refuse('nothing is installed here yet: run `npm ci` first, or `npm start`, which installs by itself.');
else if (fits(process.version)) {
  endWithParent();
  keepCompiled();
  await import('./main.ts');
} else {
  const runtime = findRuntime();
  if (runtime !== undefined) runWith(runtime);
  else refuse(`this is Node ${process.version}; the program needs ${wanted}: install Node 24.`);
}

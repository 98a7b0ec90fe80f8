#!/usr/bin/env node
/** The `elastocool` command of the package: compiled, so whatever Node runs it must do. Plain JavaScript that an old one reads. */
import { readFileSync } from 'node:fs';

const wanted = 'Node 22.15 or newer, below 26';

function fits(version) {
  const [major, minor] = version.split('.').map(Number);
  return (major > 22 || (major === 22 && minor >= 15)) && major < 26;
}

function refuse(sentence) {
  console.error(`elastocool: ${sentence} and run the same command again.`);
  process.exitCode = 1;
}

/** What the package names and does not bring along; nothing where the error is another one. */
function missingPackages({ code, message }) {
  if (code !== 'ERR_MODULE_NOT_FOUND') return [];
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  const extra = Object.entries(JSON.parse(text).peerDependencies);
  return extra.some(([name]) => message.includes(`'${name}'`)) ? extra.map((one) => one.join('@')) : [];
}

if (fits(process.versions.node)) {
  try {
    await import('../command/main.js');
  } catch (error) {
    const missing = missingPackages(error);
    if (missing.length === 0) throw error;
    refuse(`this command needs packages that do not come along: npm install ${missing.join(' ')}`);
  }
} else refuse(`this is Node ${process.version}; the program needs ${wanted}: install Node 24`);

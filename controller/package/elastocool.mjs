#!/usr/bin/env node
/** The `elastocool` command of the package: compiled, so whatever Node runs it must do. Plain JavaScript that an old one reads. */
const wanted = 'Node 22.15 or newer, below 26';

function fits(version) {
  const [major, minor] = version.split('.').map(Number);
  return (major > 22 || (major === 22 && minor >= 15)) && major < 26;
}

if (fits(process.versions.node)) await import('../command/main.js');
else {
  console.error(
    `elastocool: this is Node ${process.version}; the program needs ${wanted}: install Node 24 and run the same command again.`,
  );
  process.exitCode = 1;
}

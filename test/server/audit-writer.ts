/** A program that writes into an audit log as fast as it can, says once how far it is, and goes on until it is killed. */
import { readFileSync } from 'node:fs';
import { openAuditFile } from '../../controller/server/audit-file.ts';

const path = process.argv[2] ?? '';
const file = openAuditFile(path, () => process.exit(1));
let n = 0;
let isSaid = false;

setInterval(() => {
  for (let k = 0; k < 50; k++) file.append(JSON.stringify({ n: n++, text: 'x'.repeat(100) }));
  if (isSaid || n < 1000) return;
  isSaid = true;
  // Only what the file holds already was promised to stay.
  process.send?.(readFileSync(path, 'utf8').split('\n').length - 1);
}, 1);

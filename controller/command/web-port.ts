/** What `start` and `serve` are told about their page: `--port` and `--audit`. */
import { InvalidArgumentError, Option } from 'commander';

export interface WebPortOption {
  readonly port: number;
  /** Path of the audit log. */
  readonly audit: string;
}

export const auditOption = (): Option =>
  new Option(
    '--audit <file>',
    'who asked what of the machine and what was answered, one line of JSON each',
  ).default('runs/audit.jsonl');

export const webPortOption = (): Option =>
  new Option('--port <number>', 'port of the page; where it is taken, the next free one is used')
    .default(8080)
    .argParser(readPort);

function readPort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65_535)
    throw new InvalidArgumentError('Allowed is 1 to 65535.');
  return port;
}

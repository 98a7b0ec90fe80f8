/** What `start`, `serve` and `replay` are told about their page: `--port`, `--audit` and `--report`. */
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

export interface ReportOption {
  /** Folder of a report of `elastocool validate --report`. */
  readonly report: string;
}

export const reportOption = (): Option =>
  new Option(
    '--report <folder>',
    'a report that `elastocool validate --report` wrote, for the page to show',
  ).default('report');

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

/** The `--port` option of `start` and `serve`. */
import { InvalidArgumentError, Option } from 'commander';

export interface WebPortOption {
  readonly port: number;
}

export const webPortOption = (): Option =>
  new Option('--port <number>', 'port of the page on 127.0.0.1; where it is taken, the next free one is used')
    .default(8080)
    .argParser(readPort);

function readPort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65_535)
    throw new InvalidArgumentError('Allowed is 1 to 65535.');
  return port;
}

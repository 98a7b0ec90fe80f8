/** Who can reach the page: `--lan`, `--host` and `--allow-host` of `serve`, and what is printed about it. */
import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import { InvalidArgumentError, Option } from 'commander';
import { LOOPBACK } from '../server/web-server.ts';
import { ROLES, type Role } from '../wire/person.ts';

export interface ReachOptions {
  readonly lan?: true;
  readonly host?: string;
  readonly allowHost: readonly string[];
}

const EVERYWHERE = '0.0.0.0';

export const reachOptions = (): Option[] => [
  new Option('--lan', 'let others on the network reach the page, with the keys that are printed').conflicts(
    'host',
  ),
  new Option('--host <address>', 'the same at one address of this computer only').argParser(readAddress),
  new Option('--allow-host <name>', 'a name under which a proxy in front calls this server; may be repeated')
    .default([], 'none')
    .argParser(addName),
];

/** Where the server listens. */
export const listensAt = ({ lan, host }: ReachOptions): string =>
  lan === true ? EVERYWHERE : (host ?? LOOPBACK);

function readAddress(text: string): string {
  if (isIP(text) === 0) throw new InvalidArgumentError('Allowed is an IP address of this computer.');
  return text;
}

function addName(text: string, before: readonly string[]): string[] {
  if (!/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?$/i.test(text))
    throw new InvalidArgumentError('Allowed is a host name, with :PORT where that is not the usual one.');
  return [...before, text];
}

const isEverywhere = (host: string): boolean => host === EVERYWHERE || host === '::';

/** The address to open on this computer. */
export const localAddress = (host: string, port: number): string =>
  pageAddress(isEverywhere(host) ? LOOPBACK : host, port);

const pageAddress = (host: string, port: number): string =>
  `http://${isIP(host) === 6 ? `[${host}]` : host}:${port}/`;

/** Addresses for others; the same as for oneself where there is no network. */
export function pageAddresses(host: string, port: number): string[] {
  const names = isEverywhere(host) ? outsideAddresses() : [host];
  return (names.length === 0 ? [LOOPBACK] : names).map((name) => pageAddress(name, port));
}

function outsideAddresses(): string[] {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, family }) => !internal && family === 'IPv4')
    .map(({ address }) => address);
}

const MEANINGS: Readonly<Record<Role, string>> = {
  engineer: 'everything',
  operator: 'run the machine',
  viewer: 'see everything, and nothing but STOP and ABORT',
};

/** What a person needs to open the page, and who else could. */
export function reachText(tokens: Readonly<Record<Role, string>>, host: string, port: number): string {
  const [first, ...others] = pageAddresses(host, port);
  const links = ROLES.toReversed().map(
    (role) => `  ${role.padEnd(9)} ${first}session#token=${tokens[role]}   ${MEANINGS[role]}`,
  );
  const also = others.length === 0 ? [] : [`The same at ${others.join(' and ')}.`];
  return [
    'Whoever has one of these addresses has its rights until this program ends:',
    ...links,
    ...also,
    ...warning(host),
  ].join('\n');
}

function warning(host: string): string[] {
  if (host === LOOPBACK || host === '::1') return [];
  return [
    'WARNING: others can reach this page and the traffic is not encrypted: whoever listens on the network reads the keys',
    'and can run the machine. Where that matters leave out --lan, put a proxy that speaks TLS in front of',
    '127.0.0.1 and name it with --allow-host (README, "Who may do what").',
  ];
}

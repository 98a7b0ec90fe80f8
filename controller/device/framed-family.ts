/** A board with the project's framed contract: channels of its dictionary, parameters and commands by name. */
import type { FramedLink } from '../protocol/framed-link.ts';
import { failure, type Result, type TransactOptions } from '../protocol/transaction.ts';
import type { Family, RawReading } from './family.ts';
import type { ProfileOf } from './profile.ts';
import type { Raw } from './readings.ts';

type Values = Readonly<Record<string, unknown>>;

export class FramedFamily implements Family {
  private readonly name: string;
  private readonly profile: ProfileOf<'framed'>;
  private readonly link: FramedLink;
  private connecting: Promise<Result<string>> | null = null;
  private heartbeat = 0;

  constructor(name: string, profile: ProfileOf<'framed'>, link: FramedLink) {
    this.name = name;
    this.profile = profile;
    this.link = link;
  }

  async read(names: readonly string[]): Promise<Result<ReadonlyMap<string, RawReading>>> {
    const connected = await this.connect();
    if (!connected.ok) return connected;
    const readings = new Map<string, RawReading>();
    const ofStatus = names.filter((name) => this.profile.points[name].channel !== undefined);
    const ofParameters = names.filter((name) => this.profile.points[name].parameter !== undefined);
    const { roundTripMs } = connected;
    if (ofStatus.length > 0) {
      const answer = await this.status();
      const problem = this.collect(answer, ofStatus, 'channel', readings);
      if (problem !== null) return problem;
    }
    if (ofParameters.length > 0) {
      const answer = await this.link.readParameters();
      const problem = this.collect(answer, ofParameters, 'parameter', readings);
      if (problem !== null) return problem;
    }
    const atMs = Math.min(...[...readings.values()].map((one) => one.atMs));
    return { ok: true, value: readings, roundTripMs, atMs };
  }

  async write(values: ReadonlyMap<string, number>, options: TransactOptions): Promise<Result<null>> {
    const connected = await this.connect();
    if (!connected.ok) return connected;
    let last: Result<unknown> = connected;
    for (const [name, value] of values) {
      const { command, argument, parameter = '' } = this.profile.points[name];
      const args = argument === undefined ? {} : { [argument]: value };
      last =
        command === undefined
          ? await this.link.writeParameter(parameter, value)
          : await this.link.command(command, args, { urgent: options.urgent ?? false });
      if (!last.ok) return last;
    }
    return { ...last, value: null };
  }

  writeProblem(values: ReadonlyMap<string, number>): string | null {
    for (const [name, value] of values) {
      const { command, argument, parameter } = this.profile.points[name];
      if (command === undefined && parameter === undefined)
        return `${this.name}.${name}: it is neither a command nor a parameter.`;
      if (command !== undefined && argument === undefined && value !== 1)
        return `${this.name}.${name}: ${value} given, allowed is 1, which gives the command.`;
    }
    return null;
  }

  async identify(): Promise<Result<string>> {
    const connected = await this.connect();
    if (!connected.ok) return connected;
    const wanted = this.profile.identity.firmware ?? '';
    if (connected.value.startsWith(wanted))
      return { ...connected, value: `${this.profile.title} (${connected.value})` };
    return failure('refused', `${this.name}: it calls itself "${connected.value}", "${wanted}" is expected.`);
  }

  send(): Promise<Result<null>> {
    return Promise.resolve(failure('refused', `${this.name}: a framed board takes no lines of text.`));
  }

  /** Once; a failure is tried again by the next question. */
  private connect(): Promise<Result<string>> {
    this.connecting ??= this.link.connect().then((result) => {
      if (!result.ok) this.connecting = null;
      return result.ok ? { ...result, value: result.value.device } : result;
    });
    return this.connecting;
  }

  private async status(): Promise<Result<Values>> {
    this.heartbeat = (this.heartbeat + 1) & 0xffff;
    const answer = await this.link.beat(this.heartbeat);
    return answer.ok ? { ...answer, value: { ...answer.value, ...answer.value.channels } } : answer;
  }

  /** Puts what the points are called on the board into `readings`; a failure where it has none of that name. */
  private collect(
    answer: Result<unknown>,
    names: readonly string[],
    key: 'channel' | 'parameter',
    readings: Map<string, RawReading>,
  ): Extract<Result<never>, { ok: false }> | null {
    if (!answer.ok) return answer;
    const values = answer.value as Values;
    for (const name of names) {
      const called = this.profile.points[name][key] ?? name;
      const value = values[called];
      if (typeof value !== 'number')
        return failure('refused', `${this.name}.${name}: the board has no ${key} "${called}".`);
      const mark = this.profile.points[name].invalid.find(({ raw }) => raw === value)?.quality;
      const raw: Raw = mark ?? (Number.isNaN(value) ? 'no_data' : value);
      readings.set(name, { raw, atMs: answer.atMs });
    }
    return null;
  }
}

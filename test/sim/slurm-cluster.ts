/** A Slurm of Debian's packages with one node, this machine: daemons in the foreground, files in a folder, free ports. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import { until } from './sweep-samples.ts';

const PATH = [process.env.PATH, '/usr/sbin', '/usr/local/sbin'].join(':');
const PROGRAMS = ['munged', 'slurmctld', 'slurmd', 'sbatch', 'squeue', 'scontrol', 'scancel', 'sinfo'];

/** What of Slurm is missing here; empty where it can be started. */
export const missingPrograms = (): string[] =>
  PROGRAMS.filter((one) => spawnSync('sh', ['-c', `command -v ${one}`], { env: { PATH } }).status !== 0);

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

export class SlurmCluster {
  readonly env: NodeJS.ProcessEnv;
  readonly #folder: string;
  readonly #daemons: ChildProcess[] = [];

  private constructor(folder: string) {
    this.#folder = folder;
    this.env = { ...process.env, PATH, SLURM_CONF: join(folder, 'slurm.conf') };
  }

  /** @param maxArraySize what Slurm calls so: arrays have at most so many tasks */
  static async start(folder: string, maxArraySize: number): Promise<SlurmCluster> {
    const at = (name: string) => join(folder, name);
    for (const name of ['state', 'spool']) mkdirSync(at(name), { recursive: true });
    writeFileSync(at('munge.key'), randomBytes(128), { mode: 0o600 });
    const [node] = hostname().split('.');
    const { username } = userInfo();
    const [ctldPort, nodePort] = [await freePort(), await freePort()];
    const settings = [
      'ClusterName=elastocool',
      `SlurmctldHost=${node}(127.0.0.1)`,
      `SlurmctldPort=${ctldPort}`,
      `SlurmdPort=${nodePort}`,
      `SlurmUser=${username}`,
      `SlurmdUser=${username}`,
      `AuthInfo=socket=${at('munge.sock')}`,
      `StateSaveLocation=${at('state')}`,
      `SlurmdSpoolDir=${at('spool')}`,
      `SlurmctldPidFile=${at('slurmctld.pid')}`,
      `SlurmdPidFile=${at('slurmd.pid')}`,
      `MaxArraySize=${maxArraySize}`,
      'ProctrackType=proctrack/linuxproc',
      'TaskPlugin=task/none',
      'MpiDefault=none',
      'JobAcctGatherType=jobacct_gather/none',
      'SelectType=select/cons_tres',
      'SelectTypeParameters=CR_Core',
      'SlurmdParameters=config_overrides',
      // the whole queue is looked through every second, not every minute
      'SchedulerParameters=sched_interval=1',
      'MailProg=/bin/true',
      `NodeName=${node} NodeAddr=127.0.0.1 CPUs=2`,
      `PartitionName=main Nodes=${node} Default=YES State=UP`,
    ];
    writeFileSync(at('slurm.conf'), `${settings.join('\n')}\n`);
    const slurm = new SlurmCluster(folder);
    const munge = ['key-file=munge.key', 'socket=munge.sock', 'pid-file=munged.pid', 'seed-file=munged.seed'];
    slurm.#daemon('munged', [
      '--foreground',
      '--force',
      ...munge.map((one) => `--${one.replace('=', `=${folder}/`)}`),
    ]);
    slurm.#daemon('slurmctld', ['-D', '-i']);
    slurm.#daemon('slurmd', ['-D']);
    try {
      await until(() => {
        slurm.#seeDaemons();
        return slurm.#tell('sinfo', '--noheader', '--format=%t').stdout.trim() === 'idle';
      }, 200);
    } catch (error) {
      await slurm.#endDaemons();
      throw error;
    }
    return slurm;
  }

  /** Runs commands as they would be typed, in a folder. Returns what they print; throws where one fails. */
  type(commands: string, cwd: string): string {
    const { status, stdout, stderr } = spawnSync('bash', ['-ec', commands], {
      cwd,
      env: this.env,
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`${commands}\n${stderr}`);
    return stdout;
  }

  /** Id, state and what it waits for of all that waits or runs, the tasks of an array one by one. */
  queue(): string[] {
    this.#seeDaemons();
    const { status, stdout, stderr } = this.#tell('squeue', '--noheader', '--array', '--format=%i %T %E');
    if (status !== 0) throw new Error(stderr);
    return stdout.split('\n').filter((line) => line !== '');
  }

  /** All that Slurm knows of a job. */
  about(id: string): string {
    return this.#tell('scontrol', 'show', 'job', id).stdout;
  }

  /** All that a daemon has said. */
  log(name: string): string {
    return readFileSync(join(this.#folder, `${name}.log`), 'utf8');
  }

  async stop(): Promise<void> {
    this.#tell('scancel', '--full', `--user=${userInfo().username}`);
    await until(() => this.#tell('squeue', '--noheader').stdout === '', 200);
    await this.#endDaemons();
  }

  async #endDaemons(): Promise<void> {
    for (const daemon of this.#daemons.toReversed()) {
      if (daemon.exitCode !== null || daemon.signalCode !== null) continue;
      const closed = once(daemon, 'close');
      daemon.kill();
      await closed;
    }
  }

  #tell(command: string, ...args: string[]) {
    return spawnSync(command, args, { env: this.env, encoding: 'utf8' });
  }

  #daemon(name: string, args: string[]): void {
    const log = join(this.#folder, `${name}.log`);
    const daemon = spawn('sh', ['-c', `exec "$0" "$@" >'${log}' 2>&1`, name, ...args], {
      env: this.env,
      stdio: 'ignore',
    });
    this.#daemons.push(daemon);
  }

  #seeDaemons(): void {
    const gone = this.#daemons.find(({ exitCode, signalCode }) => exitCode !== null || signalCode !== null);
    if (gone === undefined) return;
    const [, , , name] = gone.spawnargs;
    throw new Error(`${name} has ended:\n${this.log(name)}`);
  }
}

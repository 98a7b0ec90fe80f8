/** What `start` and `serve` have in common: the page, the web server and the control process, until someone ends it. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { openAuditFile } from '../server/audit-file.ts';
import { Audit } from '../server/audit.ts';
import { History } from '../server/history.ts';
import { Hub } from '../server/hub.ts';
import { CLIENT_LIMITS } from '../server/client.ts';
import { LOOPBACK, startWebServer, type WebServer } from '../server/web-server.ts';
import type { ControlOptions } from '../control/ipc.ts';
import { inHouse } from './child.ts';
import { keepControl, type ControlKeeper } from './control-keeper.ts';
import { endWell } from './ending.ts';
import { localAddress, reachText } from './reach-options.ts';
import { tellPortAdvice } from './port-advice.ts';
import { startRecording, type RecordingOptions } from './recording.ts';
import { keepModel, type ModelKeeper } from './model-keeper.ts';

export interface RunOptions {
  readonly control: ControlOptions;
  readonly webPort: number;
  /** True where a real machine may be on the line. */
  readonly tokenRequired: boolean;
  /** Address to listen at; this computer alone by default. */
  readonly host?: string;
  readonly allowHosts?: readonly string[];
  /** Path of the audit log. */
  readonly auditFile: string;
  readonly recording: RecordingOptions;
  /** Folder of a validation report that the page may show. */
  readonly reportFolder: string;
}

export interface Running {
  readonly hub: Hub;
  readonly web: WebServer;
}

/** Something else to end after the control process: the virtual rig. */
export interface Companion {
  end(): Promise<void>;
  kill(): void;
}

export async function run(options: RunOptions, companion?: Companion): Promise<Running> {
  const { host = LOOPBACK, allowHosts = [] } = options;
  const nowMs = (): number => performance.now();
  const auditFile = openAuditFile(options.auditFile, (isWell, sentence) => {
    hub.announce(isWell ? 'info' : 'alarm', sentence);
    console.error(sentence);
  });
  const audit = new Audit(auditFile.append, () => new Date().toISOString(), nowMs);
  const hub = new Hub(new History(), CLIENT_LIMITS, nowMs, (entry) => audit.write(entry));
  const recording = startRecording(hub, options.control, options.recording);
  let web: WebServer | undefined;
  let control: ControlKeeper | undefined;
  let model: ModelKeeper | undefined;
  const end = endWell({
    async inOrder() {
      await control?.end();
      await model?.end();
      await web?.close();
      await companion?.end();
      await recording.end();
      audit.write({ event: 'end' });
      await auditFile.close();
    },
    atOnce() {
      control?.kill();
      model?.kill();
      companion?.kill();
    },
  });
  try {
    web = await startWebServer({
      hub,
      pageFolder: inHouse('dist/ui'),
      port: options.webPort,
      tokenRequired: options.tokenRequired,
      host,
      allowHosts,
      audit: (entry) => audit.write(entry),
      runs: { shelf: recording.shelf, reportFolder: options.reportFolder },
    });
  } catch (error) {
    await companion?.end();
    throw error;
  }
  await tellPortAdvice(options.control, hub);
  control = keepControl(options.control, hub, () => end(2));
  model = keepModel(options.control.rigFile, hub);
  if (web.port !== options.webPort)
    console.log(`Port ${options.webPort} is taken; the next free one is ${web.port}.`);
  audit.write({ event: 'start', machine: options.control.port, host, port: web.port });
  console.log(`elastocool is running: ${localAddress(host, web.port)}`);
  if (options.tokenRequired) console.log(reachText(web.tokens, host, web.port));
  console.log('Ctrl-C stops the cooler and ends.');
  return { hub, web };
}

/** Builds the page where it is missing or old; `npm start` has done so before, and the package brings it built. */
export function preparePage(): void {
  const prepare = inHouse('controller/command/prepare.mjs');
  if (process.env.npm_lifecycle_event === 'start' || !existsSync(prepare)) return;
  const done = spawnSync(process.execPath, [prepare, 'page'], {
    stdio: 'inherit',
  });
  if (done.status !== 0) process.exit(1);
}

/** The control process, forked as the web process forks it. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { ControlToWeb, WebToControl } from '../../controller/control/ipc.ts';
import type { ServerMessage } from '../../controller/wire/messages.ts';

export const inHouse = (name: string): string => fileURLToPath(new URL(`../../${name}`, import.meta.url));

export class Control {
  readonly child: ChildProcess;
  readonly heard: ControlToWeb[] = [];
  stderr = '';
  readonly #waiting = new Set<() => void>();

  constructor(options: unknown) {
    this.child = fork(inHouse('controller/control/process.ts'), [JSON.stringify(options)], {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.child.stderr?.on('data', (chunk) => (this.stderr += String(chunk)));
    this.child.on('message', (message) => {
      this.heard.push(message as ControlToWeb);
      for (const look of this.#waiting) look();
    });
  }

  send(message: WebToControl): void {
    this.child.send(message);
  }

  messages(): ServerMessage[] {
    return this.heard.flatMap((m) => (m.kind === 'message' ? [m.message] : []));
  }

  /** Resolves with the first message that passes. */
  until<T>(find: (heard: readonly ServerMessage[]) => T | undefined): Promise<T> {
    return new Promise((resolve) => {
      const look = (): void => {
        const found = find(this.messages());
        if (found === undefined) return;
        this.#waiting.delete(look);
        resolve(found);
      };
      this.#waiting.add(look);
      look();
    });
  }

  async exit(): Promise<number | null> {
    if (this.child.exitCode === null) await once(this.child, 'exit');
    return this.child.exitCode;
  }
}

export const state = (wanted: string) => (heard: readonly ServerMessage[]) =>
  heard.find((m) => m.type === 'state' && m.state === wanted);

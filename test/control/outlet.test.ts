import { expect, it } from 'vitest';
import type { ControlToWeb } from '../../controller/control/ipc.ts';
import { createOutlet } from '../../controller/control/report/outlet.ts';
import type { GroupName } from '../../controller/wire/channels.ts';

function desk() {
  const posted: string[] = [];
  const waiting: (() => void)[] = [];
  const send = createOutlet((message: ControlToWeb, taken) => {
    if (message.kind === 'frame') posted.push(`${message.group} ${message.sequence}`);
    waiting.push(taken);
  });
  const frame = (group: GroupName, sequence: number) =>
    send({ kind: 'frame', group, sequence, bytes: new Uint8Array(1) });
  return { posted, waiting, frame };
}

it('leaves the stream out, and the stream alone, where nobody takes it', () => {
  const { posted, waiting, frame } = desk();
  for (let k = 0; k < 200; k++) {
    frame('stream', k);
    frame('tick', k);
  }
  const of = (group: GroupName) => posted.filter((one) => one.startsWith(group));
  expect(of('tick')).toHaveLength(200);
  expect(of('stream')).toHaveLength(25);
  // as soon as it is taken the stream goes on, with the number that it has come to
  for (const taken of waiting.splice(0)) taken();
  frame('stream', 200);
  expect(of('stream').at(-1)).toBe('stream 200');
});

it('keeps nothing back where everything is taken', () => {
  const { posted, waiting, frame } = desk();
  for (let k = 0; k < 1000; k++) {
    frame('stream', k);
    waiting.pop()?.();
  }
  expect(posted).toHaveLength(1000);
});

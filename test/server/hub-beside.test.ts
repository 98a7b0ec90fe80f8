/** Processes beside the control process: what they hear through the hub, and what they put into it. */
import { expect, it } from 'vitest';
import { CHANNELS } from '../../controller/wire/channels.ts';
import { decodeFrame, encodeFrame } from '../../controller/wire/frame.ts';
import type { ControlToWeb } from '../../controller/control/ipc.ts';
import { startHouse } from './house.ts';

const modelFrame = (cycle: number): Uint8Array =>
  encodeFrame({
    group: 'model',
    sequence: 0,
    startS: cycle,
    cycle,
    rows: 1,
    offsetS: new Float32Array(1),
    columns: CHANNELS.model.map(() => new Float32Array(1)),
  });

it('a frame of another process is numbered, kept and sent like those of the control process', async () => {
  const house = await startHouse();
  for (const cycle of [7, 8]) house.hub.publish('model', modelFrame(cycle));
  const client = await house.connect();
  client.askHistory();
  await client.until((c) => c.frames.some(({ group }) => group === 'model'));
  house.hub.publish('model', modelFrame(9));
  const model = () => client.frames.filter(({ group }) => group === 'model');
  await client.until(() => model().length === 2);
  expect(model().map(({ sequence, rows, cycle }) => [sequence, rows, cycle])).toEqual([
    [1, 2, 8],
    [2, 1, 9],
  ]);
});

it('a watcher hears all that the control process says, after it was numbered', async () => {
  const house = await startHouse();
  const heard: ControlToWeb[] = [];
  house.hub.watch((message) => heard.push(message));
  house.control.frame('tick');
  const [message] = heard;
  expect(message.kind).toBe('frame');
  if (message.kind === 'frame') expect(decodeFrame(message.bytes)).toMatchObject({ group: 'tick' });
});

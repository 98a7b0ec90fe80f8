/**
 * A program that only records: `node spawned-recorder.ts FOLDER`. It counts ticks of 20 ms into a real recorder, tells each
 * number on stdout once it was given to the recorder, and goes on until it is killed or told `end` on stdin.
 */
import { Recorder } from '../../controller/record/recorder.ts';
import { FACTS, stateOf, tickFrame } from './made-up-run.ts';

const [folder, reserve = '0'] = process.argv.slice(2);
const recorder = new Recorder({
  folder,
  facts: FACTS,
  attachments: [{ name: 'rig.yaml', mediaType: 'application/yaml', text: 'name: made up\n' }],
  announce: (severity, sentence) => process.stdout.write(`${severity} ${sentence}\n`),
  wallMs: () => performance.timeOrigin + performance.now(),
  reserveBytes: Number(reserve),
});
recorder.message(stateOf('EXECUTE'));
let sequence = 0;
const ticking = setInterval(() => {
  recorder.frame('tick', sequence, tickFrame(sequence));
  process.stdout.write(`${sequence++} ${performance.timeOrigin + performance.now()}\n`);
}, 20);
const flushing = setInterval(() => recorder.flush(), 400);
const watching = setInterval(() => void recorder.checkDisk(), 100);
process.stdin.on('data', () => {
  for (const timer of [ticking, flushing, watching]) clearInterval(timer);
  process.stdin.destroy();
  void recorder.end('the test is over').then(() => process.stdout.write('ended\n'));
});

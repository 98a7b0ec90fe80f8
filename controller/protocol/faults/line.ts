/** Faults on the bytes. `every_replies: 20` breaks each twentieth reply, so that a trial is the same every time. */
import { aborted, amount, type FaultSpec, goesOn } from './fault.ts';

const every = (replies: number) => amount('every_replies', replies, 1, 1000);
const SURVIVED =
  'nothing but a longer round trip now and then: the line is proven again before a value is believed';

export const LINE_FAULTS = [
  { name: 'drop', what: 'replies are lost now and then', seen: SURVIVED, parameter: every(150), ...goesOn },
  {
    name: 'silence',
    what: 'the wire from the device is cut',
    seen: 'the readings age, then ABORT; it goes out unheard and is carried out',
    parameter: null,
    ...aborted,
    cause: 'lost_link',
  },
  {
    name: 'deaf',
    what: 'the wire to the device is cut',
    seen: 'the readings age, then ABORT, which nobody hears: the dead-man of the device unloads the train',
    parameter: null,
    ...aborted,
    cause: 'lost_link',
  },
  {
    name: 'delay',
    what: 'every reply is held up, within the time-out',
    seen: 'a warning: not every tick gets its reading; the machine goes on',
    parameter: amount('delay_ms', 30, 1, 55),
    ...goesOn,
    cause: 'late_replies',
  },
  {
    name: 'late-reply',
    what: 'a reply comes after its time-out now and then, when the next request is already out',
    seen: SURVIVED,
    parameter: every(150),
    ...goesOn,
  },
  {
    name: 'duplicate',
    what: 'a reply comes twice now and then',
    seen: SURVIVED,
    parameter: every(50),
    ...goesOn,
  },
  {
    name: 'bit-flip',
    what: 'three bits of a reply are flipped',
    seen: SURVIVED,
    parameter: every(150),
    ...goesOn,
  },
  {
    name: 'burst',
    what: 'sixteen bits of a reply are hit',
    seen: SURVIVED,
    parameter: every(150),
    ...goesOn,
  },
  { name: 'cut-short', what: 'a reply ends half-way', seen: SURVIVED, parameter: every(150), ...goesOn },
  {
    name: 'noise',
    what: 'bytes of noise stand before a reply',
    seen: SURVIVED,
    parameter: every(50),
    ...goesOn,
  },
  {
    name: 'lossy',
    what: 'so many replies are lost that few readings come through',
    seen: 'a warning that says how many readings are missing; the machine goes on while its data are fresh',
    parameter: every(15),
    ...goesOn,
    cause: 'late_replies',
  },
  {
    name: 'wrong-slave',
    what: 'another slave answers in place of the device',
    seen: 'the readings age, then ABORT',
    parameter: null,
    ...aborted,
    cause: 'lost_link',
  },
  {
    name: 'wrong-register',
    what: 'the device answers with the values of another register, in a valid frame',
    seen: 'no such value is believed, as it does not echo the heartbeat; three of them ABORT',
    parameter: null,
    ...aborted,
    cause: 'wrong_reply',
  },
  {
    name: 'stale-reply',
    what: 'a gateway answers with what it was told before, in a valid frame',
    seen: 'no such value is believed, as it echoes an older heartbeat; three of them ABORT',
    parameter: null,
    ...aborted,
    cause: 'wrong_reply',
  },
  {
    name: 'babble',
    what: 'something floods the line with bytes',
    seen: 'no frame is found, the readings age, then ABORT',
    parameter: null,
    ...aborted,
    cause: 'lost_link',
  },
  {
    name: 'baud-mismatch',
    what: 'one end runs at another speed, both hear garbage',
    seen: 'the readings age, then ABORT; the dead-man of the device unloads the train',
    parameter: null,
    ...aborted,
    cause: 'lost_link',
  },
  {
    name: 'unplug',
    what: 'the adapter is pulled and comes back after a while',
    seen: 'ABORT; the link comes back by itself, the machine does not',
    parameter: amount('away_ms', 1500, 10, 60_000),
    ...aborted,
    cause: 'lost_link',
  },
] as const satisfies readonly Omit<FaultSpec, 'place'>[];

export type LineFault = (typeof LINE_FAULTS)[number]['name'];

/** Orders to break things: over the channel of the program that spawned this rig, or by the clock. Never over the line. */
import type { InjectOrder, RigNews, RigOrder } from '../../protocol/virtual-rig-channel.ts';
import { systemClock } from '../system-clock.ts';
import type { FaultyRig } from './faulty-rig.ts';
import type { PlannedFault } from './plan.ts';
import { createStopwatch } from './stopwatch.ts';

/** How often the truth is looked at after an injection, ms. */
const LOOK_MS = 2;

export function takeOrders(rig: FaultyRig, plan: readonly PlannedFault[]): void {
  const watch = createStopwatch();
  let isWatching = false;
  const tell = (news: RigNews): void => void process.send?.(news);

  function obey(order: RigOrder): void {
    if (order.kind === 'watch') watch.start(systemClock.nowMs());
    else if (order.on && order.whenLoaded === true && !rig.truth().isLoaded)
      systemClock.after(LOOK_MS, () => obey(order));
    else carryOut(order);
    if (!isWatching) look();
  }

  function carryOut({ fault, on, amount }: InjectOrder): void {
    const problem = on ? rig.inject(fault, amount) : null;
    if (on && problem === null) watch.start(systemClock.nowMs());
    if (!on) rig.clear(fault);
    tell({ kind: 'faults', active: rig.active(), problem });
  }

  function look(): void {
    isWatching = true;
    const news = watch.look(rig.truth(), systemClock.nowMs());
    if (news !== null) tell(news);
    systemClock.after(LOOK_MS, look);
  }

  for (const { fault, at_s, amount } of plan) {
    const order: RigOrder = { kind: 'inject', fault, on: true, ...(amount === undefined ? {} : { amount }) };
    systemClock.after(1000 * at_s, () => obey(order));
  }
  process.on('message', (message) => {
    if (isOrder(message)) obey(message);
  });
}

const isOrder = (message: unknown): message is RigOrder =>
  typeof message === 'object' &&
  message !== null &&
  'kind' in message &&
  (message.kind === 'inject' || message.kind === 'watch');

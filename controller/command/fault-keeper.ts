/** Between the control process, which decides whether a fault may be injected, and the virtual rig, which breaks. */
import type { Hub } from '../server/hub.ts';
import type { RigProcess } from './rig-process.ts';

export function keepFaults(rig: Pick<RigProcess, 'order' | 'onNews'>, hub: Hub): void {
  let active: readonly string[] = [];
  const tell = (): void => hub.tellControl({ kind: 'faults', active });

  rig.onNews((news) => {
    if (news.kind !== 'faults') return;
    ({ active } = news);
    if (news.problem !== null) hub.announce('warning', news.problem);
    tell();
  });
  hub.watch((message) => {
    if (message.kind === 'inject') rig.order(message.order);
    if (message.kind === 'which_faults') tell();
  });
}

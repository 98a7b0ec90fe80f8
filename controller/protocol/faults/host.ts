/** Faults of the controller's own process. No rig can inject them; whoever runs the trial does. */
import { aborted, amount, type FaultSpec, stopped } from './fault.ts';

export const HOST_FAULTS = [
  {
    name: 'host-stall',
    what: 'the control process is held up',
    seen: 'the loop says by how much it was late: STOP',
    parameter: amount('stall_ms', 300, 210, 350),
    ...stopped,
    cause: 'loop_stalled',
  },
  {
    name: 'controller-killed',
    what: 'the control process is killed (kill -9) and another one starts',
    seen: 'the dead-man of the device unloads; the new controller boots in ABORTED and says what the device did',
    parameter: null,
    ...aborted,
    cause: 'device_watchdog',
  },
] as const satisfies readonly Omit<FaultSpec, 'place'>[];

export type HostFault = (typeof HOST_FAULTS)[number]['name'];

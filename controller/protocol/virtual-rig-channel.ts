/** What the virtual rig and the program that spawned it say to each other, apart from the line. No other device has this. */
export interface VirtualRigReady {
  readonly kind: 'ready';
  /** Path of the pseudo-terminal, or null where the system has none. */
  readonly pseudoTerminal: string | null;
  /** `tcp://127.0.0.1:PORT`, RTU over TCP. */
  readonly tcp: string;
  /** Lines of the same machine that speak the framed contract. */
  readonly framed: { readonly pseudoTerminal: string | null; readonly tcp: string };
}

export type RigOrder = InjectOrder | { readonly kind: 'watch' };

/** Breaks something, or mends it. `watch` only starts the stopwatch, for what is broken elsewhere. */
export interface InjectOrder {
  readonly kind: 'inject';
  /** Of the list in `faults`. */
  readonly fault: string;
  readonly on: boolean;
  /** In the unit of the fault's parameter; the list's own where it is not given. */
  readonly amount?: number;
  /** Falls when the train is next loaded, so that the time to safety means something. */
  readonly whenLoaded?: boolean;
}

/** What was done about an order, and what is broken now. */
export interface RigFaults {
  readonly kind: 'faults';
  readonly active: readonly string[];
  /** Why the order was not carried out; null where it was. */
  readonly problem: string | null;
}

/** The rig's own truth, told after an injection whenever it changes: what a trial is judged by, never what is controlled by. */
export interface RigRest {
  readonly kind: 'rest';
  readonly isUnloaded: boolean;
  readonly isEnabled: boolean;
  /** By the rig's clock. */
  readonly sinceInjectionMs: number;
}

export type RigNews = VirtualRigReady | RigFaults | RigRest;

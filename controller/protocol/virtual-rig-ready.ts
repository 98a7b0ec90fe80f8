/** What the virtual rig tells its parent over its own channel once it answers; it ends when the channel closes. */
export interface VirtualRigReady {
  readonly kind: 'ready';
  /** Path of the pseudo-terminal, or null where the system has none. */
  readonly pseudoTerminal: string | null;
  /** `tcp://127.0.0.1:PORT`, RTU over TCP. */
  readonly tcp: string;
  /** Lines of the same machine that speak the framed contract. */
  readonly framed: { readonly pseudoTerminal: string | null; readonly tcp: string };
}

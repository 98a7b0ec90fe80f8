/** What can be wrong with the electronics themselves. The firmware looks at these; the fault desk sets them. */
export interface Flaws {
  /** STOP is acknowledged and not carried out. */
  ignoresStop: boolean;
  /** So is every command. */
  ignoresCommands: boolean;
  /** The relay that should drop enable is welded. */
  relayStuck: boolean;
  /** The main loop stands: schedule, limits and dead-man with it. Interrupts still take bytes, and abort. */
  hangs: boolean;
  /** The device's own limits trip nothing. */
  isBlind: boolean;
}

export const SOUND: Readonly<Flaws> = {
  ignoresStop: false,
  ignoresCommands: false,
  relayStuck: false,
  hangs: false,
  isBlind: false,
};

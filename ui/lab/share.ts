/** The machine and the changed parameters as a link: `#machine=...&recipe.frequency=2.5 Hz`. */
export interface Setup {
  /** '' where the link names none. */
  readonly machine: string;
  /** By `group.key`, each with its unit. */
  readonly changes: ReadonlyMap<string, string>;
}

const MACHINE = 'machine';

export function toHash({ machine, changes }: Setup): string {
  return `#${new URLSearchParams([[MACHINE, machine], ...changes]).toString()}`;
}

export function fromHash(hash: string): Setup {
  const entries = new URLSearchParams(hash.replace(/^#/, ''));
  const changes = new Map([...entries].filter(([key]) => key !== MACHINE));
  return { machine: entries.get(MACHINE) ?? '', changes };
}

/** The changes in words, for a reference that is pinned: `lift 10 K, frequency 2.5 Hz`. */
export function inWords(changes: ReadonlyMap<string, string>): string {
  if (changes.size === 0) return 'as in the preset';
  return [...changes]
    .map(
      ([key, text]) =>
        `${key.slice(key.lastIndexOf('.') + 1).replaceAll('_', ' ')} ${text.replace('degC', '°C')}`,
    )
    .join(', ');
}

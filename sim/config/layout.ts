/** From names in a file to positions: which banks form which train, which way each blow runs. */
import type { BankConfig, BlowConfig, Layout } from './device-config.ts';
import type { LayoutFile } from './preset-schema.ts';
import { UserError } from './quantity.ts';

type Where = (path: readonly (string | number)[]) => string;

/** One bank, one train, a blow to and fro: SMAs in series, fluid in parallel, each cell its own regenerator. */
export const USUAL_LAYOUT: LayoutFile = {
  status: 'assumed',
  banks: { cells: null },
  trains: [{ banks: ['cells'], phase: 0 }],
  shared_drive: true,
  blows: [
    { name: 'hot', path: ['cold', 'cells', 'hot'], train: 1, after: 'loading', flow: 1 },
    { name: 'cold', path: ['hot', '-cells', 'cold'], train: 1, after: 'unloading', flow: 1 },
  ],
};

/**
 * @param banks the banks of `file`, in its order
 * @param where "file:line" of a path below `layout`
 */
export function resolveLayout(file: LayoutFile, banks: readonly BankConfig[], where: Where): Layout {
  const names = banks.map(({ name }) => name);
  const position = (name: string, path: readonly (string | number)[]): number => {
    const found = names.indexOf(name);
    if (found < 0)
      throw new UserError(`${where(path)}: "${name}" is not a bank; known are ${names.join(', ')}.`);
    return found;
  };
  const trains = file.trains.map((train, k) => ({
    banks: train.banks.map((name, i) => position(name, ['trains', k, 'banks', i])),
    phase: train.phase,
  }));
  for (const [bank, name] of names.entries()) {
    const count = trains.flatMap((train) => train.banks).filter((other) => other === bank).length;
    if (count !== 1)
      throw new UserError(
        `${where(['banks', name])}: bank ${name} stands in ${count} trains; each bank stands in exactly one.`,
      );
  }
  const blows = file.blows.map((blow, k): BlowConfig => {
    const at = ['blows', k];
    const listed = blow.path ?? blow.loop;
    if (listed === undefined || (blow.path && blow.loop))
      throw new UserError(`${where(at)}: blow ${blow.name} needs either a path or a loop.`);
    const inner = blow.path ? listed.slice(1, -1) : listed;
    if (blow.train > trains.length)
      throw new UserError(
        `${where([...at, 'train'])}: there is no train ${blow.train}; there are ${trains.length}.`,
      );
    if (inner.length === 0) throw new UserError(`${where(at)}: blow ${blow.name} runs through no bank.`);
    return {
      name: blow.name,
      from: blow.path ? reservoir(listed[0], where([...at, 'path', 0])) : null,
      to: blow.path ? reservoir(listed[listed.length - 1], where([...at, 'path', listed.length - 1])) : null,
      through: inner.map((text, i) => {
        const name = text.replace(/^-/, '');
        const path = [...at, blow.path ? 'path' : 'loop', blow.path ? i + 1 : i];
        return { bank: position(name, path), direction: text.startsWith('-') ? -1 : 1 };
      }),
      train: blow.train - 1,
      after: blow.after,
      opens: blow.opens ?? null,
      lasts: blow.lasts ?? null,
      flow: blow.flow,
    };
  });
  return { banks, trains, sharedDrive: file.shared_drive, blows };
}

function reservoir(name: string, where: string): 'cold' | 'hot' {
  if (name === 'cold' || name === 'hot') return name;
  throw new UserError(
    `${where}: a path starts and ends at a reservoir, cold or hot; "${name}" is neither (use loop for a closed one).`,
  );
}

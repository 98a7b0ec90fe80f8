/** Recipes by name: kept in this browser, carried elsewhere as a file. */
import { useSignal } from '@preact/signals';
import type { CycleRecipe } from '../../controller/wire/recipe.ts';
import { t } from '../language.ts';
import { fromFile, keep, kept, merged, type NamedRecipe, toFile } from './recipe-store.ts';

interface Props {
  readonly recipe: CycleRecipe;
  readonly isGood: boolean;
  readonly load: (recipe: CycleRecipe) => void;
}

export function RecipeShelf({ recipe, isGood, load }: Props) {
  const recipes = useSignal<readonly NamedRecipe[]>(kept(localStorage));
  const name = useSignal('');
  const said = useSignal('');
  const store = (next: readonly NamedRecipe[]): void => {
    recipes.value = next;
    said.value = keep(localStorage, next) ? '' : t('This browser keeps nothing; export a file.');
  };
  const save = (): void => {
    store(merged(recipes.value, [{ name: name.value.trim(), recipe }]));
    name.value = '';
  };
  const read = async (file: File | undefined): Promise<void> => {
    const more = file === undefined ? [] : fromFile(await file.text());
    if (typeof more === 'string') said.value = more;
    else store(merged(recipes.value, more));
  };
  return (
    <details class="recipe-shelf" data-testid="recipe-shelf">
      <summary>{t('Named recipes ({{n}}), kept in this browser', { n: recipes.value.length })}</summary>
      <ul>
        {recipes.value.map((one) => (
          <li key={one.name}>
            <button type="button" class="chip" onClick={() => load(one.recipe)}>
              {one.name}
            </button>
            <button
              type="button"
              class="chip"
              aria-label={t('Forget {{name}}', { name: one.name })}
              onClick={() => store(recipes.value.filter((other) => other !== one))}
            >
              ×
            </button>
          </li>
        ))}
      </ul>
      <form
        class="recipe-save"
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <input
          type="text"
          required
          maxLength={60}
          aria-label={t('Name for this recipe')}
          placeholder={t('Name for this recipe')}
          data-testid="recipe-name"
          value={name.value}
          onInput={(event) => (name.value = event.currentTarget.value)}
        />
        <button type="submit" class="command" data-testid="recipe-save" disabled={!isGood}>
          {t('Keep it')}
        </button>
        <button type="button" class="command" onClick={() => download(recipes.value)}>
          {t('Export')}
        </button>
        <label class="command file">
          {t('Import')}
          <input
            type="file"
            accept="application/json,.json"
            onChange={(event) => void read(event.currentTarget.files?.[0])}
          />
        </label>
      </form>
      <p class="note" role="status">
        {said.value}
      </p>
    </details>
  );
}

function download(recipes: readonly NamedRecipe[]): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([toFile(recipes)], { type: 'application/json' }));
  link.download = 'elastocool-recipes.json';
  link.click();
  URL.revokeObjectURL(link.href);
}

/**
 * The recipe: what runs, what somebody wants instead, what the model expects of it, and only then the machine is asked.
 */
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import {
  type CycleRecipe,
  RECIPE_FIELDS,
  type RecipeBounds,
  differences,
} from '../../controller/wire/recipe.ts';
import { t } from '../language.ts';
import { saidText } from '../language/said.ts';
import { Said } from '../language/said-words.tsx';
import { askRecipe, hello, live, state, whyMayNot } from '../session.ts';
import { type Draft, draftOf, judge, type Judged } from './draft.ts';
import { PreviewPanel } from './preview-panel.tsx';
import { RecipeField } from './recipe-field.tsx';
import { RecipeShelf } from './recipe-shelf.tsx';

export function RecipePanel() {
  const draft = useSignal<Draft>({});
  const base = state.value?.recipeBase ?? state.value?.recipe;
  const bounds = hello.value?.rig.recipeBounds ?? null;
  if (base === undefined) return null;
  return (
    <section class="panel recipe-panel" aria-labelledby="recipe-title">
      <header class="panel-head">
        <h2 id="recipe-title">{t('Recipe')}</h2>
        <span class="unit">{t('what every cycle does; applied by the device at a cycle start')}</span>
      </header>
      {bounds === null ? (
        <p class="note">{t('The rig file has no section recipe_bounds: the recipe is fixed.')}</p>
      ) : (
        <Editor base={base} bounds={bounds} draft={draft.value} change={(next) => (draft.value = next)} />
      )}
    </section>
  );
}

interface EditorProps {
  readonly base: CycleRecipe;
  readonly bounds: RecipeBounds;
  readonly draft: Draft;
  readonly change: (draft: Draft) => void;
}

function Editor({ base, bounds, draft, change }: EditorProps) {
  const judged = judge(draft, base, bounds);
  const inEffect = state.value?.recipe ?? base;
  return (
    <div class="recipe-columns">
      <div class="recipe-edit">
        {RECIPE_FIELDS.map((field) => (
          <RecipeField
            key={field.key}
            field={field}
            bounds={bounds[field.key]}
            inEffect={inEffect[field.key]}
            text={draft[field.key] ?? String(base[field.key])}
            wrong={judged.wrong[field.key]}
            change={(text) => change({ ...draft, [field.key]: text })}
          />
        ))}
        <Progress />
        <Send judged={judged} reset={() => change({})} />
        <RecipeShelf
          recipe={judged.recipe}
          isGood={isGood(judged)}
          load={(recipe) => change(draftOf(recipe))}
        />
      </div>
      <PreviewPanel running={inEffect} proposed={judged.recipe} isGood={isGood(judged)} />
    </div>
  );
}

const isGood = ({ wrong }: Judged): boolean => Object.keys(wrong).length === 0;

const PROGRESS = {
  reset: () => t('Asked for; RESET writes it to the device and reads it back.'),
  staging: () => t('Being written to the device.'),
  staged: () => t('The device has it and applies it at its next cycle start.'),
  proving: () => t('Applied; it is being read back.'),
};

function Progress() {
  const progress = state.value?.recipeProgress ?? null;
  return (
    <p class="recipe-progress" role="status" data-testid="recipe-progress">
      {progress === null ? t('In effect, read back from the device.') : PROGRESS[progress]()}
    </p>
  );
}

/** Why this page cannot send a recipe now; null where it can. */
function hindrance(): string | null {
  if (!live.value) return t('no connection');
  return whyMayNot('recipe') ?? state.value?.recipeRefused ?? null;
}

/** What is to be said of fields that nobody has changed: a regulator moves its own part of what the run goes by. */
function sameWords(): string {
  const { recipe, recipeBase = recipe } = state.value ?? {};
  if (recipe === undefined || recipeBase === undefined) return '';
  const moved = differences(recipeBase, recipe).map(saidText).join(', ');
  return moved === ''
    ? t('Nothing differs from what runs.')
    : t('Nothing differs from what the run goes by. From there the regulator has moved: {{moved}}.', {
        moved,
      });
}

function Send({ judged, reset }: { readonly judged: Judged; readonly reset: () => void }) {
  const asking = useSignal(false);
  const why = hindrance();
  const isOpen = asking.value && why === null && isGood(judged) && judged.changes.length > 0;
  useEffect(() => {
    if (!isOpen) asking.value = false;
  }, [isOpen]);
  const wrong = Object.values(judged.wrong);
  return (
    <div class="recipe-send">
      <ul class="recipe-diff" aria-label={t('What would change')} data-testid="recipe-diff">
        {judged.changes.length === 0 ? <li class="unit">{sameWords()}</li> : null}
        {isGood(judged)
          ? judged.changes.map((one) => (
              <li key={one}>
                <Said words={one} />
              </li>
            ))
          : null}
        {wrong.map((one) => (
          <li key={one} class="refused" role="alert">
            <Said words={one} />
          </li>
        ))}
      </ul>
      {isOpen ? (
        <SendConfirm
          changes={judged.changes}
          done={(yes) => {
            asking.value = false;
            if (!yes) return;
            askRecipe(judged.recipe);
            reset();
          }}
        />
      ) : (
        <div class="recipe-buttons">
          <button
            type="button"
            class="command may"
            data-testid="recipe-send"
            disabled={why !== null || !isGood(judged) || judged.changes.length === 0}
            aria-describedby="recipe-why"
            onClick={() => (asking.value = true)}
          >
            {t('Send to the machine…')}
          </button>
          <button
            type="button"
            class="command"
            data-testid="recipe-undo"
            disabled={judged.changes.length === 0}
            onClick={reset}
          >
            {t('Undo')}
          </button>
        </div>
      )}
      <p id="recipe-why" class="why-not" data-testid="recipe-why">
        <Said words={why} />
      </p>
    </div>
  );
}

interface ConfirmProps {
  readonly changes: readonly string[];
  readonly done: (yes: boolean) => void;
}

/** The safe answer has the keyboard. */
function SendConfirm({ changes, done }: ConfirmProps) {
  const running = state.value?.state === 'EXECUTE';
  return (
    <div class="confirm" role="alertdialog" aria-label={t('Confirm the recipe')}>
      <p>
        <b>{running ? t('The machine is cycling: change it under way?') : t('Change the recipe?')}</b>{' '}
        {changes.join(', ')}.
      </p>
      <button
        type="button"
        class="command may strong"
        data-testid="confirm-recipe"
        onClick={() => done(true)}
      >
        {t('Yes, send it')}
      </button>
      <button type="button" class="command" ref={(button) => button?.focus()} onClick={() => done(false)}>
        {t('Not now')}
      </button>
    </div>
  );
}

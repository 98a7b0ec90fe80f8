/** One value of the recipe: a slider and a number, its unit, its bounds, and what runs now. */
import type { RECIPE_FIELDS } from '../../controller/wire/recipe.ts';
import { t } from '../language.ts';

interface Props {
  readonly field: (typeof RECIPE_FIELDS)[number];
  readonly bounds: readonly [low: number, high: number];
  readonly inEffect: number;
  readonly text: string;
  readonly wrong: string | undefined;
  readonly change: (text: string) => void;
}

const NAMES = {
  frequencyHz: () => t('Frequency'),
  strainPercent: () => t('Strain'),
  blowFlowKgPerS: () => t('Blow flow'),
  blowDuty: () => t('Blow duty'),
};
const UNITS = { frequencyHz: 'Hz', strainPercent: '%', blowFlowKgPerS: 'kg/s', blowDuty: '' };
/** A turn of the slider. */
const STEPS = { frequencyHz: 0.05, strainPercent: 0.1, blowFlowKgPerS: 0.005, blowDuty: 0.01 };

export function RecipeField({
  field: { key, decimals },
  bounds: [low, high],
  inEffect,
  text,
  wrong,
  change,
}: Props) {
  const id = `recipe-${key}`;
  return (
    <div class={`recipe-field ${wrong === undefined ? '' : 'wrong'}`}>
      <label for={id}>{NAMES[key]()}</label>
      <input
        type="range"
        aria-label={t('{{name}}, slider', { name: NAMES[key]() })}
        min={low}
        max={high}
        step={STEPS[key]}
        value={text}
        onInput={(event) => change(event.currentTarget.value)}
      />
      <input
        id={id}
        class="num"
        type="number"
        inputMode="decimal"
        data-testid={id}
        min={low}
        max={high}
        step="any"
        value={text}
        aria-invalid={wrong !== undefined}
        aria-describedby={`${id}-bounds`}
        onInput={(event) => change(event.currentTarget.value)}
      />
      <span class="unit">{UNITS[key]}</span>
      <span id={`${id}-bounds`} class="recipe-bounds unit num">
        {t('{{low}} to {{high}}; runs {{now}}', {
          low,
          high,
          now: String(Number(inEffect.toFixed(decimals))),
        })}
      </span>
    </div>
  );
}

/** One parameter: its value with a slider, what it means, where it comes from, what may be given. */
import { useSignal } from '@preact/signals';
import { t } from '../language.ts';
import type { ChoiceField, Field, NumberField, Status } from '../worker/messages.ts';
import { rangeText, short, slideOf, toChange, toTyped, unitText } from './field-text.ts';
import { change } from './state.ts';
import { helpOf, nameOf, optionOf } from './words.ts';

interface Props {
  readonly field: Field;
  /** The changed value with its unit; undefined where it is the preset's. */
  readonly given: string | undefined;
  readonly refusal: string | undefined;
}

export function FieldRow({ field, given, refusal }: Props) {
  const id = `field-${field.key}`;
  const changed = given !== undefined;
  const preset = field.kind === 'choice' ? optionOf(field, field.preset) : field.preset;
  return (
    <li class={`field ${changed ? 'changed' : ''}`}>
      <div class="field-head">
        <label for={id}>{nameOf(field)}</label>
        {changed ? (
          <button
            type="button"
            class="field-reset"
            aria-label={`${nameOf(field)}: ${t('reset to {{value}}', { value: preset })}`}
            onClick={() => change(field, undefined)}
          >
            {t('reset to {{value}}', { value: preset })}
          </button>
        ) : null}
      </div>
      {field.kind === 'choice' ? (
        <ChoiceInput id={id} field={field} given={given} refused={refusal !== undefined} />
      ) : (
        <NumberInput id={id} field={field} given={given} refused={refusal !== undefined} />
      )}
      {refusal === undefined ? null : (
        <p class="refusal" role="alert" lang="en" id={`${id}-refusal`}>
          {refusal}
        </p>
      )}
      <Origin field={field} />
    </li>
  );
}

interface InputProps<F extends Field> {
  readonly id: string;
  readonly field: F;
  readonly given: string | undefined;
  readonly refused: boolean;
}

const describedBy = (id: string, refused: boolean) => (refused ? `${id}-refusal ${id}-help` : `${id}-help`);

function NumberInput({ id, field, given, refused }: InputProps<NumberField>) {
  /** What is being typed; null while the field has no keyboard. */
  const draft = useSignal<string | null>(null);
  const typed = toTyped(field, given);
  const value = Number(typed);
  const slide = slideOf(field, Number.isFinite(value) ? value : Number(field.preset));
  return (
    <div class="field-input">
      {slide === null ? null : (
        <div class="slide">
          <input
            type="range"
            data-testid={`slide-${field.key}`}
            aria-label={t('{{name}}, slider', { name: nameOf(field) })}
            min={slide.min}
            max={slide.max}
            step={slide.step}
            value={Number.isFinite(value) ? value : undefined}
            onInput={(event) => change(field, toChange(field, event.currentTarget.value))}
          />
          <span class="slide-ends num" aria-hidden="true">
            <span>{short(slide.min)}</span>
            <span>{short(slide.max)}</span>
          </span>
        </div>
      )}
      <input
        id={id}
        class="num"
        data-testid={id}
        type="text"
        inputMode="decimal"
        autocomplete="off"
        spellcheck={false}
        value={draft.value ?? typed}
        aria-invalid={refused}
        aria-describedby={describedBy(id, refused)}
        onInput={(event) => {
          draft.value = event.currentTarget.value;
          change(field, toChange(field, event.currentTarget.value));
        }}
        onBlur={() => {
          draft.value = null;
        }}
      />
      <span class="unit">{unitText(field.unit)}</span>
    </div>
  );
}

function ChoiceInput({ id, field, given, refused }: InputProps<ChoiceField>) {
  return (
    <div class="field-input">
      <select
        id={id}
        data-testid={id}
        aria-invalid={refused}
        aria-describedby={describedBy(id, refused)}
        value={given ?? field.preset}
        onChangeCapture={(event) => change(field, toChange(field, event.currentTarget.value))}
      >
        {field.options.map((option) => (
          <option key={option} value={option}>
            {optionOf(field, option)}
          </option>
        ))}
      </select>
    </div>
  );
}

/** How sure a value is. */
const STATUS: Record<Status, () => string> = {
  published: () => t('published'),
  derived: () => t('derived'),
  fitted: () => t('fitted'),
  assumed: () => t('assumed'),
};

/** The meaning at once; source, range and note on demand. */
function Origin({ field }: { readonly field: Field }) {
  return (
    <details class="origin">
      <summary>
        <span class={`badge ${field.status}`}>{STATUS[field.status]()}</span>
        <span class="unit" id={`field-${field.key}-help`}>
          {helpOf(field)}
        </span>
      </summary>
      <dl class="note">
        {field.kind === 'number' ? (
          <>
            {field.prior === undefined ? null : (
              <>
                <dt>{t('range of the preset')}</dt>
                <dd class="num">{rangeText(field.prior, field.unit)}</dd>
              </>
            )}
            <dt>{t('allowed')}</dt>
            <dd class="num">{rangeText(field.allowed, field.unit)}</dd>
          </>
        ) : null}
        <dt>{t('source')}</dt>
        {field.source === undefined ? <dd>{t('none published')}</dd> : <dd lang="en">{field.source}</dd>}
        {field.note === undefined ? null : (
          <>
            <dt>{t('note')}</dt>
            <dd lang="en">{field.note}</dd>
          </>
        )}
        <dt>{t('key')}</dt>
        <dd>
          <code>{field.key}</code>
        </dd>
      </dl>
    </details>
  );
}

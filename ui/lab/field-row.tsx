/** One parameter: its value with a slider over the prior, what it means, where it comes from, what may be given. */
import { useSignal } from '@preact/signals';
import type { ChoiceField, Field, NumberField } from '../worker/messages.ts';
import { rangeText, slideOf, toChange, toTyped, unitText } from './field-text.ts';
import { change } from './state.ts';

interface Props {
  readonly field: Field;
  /** The changed value with its unit; undefined where it is the preset's. */
  readonly given: string | undefined;
  readonly refusal: string | undefined;
}

export function FieldRow({ field, given, refusal }: Props) {
  const id = `field-${field.key}`;
  const changed = given !== undefined;
  return (
    <li class={`field ${changed ? 'changed' : ''}`}>
      <div class="field-head">
        <label for={id}>{field.name}</label>
        {changed ? (
          <button
            type="button"
            class="field-reset"
            aria-label={`Reset ${field.name} to ${field.preset}`}
            title={`Reset to ${field.preset}`}
            onClick={() => change(field, undefined)}
          >
            reset to <span class="num">{field.preset}</span>
          </button>
        ) : null}
      </div>
      {field.kind === 'choice' ? (
        <ChoiceInput id={id} field={field} given={given} refused={refusal !== undefined} />
      ) : (
        <NumberInput id={id} field={field} given={given} refused={refusal !== undefined} />
      )}
      {refusal === undefined ? null : (
        <p class="refusal" role="alert" id={`${id}-refusal`}>
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
        <input
          type="range"
          aria-label={`${field.name}, slider`}
          min={slide.min}
          max={slide.max}
          step={slide.step}
          value={Number.isFinite(value) ? value : undefined}
          onInput={(event) => change(field, toChange(field, event.currentTarget.value))}
        />
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
            {option}
          </option>
        ))}
      </select>
    </div>
  );
}

/** The meaning at once; source, range and note on demand. */
function Origin({ field }: { readonly field: Field }) {
  return (
    <details class="origin">
      <summary>
        <span class={`badge ${field.status}`}>{field.status}</span>
        <span class="unit" id={`field-${field.key}-help`}>
          {field.help}
        </span>
      </summary>
      <dl class="note">
        {field.kind === 'number' ? (
          <>
            {field.prior === undefined ? null : (
              <>
                <dt>range of the preset</dt>
                <dd class="num">{rangeText(field.prior, field.unit)}</dd>
              </>
            )}
            <dt>allowed</dt>
            <dd class="num">{rangeText(field.allowed, field.unit)}</dd>
          </>
        ) : null}
        <dt>source</dt>
        <dd>{field.source ?? 'none published'}</dd>
        {field.note === undefined ? null : (
          <>
            <dt>note</dt>
            <dd>{field.note}</dd>
          </>
        )}
        <dt>key</dt>
        <dd>
          <code>{field.key}</code>
        </dd>
      </dl>
    </details>
  );
}

/** All parameters of the machine, in groups; what most readers try first stands first. */
import { computed, signal } from '@preact/signals';
import { t } from '../language.ts';
import type { Field } from '../worker/messages.ts';
import { FieldRow } from './field-row.tsx';
import { card, refusals, resetAll, setup } from './state.ts';
import { changes } from './setup.ts';
import { groupName, helpOf, nameOf } from './words.ts';

const FIRST = ['operation', 'recipe'];

const wanted = signal('');
const onlyChanged = signal(false);
/** Groups a person sees open: those to begin with, and those of the link. */
const opened = signal<ReadonlySet<string>>(
  new Set([...FIRST, ...[...changes.peek().keys()].map((key) => key.slice(0, key.lastIndexOf('.')))]),
);

function toggle(group: string, open: boolean): void {
  const next = new Set(opened.peek());
  if (open) next.add(group);
  else next.delete(group);
  opened.value = next;
}

/** A word of the search may stand in name, key, help, status or note. */
const matches = (field: Field, words: readonly string[]): boolean => {
  const { name, key, help, status, note = '' } = field;
  const text = `${name} ${nameOf(field)} ${key} ${help} ${helpOf(field)} ${status} ${note}`.toLowerCase();
  return words.every((word) => text.includes(word));
};

const groups = computed<readonly (readonly [group: string, fields: readonly Field[]])[]>(() => {
  const words = wanted.value.toLowerCase().split(/\s+/).filter(Boolean);
  const { changes: changed } = setup.value;
  const found = (card.value?.fields ?? []).filter(
    (field) => matches(field, words) && (!onlyChanged.value || changed.has(field.key)),
  );
  const names = [...new Set([...FIRST, ...found.map(({ group }) => group)])];
  return names
    .map((name) => [name, found.filter(({ group }) => group === name)] as const)
    .filter(([, fields]) => fields.length > 0);
});

/** What was asked for must be seen: a search, or a filter, opens every group. */
const searching = computed(() => wanted.value.trim() !== '' || onlyChanged.value);

function Group({ name, fields }: { readonly name: string; readonly fields: readonly Field[] }) {
  const { changes: given } = setup.value;
  const changed = fields.filter(({ key }) => given.has(key)).length;
  const refused = fields.some(({ key }) => refusals.value.some((refusal) => refusal.key === key));
  return (
    <details
      class="group"
      open={searching.value || opened.value.has(name)}
      onToggle={(event) => {
        if (!searching.peek()) toggle(name, event.currentTarget.open);
      }}
    >
      <summary>
        <h3>{groupName(name)}</h3>
        <span class={`unit ${refused ? 'refused' : ''}`}>
          {[
            fields.length,
            ...(changed === 0 ? [] : [t('{{n}} changed', { n: changed })]),
            ...(refused ? [t('not all usable')] : []),
          ].join(', ')}
        </span>
      </summary>
      <ul>
        {fields.map((field) => (
          <FieldRow
            key={field.key}
            field={field}
            given={given.get(field.key)}
            refusal={refusals.value.find(({ key }) => key === field.key)?.sentence}
          />
        ))}
      </ul>
    </details>
  );
}

export function Parameters() {
  const count = setup.value.changes.size;
  return (
    <section class="panel parameters" aria-labelledby="parameters-title">
      <header class="panel-head">
        <h2 id="parameters-title">{t('Parameters')}</h2>
        <span class="unit">{count === 0 ? t('as in the preset') : t('{{n}} changed', { n: count })}</span>
      </header>
      <div class="parameter-tools">
        <input
          type="search"
          placeholder={t('search, e.g. gap or assumed')}
          aria-label={t('Search the parameters')}
          value={wanted.value}
          onInput={(event) => {
            wanted.value = event.currentTarget.value;
          }}
        />
        <button
          type="button"
          class="chip"
          aria-pressed={onlyChanged.value}
          onClick={() => {
            onlyChanged.value = !onlyChanged.value;
          }}
        >
          {t('changed')}
        </button>
        <button type="button" class="chip" disabled={count === 0} onClick={resetAll}>
          {t('reset all')}
        </button>
      </div>
      <div class="groups">
        {groups.value.map(([name, fields]) => (
          <Group key={name} name={name} fields={fields} />
        ))}
        {groups.value.length === 0 ? <p class="note">{t('No parameter matches.')}</p> : null}
      </div>
    </section>
  );
}

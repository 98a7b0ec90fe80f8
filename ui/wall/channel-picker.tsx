/** Finds a channel among all there are by any words of its name, title, unit or group. */
import * as combobox from '@zag-js/combobox';
import { normalizeProps, useMachine } from '@zag-js/preact';
import { useState } from 'preact/hooks';
import { t } from '../language.ts';
import { titleShown } from '../language/channel-title.ts';
import type { ChannelSeries } from '../store/channel-list.ts';
import { place, series } from './state.ts';

/** More than this is a list to search in, not to read. */
const MOST_SHOWN = 60;

/** Every word must be somewhere. */
export function found(list: readonly ChannelSeries[], text: string): ChannelSeries[] {
  const words = text.toLowerCase().split(/\s+/);
  return list.filter((one) => {
    const all = `${one.id} ${one.title} ${titleShown(one.title)} ${one.unit}`.toLowerCase();
    return words.every((word) => all.includes(word));
  });
}

export function ChannelPicker({ chart }: { readonly chart: number }) {
  const [text, setText] = useState('');
  const hits = found(series.value, text);
  const items = hits.slice(0, MOST_SHOWN);
  const service = useMachine(combobox.machine, {
    id: `channel-${chart}`,
    collection: combobox.collection({
      items,
      itemToValue: (one) => one.id,
      itemToString: (one) => titleShown(one.title),
    }),
    inputValue: text,
    openOnClick: true,
    selectionBehavior: 'clear',
    inputBehavior: 'autohighlight',
    positioning: { placement: 'bottom-start', sameWidth: false, fitViewport: true },
    onInputValueChange: ({ inputValue }) => setText(inputValue),
    onValueChange: ({ value }) => {
      const [id] = value;
      if (id !== undefined) place(chart, id);
      setText('');
    },
  });
  const api = combobox.connect(service, normalizeProps);
  return (
    <div {...api.getRootProps()} class="picker">
      <label {...api.getLabelProps()} class="for-readers">
        {t('Add a channel to chart {{n}}', { n: chart + 1 })}
      </label>
      <div {...api.getControlProps()}>
        <input
          {...(api.getInputProps() as object)}
          class="picker-input"
          placeholder={t('Add a channel')}
          data-testid={`picker-${chart}`}
        />
      </div>
      <div {...api.getPositionerProps()} class="picker-place">
        {api.open ? (
          <ul {...api.getContentProps()} class="picker-list">
            {items.map((one) => (
              <li key={one.id} {...api.getItemProps({ item: one })}>
                <span>
                  {titleShown(one.title)}
                  {one.unit === '' ? '' : `, ${one.unit}`}
                </span>
                <code>{one.id}</code>
              </li>
            ))}
            {items.length === 0 ? <li class="note">{t('No channel has all these words.')}</li> : null}
            {hits.length > MOST_SHOWN ? (
              <li class="note">{t('{{n}} more; type to find them', { n: hits.length - MOST_SHOWN })}</li>
            ) : null}
          </ul>
        ) : null}
      </div>
    </div>
  );
}

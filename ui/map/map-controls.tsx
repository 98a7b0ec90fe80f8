/** What is an axis, what is coloured, what is drawn as lines, and where the point lies in every input. */
import type { Signal } from '@preact/signals';
import { t } from '../language.ts';
import { short, unitText } from '../lab/field-text.ts';
import { NamedChoice, type Option } from '../panel/named-choice.tsx';
import type { MapAsk, MapCard, MapInput } from '../worker/messages.ts';
import { NO_LINES, askedFill, askedLines, askedX, askedY } from './asked.ts';
import { inputName, outputName, withUnit } from './map-words.ts';
import { move } from './model.ts';
import { stepsOf, valueAt } from './point.ts';

interface Props {
  readonly card: MapCard;
  readonly now: MapAsk;
}

export function MapChoices({ card, now }: Props) {
  const inputs = card.inputs.map((one): Option => [one.name, withUnit(inputName(one), one.unit)]);
  const outputs = card.outputs.map((one): Option => [one.name, withUnit(outputName(one), one.unit)]);
  /** An input that is the other axis already changes places with it. */
  const pickAxis =
    (own: Signal<string>, other: Signal<string>, ownPlace: number, otherPlace: number) => (name: string) => {
      if (name === card.inputs[otherPlace].name) other.value = card.inputs[ownPlace].name;
      own.value = name;
    };
  return (
    <div class="named-choices">
      <NamedChoice
        id="map-of"
        words={t('colours')}
        value={card.outputs[now.fill].name}
        options={outputs}
        pick={(name) => (askedFill.value = name)}
      />
      <NamedChoice
        id="map-lines"
        words={t('lines')}
        value={now.lines === null ? NO_LINES : card.outputs[now.lines].name}
        options={[[NO_LINES, t('none')], ...outputs]}
        pick={(name) => (askedLines.value = name)}
      />
      <NamedChoice
        id="map-x"
        words={t('across')}
        value={card.inputs[now.x].name}
        options={inputs}
        pick={pickAxis(askedX, askedY, now.x, now.y)}
      />
      <NamedChoice
        id="map-y"
        words={t('upwards')}
        value={card.inputs[now.y].name}
        options={inputs}
        pick={pickAxis(askedY, askedX, now.y, now.x)}
      />
    </div>
  );
}

export function MapSliders({ card, now }: Props) {
  const held = card.inputs.map((input, place) => ({ input, place }));
  const isAxis = (place: number): boolean => place === now.x || place === now.y;
  const slider = ({ input, place }: (typeof held)[number]) => (
    <Slider key={input.name} input={input} value={now.at[place]} />
  );
  return (
    <div class="map-sliders">
      <fieldset>
        <legend>{t('held on the map')}</legend>
        {held.every(({ place }) => isAxis(place)) ? (
          <p class="note">{t('nothing: the model has two inputs')}</p>
        ) : null}
        {held.filter(({ place }) => !isAxis(place)).map(slider)}
      </fieldset>
      <fieldset>
        <legend>{t('cursor')}</legend>
        {held.filter(({ place }) => isAxis(place)).map(slider)}
      </fieldset>
    </div>
  );
}

function Slider({ input, value }: { readonly input: MapInput; readonly value: number }) {
  const steps = stepsOf(input);
  const { name, low, high } = input;
  const words = inputName(input);
  const unit = unitText(input.unit);
  return (
    <label class="map-slider">
      <span>
        {words} <b class="num">{short(value)}</b> <span class="unit">{unit}</span>
      </span>
      <input
        type="range"
        min={steps.first}
        max={steps.last}
        value={Math.round(value / steps.step)}
        aria-label={words}
        aria-valuetext={`${short(value)} ${unit}`.trim()}
        data-testid={`map-at-${name}`}
        onInput={(event) => move(name, valueAt(steps, Number(event.currentTarget.value)))}
      />
      <span class="slide-ends num" aria-hidden="true">
        <span>{short(low)}</span>
        <span>{short(high)}</span>
      </span>
    </label>
  );
}

/** In which units everything is shown. */
import { t } from '../language.ts';
import { type ChosenUnit, UNIT_CHOICES, type UnitKind, chosen } from '../units.ts';

const KINDS = Object.keys(UNIT_CHOICES) as UnitKind[];

const NAMES: Record<UnitKind, () => string> = {
  temperature: () => t('Unit of temperature'),
  pressure: () => t('Unit of pressure'),
  power: () => t('Unit of power'),
};

function choose(kind: UnitKind, text: string): void {
  const unit = (UNIT_CHOICES[kind] as readonly ChosenUnit[]).find((one) => one === text);
  if (unit !== undefined) (chosen[kind] as { value: ChosenUnit }).value = unit;
}

export function UnitSwitch() {
  return (
    <span class="unit-switch" role="group" aria-label={t('Units')}>
      {KINDS.map((kind) => (
        <select
          key={kind}
          aria-label={NAMES[kind]()}
          title={NAMES[kind]()}
          data-testid={`unit-${kind}`}
          value={chosen[kind].value}
          onChange={(event) => choose(kind, event.currentTarget.value)}
        >
          {UNIT_CHOICES[kind].map((unit) => (
            <option key={unit} value={unit}>
              {unit}
            </option>
          ))}
        </select>
      ))}
    </span>
  );
}

/** The computed points of a curve as a table: for those who do not see it, and for those who want the figures. */
import { t } from '../language.ts';
import { fixed } from '../store/text.ts';
import type { CurvePoint } from './curves.ts';

interface Props {
  /** Name and unit of what was swept. */
  readonly over: string;
  readonly decimals: number;
  readonly points: readonly CurvePoint[];
}

export function Numbers({ over, decimals, points }: Props) {
  return (
    <details class="numbers">
      <summary>{t('Numbers')}</summary>
      <table class="num">
        <thead>
          <tr>
            <th scope="col">{over}</th>
            <th scope="col">{t('cooling power, W')}</th>
            <th scope="col">{t('COP, material')}</th>
            <th scope="col">{t('COP, device')}</th>
            <th scope="col">{t('COP, system')}</th>
          </tr>
        </thead>
        <tbody>
          {points.map(({ x, point }) => (
            <tr key={x}>
              <th scope="row">{fixed(x, decimals)}</th>
              <td>{fixed(point.cooling_power_W, 1)}</td>
              <td>{fixed(point.cop_material, 3)}</td>
              <td>{fixed(point.cop_device, 3)}</td>
              <td>{fixed(point.cop_system, 3)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

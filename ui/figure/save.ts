/** From the charts on the page to a file in the hands of whoever looks at them. */
import { charts, type Drawn } from '../chart/time-chart.ts';
import { shown } from '../chart/time-window.ts';
import { t } from '../language.ts';
import { hello, replay, telemetry, wallTimes } from '../session.ts';
import { clockText } from '../store/clock-text.ts';
import { toCsv, toParquet } from './data-files.ts';
import { dataTable, type DataTable } from './data-table.ts';
import { download } from './download.ts';
import { type Heading, pageFigure } from './page-figure.ts';
import { pictureFile } from './picture-file.ts';

export const FORMATS = ['csv', 'parquet', 'png', 'svg'] as const;
export type Format = (typeof FORMATS)[number];

export interface Shown {
  readonly title: string;
  readonly drawn: Drawn;
}

interface Saved {
  readonly ok: boolean;
  readonly sentence: string;
}

const textOf = (host: HTMLElement): string =>
  host.closest('.panel')?.querySelector('h2')?.textContent?.trim() ?? host.getAttribute('aria-label') ?? '';

/** In the order in which they stand on the page. */
export function chartsShown(): Shown[] {
  const list = [...charts].flatMap((chart) => {
    const drawn = chart.drawn();
    return drawn === null ? [] : [{ host: chart.host, title: textOf(chart.host), drawn }];
  });
  list.sort((a, b) => (a.host.compareDocumentPosition(b.host) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1));
  return list;
}

/** Of the chart of this title, or of all where there is none of it. */
export async function save(format: Format, title: string): Promise<Saved> {
  const all = chartsShown();
  const some = all.filter((one) => one.title === title);
  const list = some.length > 0 ? some : all;
  if (list.length === 0)
    return { ok: false, sentence: t('There is no chart with anything on it in this view.') };
  return format === 'csv' || format === 'parquet' ? saveData(format, list) : savePicture(format, list);
}

async function saveData(format: 'csv' | 'parquet', list: readonly Shown[]): Promise<Saved> {
  const { fromS, toS } = shown() ?? { fromS: 0, toS: 0 };
  const lines = list.flatMap(({ drawn }) => drawn.spec.lines);
  const table = dataTable(lines, fromS, toS, (timeS) => wallTimes.at(timeS));
  if (typeof table === 'string') return { ok: false, sentence: table };
  const [content, type] =
    format === 'csv'
      ? [toCsv(table), 'text/csv']
      : [await toParquet(table, circumstances(fromS, toS)), 'application/vnd.apache.parquet'];
  return saved(fileName(format), new Blob([content], { type }), table);
}

async function savePicture(format: 'png' | 'svg', list: readonly Shown[]): Promise<Saved> {
  const figure = pageFigure(list, heading(), getComputedStyle(document.body).fontFamily);
  const blob = await pictureFile(format, figure);
  return blob === null
    ? { ok: false, sentence: t('The browser could not make a picture of this size.') }
    : saved(fileName(format), blob);
}

/** What the file says of where it comes from. */
function circumstances(fromS: number, toS: number): Record<string, string> {
  const { rig, version } = hello.peek() ?? { rig: undefined, version: '' };
  return {
    made_by: `elastocool ${version}`,
    made_at: new Date().toISOString(),
    rig: rig?.name ?? '',
    is_virtual: String(rig?.virtual ?? ''),
    replay_of: replay.peek()?.run ?? '',
    window_from_device_time_s: String(fromS),
    window_to_device_time_s: String(toS),
  };
}

function heading(): Heading {
  const { fromS, toS } = shown() ?? { fromS: 0, toS: 0 };
  const rig = hello.peek()?.rig;
  const run = replay.peek()?.run;
  const kind =
    run !== undefined ? t('replay of {{run}}', { run }) : rig?.virtual ? t('virtual rig') : t('real machine');
  const wallS = wallTimes.at(Math.min(toS, telemetry.clock.lastS));
  const when = new Date(Number.isNaN(wallS) ? Date.now() : 1000 * wallS).toISOString();
  return {
    title: `${rig?.name ?? 'elastocool'} (${kind})`,
    lines: [
      t("{{from}} to {{to}} of the rig's clock", { from: clockText(fromS, 2), to: clockText(toS, 2) }),
      Number.isNaN(wallS) ? t('saved {{when}}', { when }) : t('the right edge was at {{when}}', { when }),
    ],
  };
}

function fileName(format: Format): string {
  const rig = (hello.peek()?.rig.name ?? 'elastocool').replace(/[^A-Za-z0-9]+/g, '-').toLowerCase();
  const at = new Date().toISOString().slice(0, 19).replace(/:/g, '');
  return `${rig}-${at}Z.${format}`;
}

function saved(name: string, blob: Blob, table?: DataTable): Saved {
  download(name, blob);
  const size = `${(blob.size / 1000).toFixed(1)} kB`;
  const sentence =
    table === undefined
      ? t('Saved {{name}}, {{size}}.', { name, size })
      : t('Saved {{name}}, {{size}}: {{rows}} rows of {{columns}} columns.', {
          name,
          size,
          rows: table.rows,
          columns: table.columns.length,
        });
  return { ok: true, sentence };
}

/** The report of the validation, inside the page: its contents, and the chapter that the address names. */
import { useEffect, useRef } from 'preact/hooks';
import { REPORT_COMMAND } from '../../controller/wire/record/run-list.ts';
import { addressOf, linked } from '../address.ts';
import { t } from '../language.ts';
import type { DrawnReport, ReportChapter } from '../worker/messages.ts';
import { CopyButton } from './copy-button.tsx';
import { ReportChapterText } from './report-chapter.tsx';
import { askForReport, stored } from './stored-report.ts';

/** The chapter, heading or figure that is looked at, by its id; '' for the first chapter. */
const place = linked<string>('at', '', { write: (id) => id, read: (id) => id });

const linkTo = (id: string): string => addressOf('study', { study: 'report', at: id });

export function ReportPanel() {
  useEffect(() => void askForReport(), []);
  const now = stored.value;
  switch (now.is) {
    case 'asked for':
      return <Instead sentence={t('The report is being fetched…')} />;
    case 'none':
      return (
        <Instead sentence={t('No report is stored beside this server. This command writes one:')} isCommand />
      );
    case 'unreadable':
      return (
        <Instead
          sentence={t('The stored report is not one that this page can read. This command writes it anew:')}
          problem={now.problem}
          isCommand
        />
      );
    case 'not heard':
      return <Instead sentence={t('The report could not be fetched.')} problem={now.problem} />;
    default:
      return <Report report={now.report} />;
  }
}

interface InsteadProps {
  readonly sentence: string;
  /** In the words of the program. */
  readonly problem?: string;
  /** Shows the command that writes a report. */
  readonly isCommand?: boolean;
}

function Instead({ sentence, problem, isCommand = false }: InsteadProps) {
  return (
    <section class="panel no-report" data-testid="no-report" aria-label={t('Report')}>
      <p role="status">{sentence}</p>
      {problem === undefined ? null : (
        <p class="note" lang="en">
          {problem}
        </p>
      )}
      {isCommand ? (
        <p class="to-copy">
          <code>{REPORT_COMMAND}</code>{' '}
          <CopyButton words={t('Copy the command')} text={() => REPORT_COMMAND} />
        </p>
      ) : null}
      <p>
        <button type="button" class="command may" onClick={() => void askForReport()}>
          {t('Look again')}
        </button>
      </p>
    </section>
  );
}

const has = ({ id, places }: ReportChapter, wanted: string): boolean =>
  id === wanted || places.some((one) => one.id === wanted);

function Report({ report }: { readonly report: DrawnReport }) {
  const { chapters, verdicts } = report;
  const at = Math.max(
    0,
    chapters.findIndex((chapter) => has(chapter, place.value)),
  );
  const [before, after] = [chapters.at(at - 1), chapters[at + 1]];
  return (
    <div class="report">
      <section class="panel report-head" aria-labelledby="report-title">
        <h2 id="report-title" lang="en">
          {report.title}
        </h2>
        {report.subtitle === undefined ? null : <p lang="en">{report.subtitle}</p>}
        <Facts report={report} />
      </section>
      <Contents chapters={chapters} shown={chapters[at]} />
      <article class="panel report-text" lang="en">
        <ReportChapterText html={verdicts + chapters[at].html} place={place.value} />
        <nav class="report-turn" aria-label={t('Chapters before and after')}>
          {at > 0 && before !== undefined ? <a href={linkTo(before.id)}>← {before.title}</a> : <span />}
          {after === undefined ? null : <a href={linkTo(after.id)}>{after.title} →</a>}
        </nav>
      </article>
    </div>
  );
}

/** What is needed to make the same report again. */
function Facts({ report: { version, seed, samples, fingerprint } }: { readonly report: DrawnReport }) {
  const facts = [
    [t('Version'), version],
    [t('Seed'), seed],
    [t('Machines drawn of each system'), samples],
    [t('Code and data'), fingerprint],
  ] as const;
  return (
    <dl class="report-facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd class="num">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

interface ContentsProps {
  readonly chapters: readonly ReportChapter[];
  readonly shown: ReportChapter;
}

function Contents({ chapters, shown }: ContentsProps) {
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    const entry = list.current?.querySelector<HTMLElement>('[aria-current="page"]');
    if (list.current && entry) list.current.scrollTop = entry.offsetTop - list.current.offsetTop;
  }, [shown]);
  return (
    <nav class="panel report-contents" aria-labelledby="report-contents-title">
      <h2 id="report-contents-title">{t('Contents')}</h2>
      <ol ref={list} lang="en">
        {chapters.map((chapter, i) => (
          <li key={chapter.id}>
            <a href={linkTo(chapter.id)} aria-current={chapter === shown ? 'page' : undefined}>
              <span class="number num">{i + 1}</span>
              {chapter.title}
            </a>
            <Places chapter={chapter} isOpen={chapter === shown} />
          </li>
        ))}
      </ol>
    </nav>
  );
}

/** Of the chapter that is shown the headings too; of the others the figures, so that each can be found by its number. */
function Places({ chapter, isOpen }: { readonly chapter: ReportChapter; readonly isOpen: boolean }) {
  const listed = isOpen ? chapter.places : chapter.places.filter(({ figure }) => figure !== undefined);
  if (listed.length === 0) return null;
  return (
    <ol>
      {listed.map(({ id, figure, words }) => (
        <li key={id}>
          <a href={linkTo(id)} aria-current={place.value === id ? 'location' : undefined}>
            {figure === undefined ? (
              words
            ) : (
              <>
                <b>{t('Figure {{n}}', { n: figure })}</b> {words}
              </>
            )}
          </a>
        </li>
      ))}
    </ol>
  );
}

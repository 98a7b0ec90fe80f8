/** One chapter as it was drawn, scrolled to the place that the address names. */
import { useEffect, useRef } from 'preact/hooks';
import { cleanHtml } from './clean-html.ts';

interface Props {
  readonly html: string;
  /** Id in it; '' for its beginning. */
  readonly place: string;
}

export function ReportChapterText({ html, place }: Props) {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => host.current?.replaceChildren(cleanHtml(html)), [html]);
  useEffect(() => {
    if (place !== '') host.current?.querySelector(`#${CSS.escape(place)}`)?.scrollIntoView();
  }, [html, place]);
  return <div ref={host} class="report-chapter" />;
}

/** The state machine as a picture: where the machine is, where it came from, and which ways lead on. */
import { STATES, type State } from '../../controller/wire/messages.ts';
import { t } from '../language.ts';
import { Said } from '../language/said-words.tsx';
import { saidText } from '../language/said.ts';
import { whyNotNow } from '../panel/commands.tsx';
import { stateTone } from '../panel/header.tsx';
import { beat, events, state } from '../session.ts';
import { span, timeOfDay } from '../time-words.ts';
import { type Layout, NARROW, pathOf, type Way, WAYS, WIDE } from './state-graph.ts';
import { type Visit, trailOf } from './trail.ts';

/** What each state is, in two or three words beneath its name. */
const MEANS: Record<State, () => string> = {
  ABORTED: () => t('enable off, locked'),
  CLEARING: () => t('clearing faults'),
  STOPPED: () => t('unloaded, enable off'),
  RESETTING: () => t('writing the setup'),
  IDLE: () => t('ready to start'),
  STARTING: () => t('enabling the drive'),
  EXECUTE: () => t('cycling, cooling'),
  HOLDING: () => t('unloading'),
  HELD: () => t('paused by a person'),
  UNHOLDING: () => t('going on'),
  SUSPENDING: () => t('unloading'),
  SUSPENDED: () => t('house is cool enough'),
  UNSUSPENDING: () => t('going on'),
  COMPLETING: () => t('finishing'),
  COMPLETE: () => t('run is over'),
  STOPPING: () => t('unloading'),
  ABORTING: () => t('enable goes off'),
};

const SHOWN_VISITS = 12;

export function StatePanel() {
  const now = state.value?.state;
  const visits = trailOf(events.value, SHOWN_VISITS);
  const before = visits[0]?.state === now ? visits[1]?.state : undefined;
  return (
    <section class="panel state-panel" aria-labelledby="state-machine-title">
      <header class="panel-head">
        <h2 id="state-machine-title">{t('State machine')}</h2>
        <span class="unit">{t('PackML; bright ways can be taken now, STOP and ABORT always')}</span>
      </header>
      <Picture layout={WIDE} name="wide" now={now} before={before} />
      <Picture layout={NARROW} name="narrow" now={now} before={before} />
      <p class="state-said">
        <Said words={state.value?.sentence} />
      </p>
      <Trail visits={visits} isCurrent={visits[0]?.state === now} />
    </section>
  );
}

interface PictureProps {
  readonly layout: Layout;
  readonly name: string;
  readonly now: State | undefined;
  readonly before: State | undefined;
}

function Picture({ layout, name, now, before }: PictureProps) {
  const ways = WAYS.filter((way) => way.isMain || way.from === now);
  return (
    <svg
      class={`state-picture ${name} ${stateTone()}`}
      viewBox={`0 0 ${layout.width} ${layout.height}`}
      role="img"
      data-testid={`state-picture-${name}`}
      aria-label={
        now === undefined
          ? t('State machine')
          : t('State machine: the machine is in {{state}}, it came from {{before}}.', {
              state: now,
              before: before ?? t('unknown'),
            })
      }
    >
      <defs>
        {['plain', 'open', 'taken'].map((kind) => (
          <marker
            key={kind}
            id={`arrow-${name}-${kind}`}
            class={`way-head ${kind}`}
            viewBox="0 0 8 8"
            refX="6"
            refY="4"
            markerWidth="7"
            markerHeight="7"
            orient="auto"
          >
            <path d="M0 0L8 4L0 8z" />
          </marker>
        ))}
      </defs>
      {ways.map((way) => (
        <WayLine
          key={`${way.from} ${way.by} ${way.to}`}
          way={way}
          layout={layout}
          name={name}
          now={now}
          before={before}
        />
      ))}
      {STATES.map((one) => (
        <StateBox key={one} state={one} layout={layout} isNow={one === now} isBefore={one === before} />
      ))}
    </svg>
  );
}

/** A way of a command is open where the command can be given; what the device proves is under way by itself. */
function kindOf({ from, by, to }: Way, now: State | undefined, before: State | undefined): string {
  if (from === before && to === now) return 'taken';
  if (from !== now) return 'plain';
  if (by === 'proof' || by === 'regulator') return 'open';
  return whyNotNow(by as Parameters<typeof whyNotNow>[0]) === null ? 'open' : 'plain';
}

function WayLine({ way, layout, name, now, before }: PictureProps & { readonly way: Way }) {
  const kind = kindOf(way, now, before);
  const isByItself = way.by === 'proof' || way.by === 'regulator';
  return (
    <path
      class={`way ${kind} ${isByItself ? 'by-itself' : ''}`}
      d={pathOf(layout, way)}
      marker-end={`url(#arrow-${name}-${kind})`}
    />
  );
}

interface BoxProps {
  readonly state: State;
  readonly layout: Layout;
  readonly isNow: boolean;
  readonly isBefore: boolean;
}

function StateBox({ state: own, layout, isNow, isBefore }: BoxProps) {
  const [x, y] = layout.at[own];
  const { boxWidth, boxHeight } = layout;
  return (
    <g class={`state-box ${isNow ? 'now' : isBefore ? 'before' : ''}`} data-state={own}>
      <rect x={x - boxWidth / 2} y={y - boxHeight / 2} width={boxWidth} height={boxHeight} rx="6" />
      <text class="state-name" x={x} y={y - 3}>
        {own}
      </text>
      <text class="state-means" x={x} y={y + 13}>
        {MEANS[own]()}
      </text>
    </g>
  );
}

function Trail({ visits, isCurrent }: { readonly visits: readonly Visit[]; readonly isCurrent: boolean }) {
  beat();
  if (visits.length === 0) return <p class="note">{t('No change of state was heard yet.')}</p>;
  return (
    <ol class="trail" aria-label={t('Where it came from, newest first')}>
      {visits.map(({ state: own, fromMs, toMs, cause }, i) => (
        <li key={`${fromMs} ${own}`} title={saidText(cause)}>
          <b>{own}</b>{' '}
          <time class="num" dateTime={new Date(fromMs).toISOString()}>
            {timeOfDay(fromMs)}
          </time>{' '}
          <span class="unit num">{stay(fromMs, toMs, i === 0 && isCurrent)}</span>
        </li>
      ))}
    </ol>
  );
}

function stay(fromMs: number, toMs: number | null, isNow: boolean): string {
  if (isNow) return t('for {{time}}', { time: span(Math.max(0, Date.now() - fromMs)) });
  return toMs === null ? '' : span(toMs - fromMs);
}

/** The first law of the last cycle: a ribbon for each flow of energy, the residual one of them. */
import { signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { PALETTES } from '../chart/palette.ts';
import { t } from '../language.ts';
import { beat, telemetry } from '../session.ts';
import { newest } from '../store/read-at.ts';
import { CYCLE_PERIOD_S, modelColumn } from '../store/telemetry.ts';
import { fixed } from '../store/text.ts';
import { theme } from '../theme.ts';
import { type Account, accountOf } from './account.ts';
import { type GraphNode, layOut, ribbon } from './account-graph.ts';
import {
  allowedW,
  explainedW,
  measuredPowers,
  measuredResidual,
  modelAllowedW,
  modelledPowers,
} from './account-sides.ts';
import { SOURCES, accountSource, overlaidCount } from './choices.ts';
import { inWords } from './shown.ts';
import { flowColour, flowWord } from './flow-words.ts';

const HEIGHT = 270;
const HYSTERESIS = modelColumn('hysteresis_power_W');
const width = signal(600);

/** Beside a node on the left, before one on the right, above one in the middle. */
function NodeLabel({ node }: { readonly node: GraphNode }) {
  const middle = (node.y0 + node.y1) / 2;
  const place =
    node.side === 'in'
      ? { x: node.x1 + 6, y: middle, 'text-anchor': 'start' as const }
      : node.side === 'out'
        ? { x: node.x0 - 6, y: middle, 'text-anchor': 'end' as const }
        : { x: (node.x0 + node.x1) / 2, y: node.y0 - 9, 'text-anchor': 'middle' as const };
  return (
    <text {...place} dominant-baseline="middle" class="flow-label">
      {flowWord(node.name)} <tspan class="flow-watts">{inWords(node.watts, 'W', 0)}</tspan>
    </text>
  );
}

function Ribbons({ account }: { readonly account: Account }) {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (host.current === null) return undefined;
    const seen = new ResizeObserver(([entry]) => {
      width.value = Math.max(280, Math.floor(entry.contentRect.width));
    });
    seen.observe(host.current);
    return () => seen.disconnect();
  }, []);
  const palette = PALETTES[theme.value];
  const { nodes, links } = layOut(account, width.value, HEIGHT);
  return (
    <div ref={host} class="ribbons">
      <svg
        viewBox={`0 0 ${width.value} ${HEIGHT}`}
        width={width.value}
        height={HEIGHT}
        role="img"
        aria-label={t('Flows of energy of the last cycle; the same numbers stand beneath')}
      >
        {links.map((link) => (
          <path
            key={`${link.name}${link.x0}`}
            d={ribbon(link)}
            class={`ribbon ${link.name === 'residual' ? 'residual' : ''}`}
            fill={flowColour(link.name, palette)}
          >
            <title>{`${flowWord(link.name)}: ${inWords(link.watts, 'W', 1)}`}</title>
          </path>
        ))}
        {nodes.map((node) => (
          <rect
            key={`${node.side} ${node.name}`}
            x={node.x0}
            y={node.y0}
            width={node.x1 - node.x0}
            height={Math.max(1, node.y1 - node.y0)}
            class="flow-node"
          />
        ))}
        {nodes.map((node) => (
          <NodeLabel key={`${node.side} ${node.name}`} node={node} />
        ))}
      </svg>
    </div>
  );
}

/** `in = out`, in joules of one cycle. */
function FirstLaw({ account }: { readonly account: Account }) {
  const periodS = telemetry.lastCycle(CYCLE_PERIOD_S);
  const side = (flows: Account['into']): string =>
    flows.map(({ name, watts }) => `${flowWord(name)} ${fixed(watts * periodS, 1)} J`).join(' + ');
  return (
    <p class="first-law num" data-testid="first-law">
      {side(account.into)} <b>=</b> {side(account.out)}
    </p>
  );
}

function MeasuredClosing({ account }: { readonly account: Account }) {
  const residual = measuredResidual(overlaidCount());
  const explained = explainedW();
  const left = residual.value - (Number.isNaN(explained) ? 0 : explained);
  const allowed = allowedW(residual, account.through_W);
  const closes = Math.abs(left) <= allowed;
  return (
    <p class={`note closing ${closes ? '' : 'open'}`} data-testid="closing">
      {t(
        'Residual {{residual}} W, mean of {{n}} cycles: in it are housing loss and storage, which nothing measures here; the model puts them at {{explained}} W. Left: {{left}} W, allowed {{allowed}} W (twice the standard error and 0.5 % of the whole).',
        {
          residual: fixed(residual.value, 1),
          n: residual.cycles,
          explained: fixed(explained, 1),
          left: fixed(left, 1),
          allowed: fixed(allowed, 1),
        },
      )}{' '}
      <b>{closes ? t('The first law closes.') : t('The first law does not close.')}</b>
    </p>
  );
}

function ModelClosing({ account }: { readonly account: Account }) {
  const residual = newest(telemetry.model, modelColumn('account_residual_W'));
  const allowed = modelAllowedW(account.through_W);
  const closes = Math.abs(residual) <= allowed;
  return (
    <p class={`note closing ${closes ? '' : 'open'}`} data-testid="closing">
      {t(
        'Hysteresis turns {{hysteresis}} W of the net work into heat. The model counts every flow: its residual is {{residual}} W, round-off, allowed {{allowed}} W.',
        {
          hysteresis: fixed(newest(telemetry.model, HYSTERESIS), 1),
          residual: fixed(residual, 5),
          allowed: fixed(allowed, 4),
        },
      )}{' '}
      <b>{closes ? t('The first law closes.') : t('The first law does not close.')}</b>
    </p>
  );
}

function SourceSwitch() {
  const word = { measured: t('measured'), model: t('model') };
  return (
    <div class="segments" role="group" aria-label={t('Source of the account')}>
      {SOURCES.map((source) => (
        <button
          key={source}
          type="button"
          aria-pressed={accountSource.value === source}
          data-testid={`account-${source}`}
          onClick={() => {
            accountSource.value = source;
          }}
        >
          {word[source]}
        </button>
      ))}
    </div>
  );
}

export function AccountPanel() {
  beat();
  const isMeasured = accountSource.value === 'measured';
  const account = accountOf(isMeasured ? measuredPowers() : modelledPowers());
  return (
    <section class="panel account-panel" aria-labelledby="account-title" data-testid="account-panel">
      <header class="panel-head">
        <h2 id="account-title">{t('Where the energy of a cycle goes')}</h2>
        <SourceSwitch />
        <span class="unit">
          {isMeasured
            ? t('powers of the last whole cycle, latched by the device')
            : t('the same cycle, by the model beside the rig')}
        </span>
      </header>
      {account === null ? (
        <p class="note">{t('No whole cycle yet.')}</p>
      ) : (
        <>
          <Ribbons account={account} />
          <FirstLaw account={account} />
          {isMeasured ? <MeasuredClosing account={account} /> : <ModelClosing account={account} />}
        </>
      )}
    </section>
  );
}

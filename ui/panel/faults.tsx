/** What can be broken in a virtual rig, to see how the controller answers. A real machine has no such panel. */
import { useSignal } from '@preact/signals';
import type { FaultsMessage } from '../../controller/wire/messages.ts';
import { askFault, breakable, live, whyMayNot } from '../session.ts';

type Fault = FaultsMessage['list'][number];

const PLACES: readonly { readonly place: Fault['place']; readonly title: string }[] = [
  { place: 'line', title: 'On the line' },
  { place: 'device', title: 'In the electronics' },
  { place: 'sensor', title: 'At a sensor' },
  { place: 'plant', title: 'In the machine' },
];

export function FaultPanel() {
  const chosen = useSignal('');
  const message = breakable.value;
  if (message === null) return null;
  const fault = message.list.find(({ name }) => name === chosen.value) ?? message.list[0];
  if (fault === undefined) return null;
  return (
    <section class="panel fault-panel" aria-labelledby="faults-title">
      <header class="panel-head">
        <h2 id="faults-title">Break the virtual rig</h2>
        <span class="unit">and see what the controller does</span>
      </header>
      <label class="fault-pick">
        <span>Fault</span>
        <select
          data-testid="fault"
          value={fault.name}
          onChange={(event) => {
            chosen.value = event.currentTarget.value;
          }}
        >
          {PLACES.map(({ place, title }) => (
            <optgroup key={place} label={title}>
              {message.list
                .filter((one) => one.place === place)
                .map(({ name }) => (
                  <option key={name} value={name}>
                    {name}
                  </option>
                ))}
            </optgroup>
          ))}
        </select>
      </label>
      <Inject key={fault.name} fault={fault} isActive={message.active.includes(fault.name)} />
      <Active names={message.active} />
    </section>
  );
}

function Inject({ fault, isActive }: { readonly fault: Fault; readonly isActive: boolean }) {
  const { name, what, seen, parameter } = fault;
  const draft = useSignal<string | null>(null);
  const amount = draft.value === null ? undefined : Number(draft.value);
  const isRefused =
    amount !== undefined && parameter !== null && !(amount >= parameter.low && amount <= parameter.high);
  const hindrance = whyMayNot('inject');
  return (
    <>
      <p class="fault-what">
        <b>Broken:</b> {what}. <b>Seen:</b> {seen}.
      </p>
      <div class="fault-do">
        {parameter === null ? null : (
          <label>
            <span>{parameter.name}</span>
            <input
              class="num"
              type="number"
              step="any"
              min={parameter.low}
              max={parameter.high}
              value={draft.value ?? String(parameter.value)}
              aria-invalid={isRefused}
              onInput={(event) => {
                draft.value = event.currentTarget.value;
              }}
            />
            <span class={`unit ${isRefused ? 'refused' : ''}`}>
              {parameter.low} to {parameter.high}
            </span>
          </label>
        )}
        <button
          type="button"
          class="command may"
          data-testid="inject"
          disabled={!live.value || isRefused || hindrance !== null}
          title={hindrance ?? `Injects ${name} at once`}
          onClick={() => askFault(name, true, amount)}
        >
          {isActive ? 'Inject again' : 'Inject'}
        </button>
      </div>
    </>
  );
}

function Active({ names }: { readonly names: readonly string[] }) {
  if (names.length === 0) return <p class="note">Nothing is broken.</p>;
  return (
    <ul class="fault-active" aria-label="Broken now">
      {names.map((name) => (
        <li key={name}>
          <code>{name}</code>
          <button
            type="button"
            class="chip"
            data-testid={`mend-${name}`}
            disabled={!live.value || whyMayNot('inject') !== null}
            onClick={() => askFault(name, false)}
          >
            Mend
          </button>
        </li>
      ))}
    </ul>
  );
}

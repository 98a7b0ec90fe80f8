/** One of several, with its name over it. */
export type Option = readonly [value: string, words: string];

interface Props {
  /** Of the select, also for tests. */
  readonly id: string;
  readonly words: string;
  readonly value: string;
  readonly options: readonly Option[];
  readonly pick: (value: string) => void;
}

export function NamedChoice({ id, words, value, options, pick }: Props) {
  return (
    <label class="named-choice" for={id}>
      <span class="unit">{words}</span>
      <select
        id={id}
        data-testid={id}
        value={value}
        onChangeCapture={(event) => pick(event.currentTarget.value)}
      >
        {options.map(([key, name]) => (
          <option key={key} value={key}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

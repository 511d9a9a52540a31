/** A list of parameters with what is typed for each: swept ones with their values, fixed ones with one. */
import { useId, type ReactNode } from 'react';
import type { ParamSchema } from '../../protocol/params.ts';

export interface ParameterRow {
  readonly name: string;
  readonly text: string;
}

interface Props {
  readonly title: string;
  /** What is typed: `Value` or `Values`. */
  readonly word: string;
  readonly help: string;
  readonly schema: ParamSchema;
  readonly rows: readonly ParameterRow[];
  readonly most: number;
  /** The parameter that something is wrong with, and what is. */
  readonly wrong: string | undefined;
  readonly said: ReactNode;
  readonly change: (rows: readonly ParameterRow[]) => void;
}

export function ParameterRows({ title, word, help, schema, rows, most, wrong, said, change }: Props) {
  const id = useId();
  const taken = new Set(rows.map((row) => row.name));
  const free = Object.keys(schema).filter((name) => !taken.has(name));
  const put = (at: number, row: ParameterRow) => change(rows.map((old, i) => (i === at ? row : old)));
  return (
    <fieldset className="sweep-rows" aria-describedby={id}>
      <legend>{title}</legend>
      {rows.length < most && (
        <button type="button" className="small sweep-add" onClick={() => change([...rows, { name: '', text: '' }])}>
          Add a parameter
        </button>
      )}
      {rows.map((row, at) => (
        <div key={row.name || at} className="sweep-row">
          <select
            className="field"
            aria-label={`${title} parameter ${at + 1}`}
            title={row.name}
            value={row.name}
            onChange={({ target }) => put(at, { name: target.value, text: textOf(schema, target.value) })}
          >
            {[row.name, ...free].map((name) => (
              <option key={name} value={name}>
                {name === '' ? 'choose…' : name}
              </option>
            ))}
          </select>
          <input
            className="field mono"
            aria-invalid={row.name !== '' && row.name === wrong}
            aria-label={`${word} of ${row.name || 'the parameter'}`}
            title={schema[row.name]?.help}
            value={row.text}
            onChange={({ target }) => put(at, { ...row, text: target.value })}
          />
          <button
            type="button"
            className="plain"
            aria-label={`Remove ${row.name || 'this parameter'}`}
            onClick={() => change(rows.filter((_, i) => i !== at))}
          >
            ×
          </button>
          {row.name !== '' && row.name === wrong && said}
        </div>
      ))}
      <p id={id} className="muted">
        {help}
      </p>
    </fieldset>
  );
}

const textOf = (schema: ParamSchema, name: string): string => String(schema[name]?.default ?? '');

/** The group: how many people on how many servers say how much, and with which algorithm they gossip. */
import { useId, useState } from 'react';
import type { Param, ParamSchema } from '../../protocol/params.ts';
import { useController } from '../client/context.ts';
import { useView } from '../state/store.ts';
import { startWays, useWays } from './waysStore.ts';

interface Props {
  readonly schema: ParamSchema;
  readonly started: () => void;
  readonly back: (() => void) | undefined;
}

/** These are what is compared. */
const COMPARED = new Set(['way', 'fault']);
const OWN_SEED = '42';

export function WaysForm({ schema, started, back }: Props) {
  const controller = useController();
  const before = useView((s) => s.ways);
  const problem = useWays((s) => s.problem);
  const fields = Object.entries(schema).filter(([name]) => !COMPARED.has(name));
  const [values, setValues] = useState<Readonly<Record<string, string>>>(() =>
    Object.fromEntries(fields.map(([name, param]) => [name, String(before?.params[name] ?? param.default)])),
  );
  const [seed, setSeed] = useState(before?.seed ?? OWN_SEED);
  const [busy, setBusy] = useState(false);
  const start = async () => {
    setBusy(true);
    const changed = fields
      .filter(([name, param]) => values[name] !== String(param.default))
      .map(([name]) => [name, values[name]!] as const);
    if (await startWays(controller, { seed, params: Object.fromEntries(changed) })) started();
    setBusy(false);
  };
  const wrong = problem && fields.find(([name]) => problem.message.includes(`\`${name}\``))?.[0];
  return (
    <form
      className="ways-form"
      aria-label="Ways"
      onSubmit={(event) => {
        event.preventDefault();
        void start();
      }}
    >
      <p className="lab-words">
        The same people over the same servers say the same at the same time: through one room, through rooms that federate, and by gossip.
        Each way runs once undisturbed and once under each fault.
      </p>
      <div className="ways-fields">
        {fields.map(([name, param]) => (
          <Field
            key={name}
            label={param.label ?? name}
            param={param}
            value={values[name] ?? ''}
            wrong={wrong === name}
            change={(value) => setValues({ ...values, [name]: value })}
          />
        ))}
        <label className="ways-field">
          <span>Seed</span>
          <input className="field" aria-label="Seed of the group" value={seed} onChange={({ target }) => setSeed(target.value)} />
        </label>
      </div>
      {problem && (
        <p role="alert" className="wrong">
          {problem.message} {problem.hint}
        </p>
      )}
      <div className="ways-buttons">
        <button type="submit" className="button primary" disabled={busy}>
          Compare the ways
        </button>
        {back && (
          <button type="button" className="button" onClick={back}>
            Back to results
          </button>
        )}
      </div>
    </form>
  );
}

interface FieldProps {
  readonly label: string;
  readonly param: Param;
  readonly value: string;
  readonly wrong: boolean;
  readonly change: (value: string) => void;
}

function Field({ label, param, value, wrong, change }: FieldProps) {
  const id = useId();
  const shown = param.unit === undefined ? label : `${label} (${param.unit})`;
  const common = { id, className: 'field', value, title: param.help, 'aria-invalid': wrong };
  return (
    <label className="ways-field" htmlFor={id}>
      <span>{shown}</span>
      {param.type === 'choice' ? (
        <select {...common} onChange={({ target }) => change(target.value)}>
          {param.options.map((option) => (
            <option key={option}>{option}</option>
          ))}
        </select>
      ) : (
        <input {...common} inputMode="decimal" onChange={({ target }) => change(target.value)} />
      )}
    </label>
  );
}

/** A form's fields, by their kind; what is wrong stands at the field. */
import { useId, useState, type KeyboardEvent, type ReactNode } from 'react';
import type { ActionField } from '../../protocol/actions.ts';
import { Combobox, MANY } from '../shared/Combobox.tsx';

interface Props {
  readonly field: ActionField;
  readonly values: readonly string[];
  readonly fault: string | undefined;
  readonly change: (values: readonly string[]) => void;
}

/** Where Enter is a line break, Ctrl+Enter sends. */
export function submitting(event: KeyboardEvent<HTMLTextAreaElement>): void {
  if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  event.currentTarget.form?.requestSubmit();
}

/** What ties a control to its words. */
interface Tied {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': boolean;
  readonly 'aria-required': boolean;
}

export function FieldView(props: Props) {
  const { field, fault } = props;
  const [id, words] = [useId(), useId()];
  if (field.kind === 'words') return <p className="act-words">{field.label}</p>;
  const said = fault ?? field.help;
  const tied: Tied = {
    id,
    'aria-describedby': said === undefined ? undefined : words,
    'aria-invalid': fault !== undefined,
    'aria-required': field.required === true,
  };
  const below = said !== undefined && (
    <small id={words} className={fault === undefined ? 'muted' : 'act-fault'} role={fault === undefined ? undefined : 'alert'}>
      {said}
    </small>
  );
  if (field.kind === 'choices') return <Choices {...props} said={below} />;
  return (
    <div className={`act-field is-${field.kind}`}>
      <label htmlFor={id}>{field.label}</label>
      <Control {...props} tied={tied} />
      {below}
    </div>
  );
}

const isXml = ({ name }: ActionField): boolean => name === 'payload';

function Control({ field, values, change, tied }: Props & { readonly tied: Tied }) {
  const value = values[0] ?? '';
  switch (field.kind) {
    case 'switch':
      return (
        <input
          {...tied}
          type="checkbox"
          role="switch"
          aria-checked={value === '1'}
          checked={value === '1'}
          onChange={({ target }) => change([target.checked ? '1' : '0'])}
        />
      );
    case 'paragraph':
      return (
        <textarea
          onKeyDown={submitting}
          {...tied}
          className={isXml(field) ? 'field mono' : 'field'}
          rows={isXml(field) ? 4 : 2}
          value={value}
          onChange={({ target }) => change([target.value])}
        />
      );
    case 'lines':
      return (
        <textarea
          onKeyDown={submitting}
          {...tied}
          className="field mono"
          rows={Math.min(6, Math.max(2, values.length + 1))}
          value={values.join('\n')}
          onChange={({ target }) => change(target.value === '' ? [] : target.value.split('\n'))}
        />
      );
    case 'choice':
      if (isMany(field)) return <Finding field={field} value={value} change={change} tied={tied} free={false} />;
      return <Select field={field} value={value} change={change} tied={tied} />;
    case 'open':
      if (isMany(field)) return <Finding field={field} value={value} change={change} tied={tied} free />;
      return <Open field={field} values={values} change={change} tied={tied} />;
    default:
      return (
        <input
          {...tied}
          className="field"
          type={field.kind === 'password' ? 'password' : 'text'}
          inputMode={field.kind === 'number' ? 'numeric' : undefined}
          autoComplete="off"
          spellCheck={false}
          value={value}
          onChange={({ target }) => change([target.value])}
        />
      );
  }
}

/** A few are read through; many are looked for. */
const isMany = (field: ActionField): boolean => (field.options?.length ?? 0) > MANY;

type SelectProps = Pick<Props, 'field' | 'change'> & { readonly value: string; readonly tied: Tied; readonly other?: string };

function Select({ field, value, change, tied, other }: SelectProps) {
  const options = field.options ?? NO_OPTIONS;
  return (
    <select {...tied} className="field" value={value} onChange={({ target }) => change([target.value])}>
      {other === undefined && !options.some((o) => o.value === value) && (
        <option value={value}>{value === '' ? 'nothing chosen' : value}</option>
      )}
      {options.map((o) => (
        <option key={o.value} value={o.value} disabled={o.refused !== undefined}>
          {o.refused === undefined ? o.label : `${o.label}: ${o.refused}`}
        </option>
      ))}
      {other !== undefined && <option value={other}>another one…</option>}
    </select>
  );
}

function Finding({ field, value, change, tied, free }: SelectProps & { readonly free: boolean }) {
  return (
    <Combobox
      {...tied}
      label={`${field.label}: what can be chosen`}
      value={value}
      options={field.options ?? NO_OPTIONS}
      free={free}
      onChange={(chosen) => change([chosen])}
    />
  );
}

const NO_OPTIONS: NonNullable<ActionField['options']> = [];
const OTHER = '\u0000other';

/** One of the suggestions, or whatever is typed. */
function Open({ field, values, change, tied }: Pick<Props, 'field' | 'values' | 'change'> & { readonly tied: Tied }) {
  const { options = NO_OPTIONS, label } = field;
  const value = values[0] ?? '';
  const [typing, setTyping] = useState(false);
  const free = typing || !options.some((o) => o.value === value);
  const input = (
    <input
      {...(options.length === 0 ? tied : { 'aria-label': `${label}: another one`, 'aria-invalid': tied['aria-invalid'] })}
      className="field"
      autoComplete="off"
      spellCheck={false}
      value={value}
      onChange={({ target }) => change([target.value])}
    />
  );
  if (options.length === 0) return input;
  return (
    <>
      <Select
        field={field}
        value={free ? OTHER : value}
        other={OTHER}
        tied={tied}
        change={([chosen = '']) => {
          setTyping(chosen === OTHER);
          if (chosen !== OTHER) change([chosen]);
        }}
      />
      {free && input}
    </>
  );
}

function Choices({ field, values, change, said }: Props & { readonly said: ReactNode }) {
  return (
    <fieldset className="act-field act-choices">
      <legend>{field.label}</legend>
      {(field.options ?? []).map((o) => (
        <label key={o.value}>
          <input
            type="checkbox"
            checked={values.includes(o.value)}
            onChange={({ target }) => change(target.checked ? [...values, o.value] : values.filter((v) => v !== o.value))}
          />
          {o.label}
        </label>
      ))}
      {said}
    </fieldset>
  );
}

/** A form made from the scene's parameter schema. A change opens the scene anew with it, from the beginning. */
import { useEffect, useId, useRef, useState } from 'react';
import type { Problem } from '../../base/result.ts';
import type { Param, ParamSchema, ParamValue, ParamValues } from '../../protocol/params.ts';
import { useController } from '../client/context.ts';
import { Icon } from '../shared/icons.tsx';
import { useView, type OpenScene } from '../state/store.ts';

/** Typing and dragging settle for this long before the scene is opened anew. */
const SETTLE_MS = 350;

export interface Edits {
  /** Typed or dragged, and not opened yet. */
  readonly edited: ParamValues;
  readonly refused: { readonly name: string; readonly problem: Problem } | null;
  readonly change: (name: string, value: ParamValue, wait: number) => void;
}

/** One for all groups of a scene, so that changes in two of them are opened together. */
export function useEdits(scene: OpenScene): Edits {
  const controller = useController();
  const [kept, setKept] = useState<{ readonly run: number; readonly edited: ParamValues; readonly refused: Edits['refused'] }>(NONE);
  const { edited, refused } = kept.run === scene.run ? kept : NONE;
  const timer = useRef(0);
  useEffect(() => () => clearTimeout(timer.current), []);
  const change: Edits['change'] = (name, value, wait) => {
    const next = { ...edited, [name]: value };
    setKept({ run: scene.run, edited: next, refused: null });
    clearTimeout(timer.current);
    timer.current = setTimeout(async () => {
      // Opened anew meanwhile: these were changes of another scene.
      if (useView.getState().scene?.run !== scene.run) return;
      const problem = await controller.setParams(next);
      // What was typed stays, to be mended; the scene on show is still the one before.
      if (problem) setKept({ run: scene.run, edited: next, refused: { name, problem } });
    }, wait) as unknown as number;
  };
  return { edited, refused, change };
}
const NONE = { run: 0, edited: {}, refused: null } as const;

interface Props {
  readonly params: ParamSchema;
  readonly scene: OpenScene;
  /** What the person has set so far: only that can be taken back. */
  readonly asked: ParamValues | undefined;
  readonly edits: Edits;
  readonly label?: (name: string, param: Param) => string;
}

const ownLabel = (name: string, param: Param): string => param.label ?? name;

export function Parameters({ params, scene, asked, edits, label = ownLabel }: Props) {
  const controller = useController();
  const { edited, refused, change } = edits;
  const entries = Object.entries(params);
  if (entries.length === 0) return null;
  return (
    <div className="parameters">
      {entries.map(([name, param]) => (
        <Parameter
          key={name}
          label={label(name, param)}
          param={param}
          value={edited[name] ?? scene.values[name] ?? param.default}
          problem={refused?.name === name ? refused.problem : null}
          change={(value, wait = SETTLE_MS) => change(name, value, wait)}
          reset={asked && Object.hasOwn(asked, name) ? () => void controller.resetParam(name) : undefined}
        />
      ))}
    </div>
  );
}

interface ParameterProps {
  readonly label: string;
  readonly param: Param;
  readonly value: ParamValue;
  readonly problem: Problem | null;
  readonly change: (value: ParamValue, wait?: number) => void;
  /** Absent: nothing to take back. */
  readonly reset: (() => void) | undefined;
}

/** A label, its control, what it means for those who point at it or hear it, and what is wrong with it. */
function Parameter({ label, param, value, problem, change, reset }: ParameterProps) {
  const help = useId();
  return (
    <div className={reset ? 'parameter-place changed' : 'parameter-place'} title={param.help}>
      {reset && (
        <button type="button" className="parameter-reset" aria-label={`Reset ${label}`} title={`Reset ${label}`} onClick={reset}>
          <Icon name="replay" />
        </button>
      )}
      <Control label={label} help={help} param={param} value={value} change={change} />
      <span id={help} className="sr-only">
        {param.help}
      </span>
      {problem && (
        <small role="alert" className="wrong">
          {problem.message} {problem.hint}
        </small>
      )}
    </div>
  );
}

interface ControlProps {
  readonly label: string;
  /** Id of the words that explain it. */
  readonly help: string;
  readonly param: Param;
  readonly value: ParamValue;
  readonly change: (value: ParamValue, wait?: number) => void;
}

function Control({ label, help, param, value, change }: ControlProps) {
  switch (param.type) {
    case 'int':
    case 'number':
      return <NumberParameter label={label} help={help} param={param} value={Number(value)} change={change} />;
    case 'choice':
      return (
        <label className="parameter">
          <span>{label}</span>
          <select className="field" aria-describedby={help} value={String(value)} onChange={({ target }) => change(target.value, 0)}>
            {param.options.map((option) => (
              <option key={option}>{option}</option>
            ))}
          </select>
        </label>
      );
    case 'flag':
      return (
        <label className="parameter">
          <span>{label}</span>
          <input type="checkbox" aria-describedby={help} checked={value === true} onChange={({ target }) => change(target.checked, 0)} />
        </label>
      );
    case 'text':
      return (
        <label className={String(param.default).length > 10 ? 'parameter parameter-wide' : 'parameter'}>
          <span>{label}</span>
          <input className="field mono" aria-describedby={help} value={String(value)} onChange={({ target }) => change(target.value)} />
        </label>
      );
  }
}

interface NumberProps {
  readonly label: string;
  readonly help: string;
  readonly param: Extract<Param, { type: 'int' | 'number' }>;
  readonly value: number;
  readonly change: (value: ParamValue) => void;
}

const STEPS = 200;

/** A slider for the feel and a field for the figure. Wide ranges are logarithmic, as the first tenth matters most. */
function NumberParameter({ label, help, param, value, change }: NumberProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const { min, max, unit } = param;
  const logarithmic = max - min > 100;
  const span = max - min;
  const toPart = (v: number) => (logarithmic ? Math.log1p(v - min) / Math.log1p(span) : (v - min) / span);
  const toValue = (part: number) => {
    const v = min + (logarithmic ? Math.expm1(part * Math.log1p(span)) : part * span);
    return param.type === 'int' ? Math.round(v) : Math.round(v * 100) / 100;
  };
  const part = Math.min(1, Math.max(0, toPart(value)));
  const number = typed === null || typed.trim() === '' ? NaN : Number(typed);
  const wrong = typed !== null && !(number >= min && number <= max && (param.type === 'number' || Number.isInteger(number)));
  const limits = `${param.type === 'int' ? 'A whole number' : 'A number'} from ${min.toLocaleString('en')} to ${max.toLocaleString('en')}`;
  return (
    <div className="parameter parameter-number">
      <span>{label}</span>
      <span className="parameter-value">
        <input
          className="plain-field mono"
          aria-label={`${label}${unit ? ` in ${unit}` : ''}`}
          aria-invalid={wrong}
          aria-describedby={help}
          title={`${param.help}. ${limits}.`}
          inputMode="decimal"
          value={typed ?? String(value)}
          size={Math.max(2, (typed ?? String(value)).length)}
          onChange={({ target }) => {
            setTyped(target.value);
            const next = target.value.trim() === '' ? NaN : Number(target.value);
            if (next >= min && next <= max && (param.type === 'number' || Number.isInteger(next))) change(next);
          }}
          onBlur={() => setTyped(null)}
        />
        {unit && <span className="muted">{unit}</span>}
      </span>
      <input
        type="range"
        aria-label={`${label} slider`}
        aria-valuetext={`${value}${unit ? ` ${unit}` : ''}`}
        min={0}
        max={STEPS}
        step={1}
        value={Math.round(part * STEPS)}
        style={{ ['--part' as string]: `${part * 100}%` }}
        onChange={({ target }) => {
          setTyped(null);
          change(toValue(Number(target.value) / STEPS));
        }}
      />
      {wrong && <small className="wrong">{limits}.</small>}
    </div>
  );
}

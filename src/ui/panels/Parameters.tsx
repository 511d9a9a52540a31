/** A form made from the scene's parameter schema. A change opens the scene anew with it, from the beginning. */
import { useEffect, useRef, useState } from 'react';
import type { Param, ParamValue } from '../../protocol/params.ts';
import { useController } from '../client/context.ts';
import type { OpenScene } from '../state/store.ts';

/** Typing and dragging settle for this long before the scene is opened anew. */
const SETTLE_MS = 350;

export function Parameters({ scene }: { readonly scene: OpenScene }) {
  const controller = useController();
  const [edited, setEdited] = useState<Readonly<Record<string, ParamValue>>>({});
  const timer = useRef(0);
  useEffect(() => () => clearTimeout(timer.current), []);
  const change = (name: string, value: ParamValue, wait: number) => {
    const next = { ...edited, [name]: value };
    setEdited(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(async () => {
      const opened = await controller.setParams(next);
      if (!opened) setEdited({});
    }, wait) as unknown as number;
  };
  return (
    <div className="parameters">
      {Object.entries(scene.params).map(([name, param]) => (
        <Parameter
          key={name}
          name={name}
          param={param}
          value={edited[name] ?? scene.values[name] ?? param.default}
          change={(value, wait = SETTLE_MS) => change(name, value, wait)}
        />
      ))}
    </div>
  );
}

interface ParameterProps {
  readonly name: string;
  readonly param: Param;
  readonly value: ParamValue;
  readonly change: (value: ParamValue, wait?: number) => void;
}

function Parameter({ name, param, value, change }: ParameterProps) {
  const label = param.label ?? name;
  const help = param.help;
  switch (param.type) {
    case 'int':
    case 'number':
      return <NumberParameter label={label} param={param} value={Number(value)} change={change} />;
    case 'choice':
      return (
        <label className="parameter" title={help}>
          <span>{label}</span>
          <select className="field" value={String(value)} onChange={({ target }) => change(target.value, 0)}>
            {param.options.map((option) => (
              <option key={option}>{option}</option>
            ))}
          </select>
        </label>
      );
    case 'flag':
      return (
        <label className="parameter" title={help}>
          <span>{label}</span>
          <input type="checkbox" checked={value === true} onChange={({ target }) => change(target.checked, 0)} />
        </label>
      );
    case 'text':
      return (
        <label className="parameter" title={help}>
          <span>{label}</span>
          <input className="field" value={String(value)} onChange={({ target }) => change(target.value)} />
        </label>
      );
  }
}

interface NumberProps {
  readonly label: string;
  readonly param: Extract<Param, { type: 'int' | 'number' }>;
  readonly value: number;
  readonly change: (value: ParamValue) => void;
}

const STEPS = 200;

/** A slider for the feel and a field for the figure. Wide ranges are logarithmic, as the first tenth matters most. */
function NumberParameter({ label, param, value, change }: NumberProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const { min, max, unit, help } = param;
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
    <div className="parameter parameter-number" title={`${help}. ${limits}.`}>
      <span>{label}</span>
      <span className="parameter-value">
        <input
          className="plain-field mono"
          aria-label={`${label}${unit ? ` in ${unit}` : ''}`}
          aria-invalid={wrong}
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

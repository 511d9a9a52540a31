/** What of a scene's weather is worth showing, and how it reads in one line. */
import type { Param, ParamValue, ParamValues, ParamSchema } from '../../protocol/params.ts';

/** A parameter without effect while the one that it goes with is at its default. */
export function matters(name: string, params: ParamSchema, values: ParamValues): boolean {
  const lead = params[name]?.with;
  const other = lead === undefined ? undefined : params[lead];
  return lead === undefined || other === undefined || values[lead] !== other.default;
}

/** `maxRounds` → `max rounds`. */
export const labelOf = (name: string, param: Param): string =>
  param.label ?? name.slice(name.indexOf('.') + 1).replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

export function phrase(name: string, param: Param, value: ParamValue): string {
  const label = labelOf(name, param);
  if (param.type === 'flag') return value === true ? label : `no ${label}`;
  if (param.type === 'number' && param.min === 0 && param.max === 1 && typeof value === 'number')
    return `${label} ${Number((100 * value).toPrecision(3))} %`;
  if (param.type === 'int') return `${label} ${Number(value).toLocaleString('en')}`;
  return `${label} ${String(value)}`;
}

/** `loss 10 %, updates 3`: what differs from the defaults. */
export function summaryOf(params: ParamSchema, values: ParamValues): string {
  return Object.entries(params)
    .flatMap(([name, param]) => {
      const value = values[name];
      return value === undefined || value === param.default || !matters(name, params, values) ? [] : [phrase(name, param, value)];
    })
    .join(', ');
}

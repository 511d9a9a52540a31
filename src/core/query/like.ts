/** "Like this": expressions that a thing one points at fulfils, from the narrow to the wide, for hiding, showing and stopping at its like. */
import { printQuery } from '../../base/query/print.ts';
import type { Expr } from '../../base/query/ast.ts';
import type { Target } from '../../protocol/parts.ts';
import type { Alike } from '../../protocol/query.ts';
import { elements } from '../../base/xml/element.ts';
import { KINDS } from '../../protocol/scene.ts';
import { What } from '../kernel/journal.ts';
import type { Source } from './source.ts';

const none = { at: 0, end: 0 };
const word = (name: string): Expr => ({ type: 'word', word: name, ...none });
const is = (field: string, text: string): Expr => ({
  type: 'compare',
  field,
  op: '==',
  value: { type: 'text', text },
  valueAt: 0,
  ...none,
});
const numbered = (ordinal: number): Expr => ({
  type: 'compare',
  field: 'ordinal',
  op: '==',
  value: { type: 'number', value: ordinal, unit: '' },
  valueAt: 0,
  ...none,
});
const both = (left: Expr, right: Expr): Expr => ({ type: 'and', left, right, ...none });
const alike = (title: string, expr: Expr): Alike => ({ title, text: printQuery(expr) });

export function alikeTo(source: Source, target: Target): readonly Alike[] {
  switch (target.type) {
    case 'message':
      return likeMessage(source, target.id);
    case 'event':
      return likeEvent(source, target.ordinal);
    case 'entity':
      return [alike('everything with it', is('entity', nameOf(source, target.index)))];
    case 'link': {
      const { from, to } = source.stage.links;
      return [linkOf(source, from[target.index]!, to[target.index]!)];
    }
  }
}
const nameOf = ({ stage }: Source, entity: number): string => {
  const { name, detail } = stage.entities;
  return name[entity]! + (detail[entity]!.startsWith('/') ? detail[entity]! : '');
};
const linkOf = (source: Source, from: number, to: number): Alike =>
  alike('everything on this link', is('link', `${nameOf(source, from)} -> ${nameOf(source, to)}`));

function likeMessage(source: Source, id: number): readonly Alike[] {
  const { journal, stage } = source;
  const { from, to, kind, rule } = journal.messages;
  const name = KINDS[kind.get(id)]!;
  const [sender, receiver] = [nameOf(source, from.get(id)), nameOf(source, to.get(id))];
  const stanza = journal.stanzas.get(id);
  const type = stanza?.attrs['type'];
  const payload = stanza ? elements(stanza).find(({ ns }) => ns !== stanza.ns)?.ns : undefined;
  const why = journal.ruleName(rule.get(id)) || (stage.ruleOf?.(source.view(id)) ?? '');
  return [
    alike(`every ${name} on this link`, both(word(name), is('link', `${sender} -> ${receiver}`))),
    ...(payload === undefined ? [] : [alike('everything with this content', is('element', payload))]),
    ...(why === '' ? [] : [alike('everything by this rule', is('rule', why))]),
    ...(type === undefined || name === 'result' || name === 'error'
      ? []
      : [alike(`every ${name} of this type`, both(word(name), is('type', type)))]),
    alike(`every ${name}`, word(name)),
    alike('everything with the receiver', is('entity', receiver)),
  ];
}

function likeEvent(source: Source, ordinal: number): readonly Alike[] {
  const { events } = source.journal;
  const what = events.what.get(ordinal - 1);
  const who = nameOf(source, events.entity.get(ordinal - 1));
  const only = alike('this event', numbered(ordinal));
  if (what === What.arrival) return [only, ...likeMessage(source, events.subject.get(ordinal - 1))];
  const name = what === What.timer ? 'timer' : what === What.intervention ? 'intervention' : 'silence';
  const rule = source.journal.ruleName(events.rule.get(ordinal - 1));
  const text = source.summary(ordinal);
  return [
    only,
    what === What.nothing && rule !== ''
      ? alike('every silence by this rule', both(word(name), is('rule', rule)))
      : alike('the same elsewhere', both(word(name), is('what', text))),
    alike(`every ${name} here`, both(word(name), is('entity', who))),
    alike(`every ${name}`, word(name)),
    alike('everything with it', is('entity', who)),
  ];
}

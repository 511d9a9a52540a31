/** Answers `inspect` in view-neutral parts: a stanza, an entity, a link or an event, as of a cursor. */
import { serialize } from '../../base/xml/codec.ts';
import { diffXml } from '../../base/xml/diff.ts';
import type { Element } from '../../base/xml/element.ts';
import { formatXml } from '../../base/xml/format.ts';
import { InputError } from '../../base/result.ts';
import { KINDS, LINK_KINDS, ENTITY_KINDS } from '../../protocol/scene.ts';
import type { Field, Inspection, Part, Target } from '../../protocol/parts.ts';
import { OUTCOME_NAMES, Outcome, What, WHAT_NAMES } from '../kernel/journal.ts';
import { formParts } from '../xmpp/definitions/form.ts';
import { attributeFields } from './attributes.ts';
import { hopsPart } from './hops.ts';
import { entityField, eventField, messageField, ruleNote, silencesAfter, span, time, waitOf } from './inspect-fields.ts';
import type { Run } from './run.ts';
import { logicalTime } from './logical-time.ts';
import { stepChanges } from './step-changes.ts';
import { handledIn, handSummary, messageView } from './views.ts';
import { whyOfEntity, whyOfMessage } from './why.ts';
import { byteFields, typedPart, wirePart } from './wire-parts.ts';

export function inspect(run: Run, target: Target, ordinal: number): Inspection {
  const { stage } = run.world;
  const within = (index: number, count: number, what: string): void => {
    if (!(Number.isInteger(index) && index >= 0 && index < count)) throw new InputError(`there is no ${what} ${index} in this run`);
  };
  switch (target.type) {
    case 'message':
      within(target.id, run.journal.messageCount, 'stanza');
      return stanzaInspection(run, target.id);
    case 'event':
      within(target.ordinal - 1, run.journal.eventCount, 'event after');
      return eventInspection(run, target.ordinal);
    case 'entity': {
      within(target.index, stage.entities.name.length, 'entity');
      const name = stage.entities.name[target.index]! + stage.entities.detail[target.index]!;
      const at = Math.min(ordinal, run.journal.eventCount);
      const own = run.at(at).inspectEntity(target.index);
      const parts = [...stepChanges(run, target.index, at, own), ...own, ...whyOfEntity(run, target.index, at)];
      return { target, title: name, subtitle: ENTITY_KINDS[stage.entities.kind[target.index]!]!, parts };
    }
    case 'link':
      within(target.index, stage.links.from.length, 'link');
      return linkInspection(run, target.index, ordinal);
  }
}

function xmlPart(key: string, title: string | undefined, stanza: Element, ns: string, before?: Element): Part {
  const lines = before ? diffXml(before, stanza, ns) : formatXml(stanza, ns);
  return { type: 'xml', key, title, xml: serialize(stanza, ns), lines };
}

function stanzaInspection(run: Run, id: number): Inspection {
  const { journal, world } = run;
  const { stage } = world;
  const m = journal.messages;
  const view = messageView(run, id);
  const due = journal.dueOf(id);
  const stanza = stage.stanzaOf(view);
  const ns = stage.streamNs(view.link);
  const relays = m.relays.get(id);
  const before = relays >= 0 ? stage.stanzaOf(messageView(run, relays)) : undefined;
  const arrival = journal.arrivalOf(id);
  const [first, end] = arrival > 0 ? journal.sentBy(arrival) : [0, 0];
  const caused = Array.from({ length: end - first }, (_, i) => first + i);
  const rule = journal.ruleName(m.rule.get(id)) || (stage.ruleOf?.(view) ?? '');
  const answered = caused.some((effect) => m.answers.get(effect) === id);
  const acknowledgement = arrival > 0 && !answered && m.outcome.get(id) === Outcome.delivered ? stage.acknowledgement?.(view) : undefined;

  const wire = stage.wireText?.(view);

  const travel: Field[] = [
    entityField(run, 'sender', 'on the link from', view.from),
    entityField(run, 'receiver', 'to', view.to),
    { key: 'sent', label: 'sent', value: time(run, m.sent.get(id)), mono: true },
    { key: 'due', label: 'arrives', value: `${time(run, due)} (after ${span(run, due - m.sent.get(id))})`, mono: true },
    { key: 'outcome', label: 'outcome', value: OUTCOME_NAMES[m.outcome.get(id)]! },
    ...byteFields(stanza, ns, m.bytes.get(id), wire),
    { key: 'stream', label: 'stream', value: ns, mono: true },
  ];
  const causes: Field[] = [eventField(run, 'cause', 'caused by', m.trigger.get(id))];
  if (relays >= 0) causes.push(messageField(run, 'relays', 'carries on', relays));
  if (m.answers.get(id) >= 0) causes.push(messageField(run, 'answers', 'answers', m.answers.get(id)));
  if (arrival > 0) causes.push(eventField(run, 'arrival', 'arrives in', arrival));
  caused.slice(0, 40).forEach((effect) => causes.push(messageField(run, `effect-${effect - first}`, 'causes', effect)));
  if (caused.length > 40) causes.push({ key: 'more', label: 'causes', value: `${caused.length - 40} more` });

  const parts: Part[] = [
    wire === undefined
      ? xmlPart('xml', before ? 'Compared with what came in' : undefined, stanza, ns, before)
      : wirePart('xml', stanza, ns, wire),
  ];
  parts.push(...ruleNote(run, 'rule', rule));
  if (wire === undefined) parts.push({ type: 'fields', key: 'attributes', title: 'In words', fields: attributeFields(stanza) });
  if (world.scenario.model === 'xmpp' && wire !== '') parts.push(...formParts(stanza, ns));
  parts.push({ type: 'fields', key: 'causes', title: 'Cause and effect', fields: causes });
  parts.push(...hopsPart(run, id));
  parts.push({ type: 'fields', key: 'travel', title: 'On the way', fields: travel });
  const wait = waitOf(run, id);
  if (wait) parts.push(...ruleNote(run, 'wait', wait.rule, wait.ordinal));
  silencesAfter(run, arrival).forEach(({ ordinal, rule }, i) => parts.push(...ruleNote(run, `silence-${i}`, rule, ordinal)));
  parts.push(...whyOfMessage(run, id, caused.length));
  if (acknowledgement) {
    parts.push(xmlPart('acknowledgement', 'Its empty acknowledgement', acknowledgement, ns));
    const text =
      'An iq of type set must be answered. This answer carries nothing, so it is the transport’s: it is neither scheduled nor counted.';
    parts.push({ type: 'note', key: 'acknowledgement-note', text, source: 'RFC 6120 §8.2.3' });
  }
  return { target: { type: 'message', id }, title: stage.summary(view), subtitle: `${KINDS[view.kind]} · stanza ${id}`, parts };
}

function eventInspection(run: Run, ordinal: number): Inspection {
  const { journal, world } = run;
  const e = journal.events;
  const row = ordinal - 1;
  const what = e.what.get(row);
  const subject = e.subject.get(row);
  const entity = e.entity.get(row);
  const fields: Field[] = [
    entityField(run, 'entity', 'at', entity),
    { key: 'time', label: 'time', value: time(run, e.tick.get(row)), mono: true },
    { key: 'round', label: world.stage.roundName, value: String(e.round.get(row)), mono: true },
  ];
  const aboutMessage = (what === What.arrival || what === What.nothing || what === What.intervention) && subject >= 0;
  if (aboutMessage) fields.push(messageField(run, 'stanza', 'stanza', subject));
  const [first, end] = journal.sentBy(ordinal);
  const rows = Array.from({ length: end - first }, (_, i) => {
    const field = messageField(run, String(i), '', first + i);
    return { key: String(i), cells: [{ text: field.value, link: field.link }] };
  });
  const parts: Part[] = [{ type: 'fields', key: 'event', fields }, ...ruleNote(run, 'rule', journal.ruleName(e.rule.get(row)))];
  const byHand = what === What.intervention ? handledIn(run, ordinal) : undefined;
  if (byHand?.act?.type === 'inject') parts.push(typedPart('typed', byHand.act.text), ...ruleNote(run, 'typed-rule', 'console/typed'));
  if (byHand?.act?.type === 'edit') parts.push(typedPart('typed', byHand.act.xml));
  if (byHand && byHand.message >= 0 && subject < 0) fields.push(messageField(run, 'stanza', 'stanza', byHand.message));
  if (what !== What.nothing) {
    silencesAfter(run, ordinal).forEach(({ rule }, i) => parts.push(...ruleNote(run, `silence-${i}`, rule)));
    parts.push({ type: 'table', key: 'sent', title: 'Sent by its handler', columns: ['stanza'], rows, empty: 'Nothing was sent.' });
  }
  parts.push(...logicalTime(run, ordinal));
  const title =
    what === What.timer
      ? world.stage.timerSummary(entity, subject)
      : what === What.intervention
        ? handSummary(run, ordinal)
        : `Event ${ordinal}`;
  return {
    target: { type: 'event', ordinal },
    title,
    subtitle: `${what === What.nothing ? 'nothing happened' : WHAT_NAMES[what]} · event ${ordinal}`,
    parts,
  };
}

function linkInspection(run: Run, index: number, ordinal: number): Inspection {
  const { links, entities } = run.world.stage;
  const [from, to] = [links.from[index]!, links.to[index]!];
  const fields: Field[] = [
    entityField(run, 'from', 'from', from),
    entityField(run, 'to', 'to', to),
    { key: 'kind', label: 'kind', value: LINK_KINDS[links.kind[index]!]! },
    { key: 'latency', label: 'latency', value: span(run, links.latency[index]!), mono: true },
  ];
  const more = run.at(Math.min(ordinal, run.journal.eventCount)).inspectLink(index);
  const title = `${entities.name[from]} → ${entities.name[to]}`;
  return { target: { type: 'link', index }, title, subtitle: 'link', parts: [{ type: 'fields', key: 'ends', fields }, ...more] };
}

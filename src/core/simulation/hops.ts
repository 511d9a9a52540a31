/** The way of a stanza as a list: each hop from what began it, with its delay, and in → out as a difference of XML. */
import { diffXml } from '../../base/xml/diff.ts';
import { formatXml } from '../../base/xml/format.ts';
import type { Hop, Part } from '../../protocol/parts.ts';
import { OUTCOME_NAMES } from '../kernel/journal.ts';
import { orderOf, threadsIfReady } from './causes.ts';
import { span, time } from './inspect-fields.ts';
import type { Run } from './run.ts';
import { messageView } from './views.ts';

const MOST = 30;

/** Nothing for a stanza that has come no way. */
export function hopsPart(run: Run, id: number): Part[] {
  const threads = threadsIfReady(run);
  if (!threads) return [];
  const way: number[] = [];
  for (let at = id; at >= 0; at = threads.parentOf(at)) way.push(at);
  way.reverse();
  // And on, as long as it is carried on to one place only.
  for (let at: number | undefined = id; at !== undefined;) {
    const carried: readonly number[] = threads.childrenOf(at).filter((child) => run.journal.messages.relays.get(child) === at);
    at = carried.length === 1 ? carried[0] : undefined;
    if (at !== undefined) way.push(at);
  }
  if (way.length < 2) return [];
  const place = way.indexOf(id);
  const first = Math.max(0, Math.min(place - MOST / 2, way.length - MOST));
  const shown = way.slice(first, first + MOST);
  const left = way.length - shown.length;
  const title = left > 0 ? `Hop by hop (${shown.length} of ${way.length})` : 'Hop by hop';
  return [{ type: 'hops', key: 'hops', title, hops: shown.map((at, i) => hop(run, at, way[first + i - 1], at === id)) }];
}

/** Tick at which it arrived, or is to arrive. */
function endOf(run: Run, id: number): number {
  const end = orderOf(run).endOf(id);
  return end > 0 ? run.journal.tickOf(end) : run.journal.dueOf(id);
}

function hop(run: Run, id: number, before: number | undefined, here: boolean): Hop {
  const { stage } = run.world;
  const { messages } = run.journal;
  const view = messageView(run, id);
  const stanza = stage.stanzaOf(view);
  const ns = stage.streamNs(view.link);
  const compared = before !== undefined && messages.relays.get(id) === before;
  const name = (entity: number): string => stage.entities.name[entity]!;
  const [sent, due] = [messages.sent.get(id), endOf(run, id)];
  const waited = before === undefined ? 0 : sent - endOf(run, before);
  const words = [
    `sent at ${time(run, sent)}`,
    waited > 0 ? `after it had waited ${span(run, waited)} there` : '',
    `${span(run, due - sent)} on the way`,
    OUTCOME_NAMES[messages.outcome.get(id)]!,
  ];
  return {
    key: String(id),
    title: `${name(view.from)} → ${name(view.to)}`,
    link: { type: 'message', id },
    here,
    detail: words.filter((word) => word !== '').join(', '),
    compared,
    lines: compared ? diffXml(stage.stanzaOf(messageView(run, before)), stanza, ns) : formatXml(stanza, ns),
  };
}

/** A run as lines of JSON: `--stanzas` and `--journal` of the command line (shared contract, "Journal" and "Files"). */
import { serialize } from '../../base/xml/codec.ts';
import type { JournalPart, JournalPartArgs } from '../../protocol/journal-file.ts';
import { KINDS } from '../../protocol/scene.ts';
import { OUTCOME_NAMES, What, WHAT_NAMES } from '../kernel/journal.ts';
import { formatOf } from '../topology/formats/index.ts';
import { scenarios } from '../../scenarios/index.ts';
import type { Run } from './run.ts';
import { graphFileOf } from './scenario.ts';
import { messageView } from './views.ts';
import type { World } from './world.ts';

/** Events in one piece of a journal. */
const PART = 4096;

/** Every stanza of the run, implied acknowledgements included, in the order of the rows. */
export function* stanzaLines(run: Run): Generator<string> {
  const { journal, world } = run;
  const { stage } = world;
  const { jid } = stage.entities;
  const answered = new Uint8Array(journal.messageCount);
  for (let id = 0; id < journal.messageCount; id++) {
    const request = journal.messages.answers.get(id);
    if (request >= 0) answered[request] = 1;
  }
  for (let id = 0; id < journal.messageCount; id++) {
    const view = messageView(run, id);
    // What negotiates a stream is no stanza.
    if (KINDS[view.kind] === 'stream') continue;
    const ns = stage.streamNs(view.link);
    const line = {
      xml: serialize(stage.stanzaOf(view)),
      ns,
      tick: journal.messages.sent.get(id),
      from: jid[view.from]!,
      to: jid[view.to]!,
    };
    yield JSON.stringify(line);
    const empty = answered[id] === 1 ? undefined : stage.acknowledgement?.(view);
    if (empty) yield JSON.stringify({ xml: serialize(empty), ns, tick: journal.messages.due.get(id), from: line.to, to: line.from });
  }
}

/** Head, then one object per message or event: each message behind the event that sent it. @param from first event; 0: with the head @param to last one */
export function* journalLines(run: Run, from = 0, to = run.journal.eventCount): Generator<string> {
  if (from === 0) yield headLine(run);
  for (let ordinal = from; ordinal <= to; ordinal++) {
    if (ordinal > 0) yield JSON.stringify(eventObject(run, ordinal));
    const [first, end] = run.journal.sentBy(ordinal);
    for (let id = first; id < end; id++) yield JSON.stringify(messageObject(run, id));
  }
}

/** Some of it, for a page that saves it piece by piece. */
export function journalPart(run: Run, { from, to }: JournalPartArgs): JournalPart {
  const last = Math.min(to, from + PART - 1, run.journal.eventCount);
  return { text: [...journalLines(run, from, last), ''].join('\n'), next: last + 1 };
}

function headLine(run: Run): string {
  const { world } = run;
  const head = {
    format: 'stanzascope/journal',
    version: 1,
    scenario: world.scenario,
    seed: world.seed,
    params: world.values,
    interventions: run.interventions,
    ...graphOf(world),
  };
  return JSON.stringify(head);
}

/** The graph that a person brought along, as Cytoscape JSON: nobody else has its file. */
function graphOf({ scenario, graph }: World): { readonly graph?: unknown } {
  const path = graphFileOf(scenario);
  if (!graph || scenarios.some((ours) => graphFileOf(ours) === path)) return {};
  return { graph: JSON.parse(formatOf('cytoscape').write(graph)) };
}

function eventObject(run: Run, ordinal: number): object {
  const e = run.journal.events;
  const row = ordinal - 1;
  const what = e.what.get(row);
  const rule = run.journal.ruleName(e.rule.get(row));
  const subject = e.subject.get(row);
  const place = { event: ordinal, tick: e.tick.get(row), round: e.round.get(row), what: WHAT_NAMES[what], entity: e.entity.get(row) };
  return { ...place, ...(what === What.timer ? { timer: subject } : subject >= 0 ? { message: subject } : {}), ...(rule ? { rule } : {}) };
}

function messageObject(run: Run, id: number): object {
  const m = run.journal.messages;
  const view = messageView(run, id);
  const { stage } = run.world;
  const ends = {
    message: id,
    from: view.from,
    to: view.to,
    link: view.link,
    kind: view.kind,
    code: view.code,
    arguments: [view.a, view.b],
  };
  const times = { bytes: m.bytes.get(id), sent: m.sent.get(id), due: m.due.get(id), outcome: OUTCOME_NAMES[m.outcome.get(id)] };
  const causes = { trigger: m.trigger.get(id), relays: m.relays.get(id), answers: m.answers.get(id) };
  const rule = run.journal.ruleName(m.rule.get(id));
  return { ...ends, ...times, ...causes, ...(rule ? { rule } : {}), xml: stage.wireText?.(view) ?? serialize(stage.stanzaOf(view)) };
}

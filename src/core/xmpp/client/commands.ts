/**
 * Commands, the requester's side: XEP-0050 1.3.0 §2.2, §2.4, §3.4. Lists that were asked for are kept, and so is each run of a command that waits for an answer:
 * its form can be filled in by hand, with the ways to go on that the responder offers. Nothing is sent by itself.
 */
import { child, childText, el, elements, textOf, type Element } from '../../../base/xml/element.ts';
import type { Part } from '../../../protocol/parts.ts';
import { choice, open, option, type ActionView, type Deed, type Deeds } from '../actions/contract.ts';
import type { Context, Module, StanzaEvent } from '../module.ts';
import { COMMANDS } from '../modules/commands/contract.ts';
import { formIn, FORM } from '../modules/muc/forms.ts';
import { NS } from '../namespaces.ts';
import { slice } from '../slice.ts';
import { fieldsOf, submitted, titleOf } from './form-fields.ts';
import { inWords, reportedTable } from './form-results.ts';

interface Listed {
  readonly jid: string;
  readonly commands: readonly { readonly node: string; readonly name: string }[];
}
interface Running {
  readonly jid: string;
  readonly node: string;
  readonly session: string;
  /** What may be done, the default first. */
  readonly onward: readonly string[];
  readonly form: Element | undefined;
  readonly notes: readonly string[];
}
interface Ended extends Pick<Running, 'jid' | 'node' | 'notes' | 'form'> {
  readonly status: string;
}
interface Known {
  readonly lists: readonly Listed[];
  readonly running: readonly Running[];
  /** The latest first. */
  readonly ended: readonly Ended[];
}
const commands = slice<Known>('known-commands', { lists: [], running: [], ended: [] });
const MOST_ENDED = 5;

function listed(context: Context, jid: string, query: Element): void {
  const found = elements(query).map(({ attrs }) => ({ node: attrs['node'] ?? '', name: attrs['name'] ?? attrs['node'] ?? '' }));
  const known = context.get(commands);
  context.set(commands, { ...known, lists: [...known.lists.filter((l) => l.jid !== jid), { jid, commands: found }] });
}

/** §3.4: without <actions/> there is one stage; “execute” is the default, where it names one that is offered. */
function onwardOf(command: Element): readonly string[] {
  const actions = child(command, 'actions');
  if (!actions) return ['complete'];
  const names = elements(actions).map((a) => a.name);
  const usual = actions.attrs['execute'] ?? 'next';
  return names.includes(usual) ? [usual, ...names.filter((n) => n !== usual)] : names;
}

function told(context: Context, jid: string, command: Element): void {
  const { node = '', sessionid: session = '', status = '' } = command.attrs;
  const known = context.get(commands);
  const notes = elements(command)
    .filter((c) => c.name === 'note' && c.ns === COMMANDS)
    .map((n) => `${n.attrs['type'] === undefined || n.attrs['type'] === 'info' ? '' : `${n.attrs['type']}: `}${textOf(n)}`);
  const form = formIn(command) ?? child(command, 'x', FORM);
  const others = known.running.filter((r) => r.jid !== jid || r.session !== session);
  if (status === 'executing')
    context.set(commands, { ...known, running: [{ jid, node, session, onward: onwardOf(command), form, notes }, ...others] });
  else
    context.set(commands, { ...known, running: others, ended: [{ jid, node, status, notes, form }, ...known.ended].slice(0, MOST_ENDED) });
}

function answered(context: Context, { stanza }: StanzaEvent): false {
  const { type, from = '' } = stanza.attrs;
  if (type !== 'result') return false;
  const query = child(stanza, 'query', NS.discoItems);
  const command = child(stanza, 'command', COMMANDS);
  if (query?.attrs['node'] === COMMANDS) listed(context, from, query);
  if (command) told(context, from, command);
  return false;
}

const nameIn = ({ lists }: Known, jid: string, node: string): string =>
  lists.find((l) => l.jid === jid)?.commands.find((c) => c.node === node)?.name ?? node;

function request({ id }: ActionView, to: string, attrs: Readonly<Record<string, string>>, ...content: readonly Element[]): Element {
  return el('iq', NS.client, { type: 'set', id, to }, el('command', COMMANDS, attrs, ...content));
}

const ONWARD: Readonly<Record<string, string>> = { next: 'Go on to the next stage', complete: 'Complete it', execute: 'Carry it out' };
/** No field of a form can be called so: it has a space. */
const GO = 'go on';

function running(view: ActionView, known: Known, run: Running): readonly Deed[] {
  const name = nameIn(known, run.jid, run.node);
  const at = { node: run.node, sessionid: run.session };
  const on = run.onward.filter((a) => a !== 'prev');
  const key = `${run.jid} ${run.session}`;
  const turn = (action: string, title: string, source: string): Deed => ({
    id: `commands/${action}/${key}`,
    title: `${title}: ${name}`,
    source,
    fields: [],
    write: () => request(view, run.jid, { ...at, action }),
  });
  const asked = run.form ? fieldsOf(run.form) : [];
  const instructions = run.form && childText(run.form, 'instructions');
  const fill: Deed = {
    // Another form of the same run is another one to fill in.
    id: `commands/fill/${key}/${run.form ? titleOf(run.form) : ''}`,
    title: `Answer: ${name}${run.form ? `, “${titleOf(run.form)}”` : ''}`,
    source: 'XEP-0050 §2.4.2, §3.4',
    help: [instructions, ...run.notes].filter((words) => words !== undefined).join(' '),
    fields: [
      ...asked,
      choice(
        GO,
        'Then',
        on.map((a) => option(a, ONWARD[a] ?? a)),
      ),
    ],
    write: (form) => request(view, run.jid, { ...at, action: form.text(GO) }, ...(run.form ? [submitted(run.form, form)] : [])),
  };
  return [
    ...(on.length > 0 ? [fill] : []),
    ...(run.onward.includes('prev') ? [turn('prev', 'Back', 'XEP-0050 §2.4.2')] : []),
    turn('cancel', 'Give up', 'XEP-0050 §2.4.3'),
  ];
}

function deeds(view: ActionView): Deeds {
  const known = view.get(commands);
  const hosts = (['server', 'muc'] as const).flatMap((place) => view.services(place).map((s) => option(s.name)));
  const count = known.running.length;
  return {
    key: 'commands',
    title: 'Commands',
    subtitle:
      count === 0
        ? 'what servers, services and bots can be asked to do'
        : count === 1
          ? 'one waits for an answer'
          : `${count} wait for answers`,
    actions: [
      ...known.running.flatMap((run) => running(view, known, run)),
      {
        id: 'commands/list',
        title: 'Ask for commands',
        source: 'XEP-0050 §2.2',
        help: 'The commands in the answer stand here once it has come.',
        fields: [open('to', 'Of whom', [...hosts, ...view.clients.map((jid) => option(jid))], { required: true })],
        write: (form) =>
          el('iq', NS.client, { type: 'get', id: view.id, to: form.jid('to') }, el('query', NS.discoItems, { node: COMMANDS })),
      },
      ...known.lists.flatMap(({ jid, commands: list }) =>
        list.map(({ node, name }): Deed => ({
          id: `commands/execute/${jid} ${node}`,
          title: `${name} (${jid})`,
          source: 'XEP-0050 §2.4.1',
          fields: [],
          write: () => request(view, jid, { node, action: 'execute' }),
        })),
      ),
    ],
  };
}

export const clientCommands: Module = {
  id: 'xep-0050-client',
  title: 'Ad-hoc commands, the requester’s side',
  spec: 'XEP-0050',
  version: '1.3.0',
  places: ['client'],
  rules: {},
  hooks: [{ event: 'iq/client', priority: 20, run: answered }],
  actions: (view) => [deeds(view)],
  inspect({ get }) {
    const known = get(commands);
    const now = known.running.map((r) => [r.session, r, `waits for: ${r.onward.join(', ')}`] as const);
    const past = known.ended.map((e, i) => [`ended ${i}`, e, e.status] as const);
    const rows = [...now, ...past].map(([key, { jid, node, notes, form }, status]) => ({
      key,
      cells: [
        nameIn(known, jid, node),
        jid,
        status,
        [...notes, ...(form ? [form.attrs['type'] === 'form' ? `“${titleOf(form)}”` : inWords(form)] : [])].join(' '),
      ].map((text) => ({ text })),
    }));
    if (rows.length === 0) return [];
    const tables = known.ended.flatMap(({ jid, node, form }, i): readonly Part[] => {
      const table = form && reportedTable(form, `commands/ended ${i}`, `${nameIn(known, jid, node)}, of ${jid}`);
      return table ? [table] : [];
    });
    return [
      { type: 'table', key: 'commands', title: 'Commands', columns: ['Command', 'Of', 'Status', 'What it says'], rows, empty: 'None.' },
      ...tables,
    ];
  },
};

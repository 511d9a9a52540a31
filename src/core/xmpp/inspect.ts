/** Parties and links in view-neutral parts; what a module keeps, the module describes. */
import type { Field, Part } from '../../protocol/parts.ts';
import { LinkKind } from '../../protocol/scene.ts';
import { clientStream, type ClientStream } from './client/stream.ts';
import { CONFLICTS } from './conflicts.ts';
import type { Surroundings } from './context.ts';
import { NS } from './namespaces.ts';
import type { Network, Party } from './network.ts';
import { streams, type Stream } from './server/streams.ts';
import { read, type Root } from './slice.ts';

const PLACES = {
  server: 'XMPP server',
  muc: 'room service',
  mix: 'channel service',
  client: 'client',
  pubsub: 'PubSub service',
  upload: 'file service',
} as const;

export function inspectParty(network: Network, around: Surroundings, root: Root): readonly Part[] {
  const { party, modules } = around;
  const fields: Field[] = [
    { key: 'jid', label: 'Address', value: party.name, mono: true },
    { key: 'place', label: 'Is', value: PLACES[party.place] },
  ];
  if (party.server !== party.index)
    fields.push({
      key: 'server',
      label: 'Server',
      value: nameOf(network, party.server),
      link: { type: 'entity', index: party.server },
      mono: true,
    });
  const parts: Part[] = [{ type: 'fields', key: 'identity', fields }];
  for (const module of modules) parts.push(...(module.inspect?.({ party, get: (slice) => read(root, slice) }) ?? []));
  if (party.place === 'server') parts.push(differences(around.profile));
  parts.splice(1, 0, ...(party.place === 'client' ? ownStream(read(root, clientStream)) : [streamsOf(network, party, root)]));
  return parts;
}

/** Where real servers and the specifications differ, and whom this one follows. */
const differences = (profile: 'prosody' | 'rfc'): Part => ({
  type: 'table',
  key: 'conflicts',
  title: profile === 'prosody' ? 'Follows Prosody, where it differs' : 'Follows the specifications, where Prosody differs',
  columns: ['Source', 'Prosody', 'The specification'],
  rows: CONFLICTS.map((c) => ({ key: c.id, cells: [c.source, c.prosody, c.specification].map((text) => ({ text })) })),
  empty: 'Nowhere.',
});

/** A client's own view of its one stream. */
function ownStream(stream: ClientStream): readonly Part[] {
  const fields: Field[] = [
    { key: 'phase', label: 'Stream', value: PHASES[stream.phase] },
    { key: 'full', label: 'Bound address', value: stream.full || 'none yet', mono: true },
  ];
  if (stream.login) fields.push({ key: 'login', label: 'Logging in', value: `waits for: ${stream.login.stage}` });
  if (stream.secure) fields.push({ key: 'secure', label: 'TLS', value: 'yes' });
  return [{ type: 'fields', key: 'own-stream', fields }];
}
const PHASES = {
  none: 'not connected',
  connected: 'TCP is up',
  open: 'negotiating',
  bound: 'up',
  closed: 'closed',
} as const;

/** What a host keeps of each stream, and what is up without having been negotiated here. */
function streamsOf(network: Network, party: Party, root: Root): Part {
  const { from, to, kind } = network.links;
  const kept = read(root, streams);
  const own = [...from.keys()].filter((i) => from[i] === party.index);
  const lasts = (i: number): boolean => kind[i] !== LinkKind.c2s && (kind[i] === LinkKind.component || party.routes.size === 0);
  const rows = own
    .filter((i) => kept[i] !== undefined || lasts(i))
    .map((i) => {
      const stream = kept[i];
      const facts = stream
        ? [KINDS[stream.kind], stateOf(stream)]
        : [kind[i] === LinkKind.component ? 'inside the server' : 'between servers', 'up from the beginning'];
      const texts = [...facts, stream?.full || stream?.user || stream?.remote || '', stream?.secure === true ? 'TLS' : ''];
      return {
        key: String(i),
        cells: [{ text: nameOf(network, to[i]!), link: { type: 'link' as const, index: i } }, ...texts.map((text) => ({ text }))],
      };
    });
  return { type: 'table', key: 'streams', title: 'Streams', columns: ['With', 'Kind', 'State', 'Who', ''], rows, empty: 'None.' };
}
const KINDS = { c2s: 'from a client', 's2s-in': 'from a server', 's2s-out': 'to a server', component: 'of an external service' } as const;

function stateOf(stream: Stream): string {
  if (stream.phase === 'connecting') return 'TCP is being opened';
  if (stream.phase === 'connected') return 'TCP is up';
  if (stream.phase === 'ended') return 'ended';
  if (stream.kind !== 'c2s') return stream.user === '' ? 'negotiating' : 'up';
  return stream.full !== '' ? 'up' : stream.user === '' ? 'negotiating' : 'authenticated, nothing bound';
}

/** What the general answer does not know of a link: the stream that it belongs to, as its sender sees it. */
export function inspectLink(network: Network, link: number, roots: readonly Root[]): readonly Part[] {
  const isInternal = network.links.kind[link] === LinkKind.component;
  const from = network.links.from[link]!;
  const ns: Field = { key: 'ns', label: 'namespace', value: nsOf(network, link), mono: true };
  if (isInternal) {
    const help = 'The service is part of its server: this is the way inside it.';
    return [{ type: 'fields', key: 'stream', fields: [{ key: 'stream', label: 'stream', value: 'inside the server', help }, ns] }];
  }
  const { reverse, transport } = network.ways[link]!;
  const root = roots[from];
  const stream = root && (read(root, streams)[link] ?? read(roots[network.links.to[link]!] ?? [], streams)[reverse]);
  const negotiated = network.parties[from]!.routes.size > 0 || network.links.kind[link] === LinkKind.c2s;
  const value = stream ? stateOf(stream) : negotiated ? 'not up' : 'up from the beginning';
  const fields: Field[] = [{ key: 'stream', label: 'stream', value }, ns];
  if (stream && stream.id !== '') fields.push({ key: 'id', label: 'stream id', value: stream.id, mono: true });
  if (transport === 'websocket')
    fields.push({ key: 'transport', label: 'carried by', value: 'WebSocket', help: 'RFC 7395: one stanza a frame.' });
  return [{ type: 'fields', key: 'stream', fields }];
}

const nameOf = (network: Network, index: number): string => network.entities.jid[index] ?? '';
const nsOf = (network: Network, link: number): string => (network.links.kind[link] === LinkKind.s2s ? NS.server : NS.client);

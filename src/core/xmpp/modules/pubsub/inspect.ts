/** Nodes for the inspector: how each is configured, who may do what, who is subscribed, what it keeps. */
import { serialize } from '../../../../base/xml/codec.ts';
import type { Part } from '../../../../protocol/parts.ts';
import { FIELDS } from './config.ts';
import type { GroupSeen } from '../../groups.ts';
import { PUBSUB, type Node, type Nodes } from './model.ts';

const rowsOf = (list: readonly (readonly [string, string])[]) => list.map(([key, text]) => ({ key, cells: [{ text: key }, { text }] }));

/** Every node of a service, with its subscribers. */
export const nodeGroups = (address: string, nodes: Nodes): readonly GroupSeen[] =>
  Object.values(nodes).map((node) => ({
    kind: 'node',
    address,
    node: node.name,
    title: node.name,
    words: `node ${node.name} of ${address}, ${counted(Object.keys(node.subscribers).length, 'subscriber')}`,
    part: `subscribers//${node.name}`,
    members: Object.entries(node.subscribers).map(([jid, { pending }]) => ({
      address: jid,
      name: jid,
      ...standing(node, jid, pending === true),
    })),
  }));

function standing(node: Node, jid: string, waits: boolean): Pick<GroupSeen['members'][number], 'mark' | 'words'> {
  const affiliation = node.affiliations[jid.split('/', 1)[0] ?? ''] ?? 'none';
  if (waits) return { mark: 'waits', words: 'waits for an owner’s yes' };
  const publishes = affiliation === 'owner' || affiliation === 'publisher';
  return { mark: publishes ? 'high' : 'plain', words: affiliation === 'none' ? 'subscribed' : `subscribed, ${affiliation}` };
}

/** Nodes in which something is told to others: what an account keeps for itself (bookmarks) is none. */
export const publicOf = (nodes: Nodes): Nodes =>
  Object.fromEntries(Object.entries(nodes).filter(([, node]) => (node.items ?? []).length > 0 && node.config.access_model !== 'whitelist'));

/** An account that has told something of itself, with those who are told. */
export const accountGroup = (account: string, nodes: Nodes, interests: Readonly<Record<string, readonly string[]>>): GroupSeen => {
  const told = Object.entries(interests).filter(([, names]) => names.some((name) => Object.hasOwn(nodes, name)));
  const names = Object.keys(nodes);
  return {
    kind: 'pep',
    address: account,
    node: '',
    title: account.split('@', 1)[0] ?? account,
    words: `what ${account} tells of itself: ${names.map(shortName).join(', ')}; ${counted(told.length, 'client')} told`,
    part: `told/${account}`,
    members: told.map(([jid, wanted]) => ({ address: jid, name: jid, mark: 'plain', words: `wants ${wanted.map(shortName).join(', ')}` })),
  };
};

/** Who wants what of an account, as its server has learnt it. */
export const interestsPart = (account: string, interests: Readonly<Record<string, readonly string[]>>): Part => ({
  type: 'table',
  key: `told/${account}`,
  title: `Who is told of ${account}`,
  columns: ['Address', 'Wants'],
  rows: Object.entries(interests).map(([jid, names]) => ({ key: jid, cells: [{ text: jid }, { text: names.map(shortName).join(', ') }] })),
  empty: 'Nobody whom it may tell has said that they want anything.',
});

const shortName = (node: string): string => node.replace(/^.*[/:](?=[^/:]+$)/, '');
const counted = (n: number, what: string): string => (n === 1 ? `one ${what}` : `${n} ${what}s`);

/** @param of whose they are, in the titles. */
export function describe(nodes: Nodes, of: string): readonly Part[] {
  return Object.values(nodes).flatMap((node): Part[] => {
    const key = `${of}/${node.name}`;
    const title = of === '' ? `Node ${node.name}` : `Node ${node.name} of ${of}`;
    const set = FIELDS.filter((f) => node.config[f.key] !== undefined);
    return [
      {
        type: 'table',
        key: `node/${key}`,
        title,
        columns: ['Configuration', 'Value'],
        rows: set.map((f) => ({ key: f.key, cells: [{ text: f.label }, { text: String(node.config[f.key]) }] })),
        empty: 'As the service has it for every node.',
      },
      {
        type: 'table',
        key: `subscribers/${key}`,
        title: `Subscribers of ${node.name}`,
        columns: ['Address', 'State', 'Options'],
        rows: Object.entries(node.subscribers).map(([jid, s]) => ({
          key: jid,
          cells: [jid, s.pending === true ? 'pending' : 'subscribed', s.includeBody === true ? 'with a body' : ''].map((text) => ({
            text,
          })),
        })),
        empty: 'Nobody.',
      },
      {
        type: 'table',
        key: `affiliations/${key}`,
        title: `Affiliations with ${node.name}`,
        columns: ['Address', 'Affiliation'],
        rows: rowsOf(Object.entries(node.affiliations)),
        empty: 'None but what the access model gives.',
      },
      {
        type: 'table',
        key: `items/${key}`,
        title: `Items of ${node.name}`,
        columns: ['Id', 'Payload', 'By', 'At'],
        rows: (node.items ?? []).map((i) => ({
          key: i.id,
          cells: [i.id, serialize(i.payload, PUBSUB), i.publisher ?? 'the server', `${(i.when / 1_000_000).toFixed(3)} s`].map((text) => ({
            text,
          })),
        })),
        empty: node.items ? 'None.' : 'It keeps none.',
      },
    ];
  });
}

/** Nodes for the inspector: how each is configured, who may do what, who is subscribed, what it keeps. */
import { serialize } from '../../../../base/xml/codec.ts';
import type { Part } from '../../../../protocol/parts.ts';
import { FIELDS } from './config.ts';
import { PUBSUB, type Nodes } from './model.ts';

const rowsOf = (list: readonly (readonly [string, string])[]) => list.map(([key, text]) => ({ key, cells: [{ text: key }, { text }] }));

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
        columns: ['Address', 'State'],
        rows: rowsOf(Object.entries(node.subscribers).map(([jid, s]) => [jid, s.pending === true ? 'pending' : 'subscribed'] as const)),
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
        columns: ['Id', 'Payload'],
        rows: rowsOf((node.items ?? []).map((i) => [i.id, serialize(i.payload, PUBSUB)] as const)),
        empty: node.items ? 'None.' : 'It keeps none.',
      },
    ];
  });
}

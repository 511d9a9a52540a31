/** What a node of a gossip scene can be made to do by hand: a call of one of its algorithm's methods, as an XEP-0009 stanza that the person reads and may change. */
import { withAttrs } from '../../base/xml/element.ts';
import { open, option, text, type Deed, type Deeds } from '../xmpp/actions/contract.ts';
import type { Method } from '../gossip/contract.ts';
import type { Topology } from '../topology/topology.ts';
import type { GraphWorld } from './graph.ts';
import { callStanza } from './xep0009.ts';

/** Integers of 32 bits are what `i4` holds. */
const INTEGER = /^-?\d{1,10}$/;

interface Caller {
  readonly address: string;
  /** For what is to be written now: an id that nothing else has. */
  readonly id: string;
  /** Whom it may call, the nearest first; some of them, where they are many. */
  readonly peers: readonly string[];
  /** Why a call cannot get to this address; undefined where it can, or could. */
  whyNot(to: string): string | undefined;
}

/** More to choose from no form shows. */
const MOST_PEERS = 50;

/** @param anyone calls go through servers, to any address. */
export function reachOf(
  world: Pick<GraphWorld, 'reaches'>,
  topology: Topology,
  addresses: readonly string[],
  node: number,
  anyone: boolean,
): Pick<Caller, 'peers' | 'whyNot'> {
  const first = topology.first(node);
  return {
    peers: Array.from({ length: Math.min(MOST_PEERS, topology.degree(node)) }, (_, i) => addresses[topology.target(first + i)]!),
    whyNot(to) {
      if (anyone) return undefined;
      const other = addresses.indexOf(to);
      if (other < 0) return `“${to}” is no node of this graph.`;
      if (other === node) return 'A node does not call itself.';
      return world.reaches(node, other) ? undefined : `No link leads to ${to}, and on this graph a node calls its neighbours.`;
    },
  };
}

export function callDeeds(methods: readonly Method[], { address, id, peers, whyNot }: Caller): Deeds {
  const actions = methods.map((method): Deed => ({
    id: `call/${method.name}`,
    title: `Call ${method.name}`,
    source: 'XEP-0009 §2.1',
    help: method.why,
    fields: [
      open(
        'to',
        'To',
        peers.map((peer) => option(peer)),
        { required: true },
      ),
      ...method.args.map((name) => text(`arg ${name}`, name, { required: true, value: '0', help: 'A whole number' })),
      ...(method.data === undefined ? [] : [text('data', method.data, { help: 'Whole numbers, with spaces between them; empty: none' })]),
    ],
    write(form) {
      const to = form.jid('to');
      const problem = to === '' ? undefined : whyNot(to);
      if (problem !== undefined) form.fault('to', problem);
      const integer = (field: string, written: string): number => {
        const value = Number(written);
        if (INTEGER.test(written) && (value | 0) === value) return value;
        form.fault(field, `“${written}” is no whole number of 32 bits, which is what an i4 holds (XEP-0009 §2.1).`);
        return 0;
      };
      const args = method.args.map((name) => integer(`arg ${name}`, form.text(`arg ${name}`).trim()));
      const words = form.text('data').trim();
      const data = words === '' ? [] : words.split(/\s+/).map((word) => integer('data', word));
      return withAttrs(callStanza(address, to, 0, method, args, data), { id });
    },
  }));
  return { key: 'calls', title: 'Calls', subtitle: `as ${address}`, actions };
}

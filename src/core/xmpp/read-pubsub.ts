/** PubSub in one line: what is asked of a node, what came of it, what its subscribers are told. XEP-0060 §5 to §8. */
import { child, elements, type Element } from '../../base/xml/element.ts';
import { PUBSUB, PUBSUB_EVENT, PUBSUB_OWNER } from './modules/pubsub/model.ts';

/** `tune` of `http://jabber.org/protocol/tune`, `metadata` of `urn:xmpp:avatar:metadata`: what personal nodes are called after. */
function shortNode(node: string | undefined): string {
  if (node === undefined || node === '') return 'the service';
  if (/^https?:/.test(node)) return node.slice(node.lastIndexOf('/') + 1);
  const words = /^urn:xmpp:(.+?)(?::\d+)?$/.exec(node)?.[1];
  return words === undefined ? node : words.replace(':', ' ');
}

const MOST_NAMED = 3;
function namesOf(items: readonly Element[]): string {
  const named = items.slice(0, MOST_NAMED).map(({ attrs }) => attrs['id'] ?? 'an item');
  return items.length > MOST_NAMED ? `${named.join(', ')} and ${items.length - MOST_NAMED} more` : named.join(', ');
}

/** `undefined` where an iq is about something else. */
export function pubsubSummary(iq: Element): string | undefined {
  const payload = elements(iq).find((c) => c.name === 'pubsub' && (c.ns === PUBSUB || c.ns === PUBSUB_OWNER));
  const action = payload && elements(payload)[0];
  if (!action) return undefined;
  const node = shortNode(action.attrs['node']);
  const items = elements(action).filter((c) => c.name === 'item');
  const { type } = iq.attrs;
  if (type === 'result' && action.name === 'items') return items.length === 0 ? `${node}: no items` : `${node}: ${namesOf(items)}`;
  if (type === 'result') return `done: ${action.name} ${node}`;
  if (action.name === 'items') return `asks ${node} for items`;
  if (action.name === 'publish') return `publishes ${namesOf(items) || 'an item'} to ${node}`;
  if (action.name === 'retract') return `takes ${namesOf(items)} back from ${node}`;
  return `${type === 'get' ? 'asks: ' : ''}${action.name} ${node}`;
}

/** `undefined` where a message tells of something else. */
export function eventSummary(message: Element): string | undefined {
  const event = child(message, 'event', PUBSUB_EVENT);
  const what = event && elements(event)[0];
  if (!what) return undefined;
  const node = shortNode(what.attrs['node']);
  if (what.name !== 'items') return `event: ${what.name} ${node}`;
  const gone = elements(what).filter((c) => c.name === 'retract');
  const items = elements(what).filter((c) => c.name === 'item');
  return gone.length > 0 ? `event: ${namesOf(gone)} taken back from ${node}` : `event: ${namesOf(items)} of ${node}`;
}

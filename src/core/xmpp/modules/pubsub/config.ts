/**
 * The configuration of a node: XEP-0060 1.30.0 §16.4.4, the fields that Prosody 0.12 has, in its order and by its short names (which it shows in errors),
 * with labels of our own; data forms as XEP-0004, read leniently as Prosody does. `pubsub#roster_groups_allowed` is ours, for the profile `rfc`.
 */
import { append, child, childText, el, elements, type Element } from '../../../../base/xml/element.ts';
import { field, FORM, form } from '../muc/forms.ts';

const VALIDATE = 'http://jabber.org/protocol/xdata-validate';
/** The most that a node can be told to keep; also what `max` means. */
const MAX_ITEMS = 256;

type Value = string | number | boolean;
export type Key =
  | 'title'
  | 'description'
  | 'payload_type'
  | 'max_items'
  | 'persist_items'
  | 'access_model'
  | 'publish_model'
  | 'send_last_published_item'
  | 'notify_items'
  | 'include_payload'
  | 'notification_type'
  | 'notify_delete'
  | 'notify_retract'
  | 'roster_groups_allowed';
export type Config = Readonly<Partial<Record<Key, Value>>>;

interface ConfigField {
  readonly key: Key;
  /** Without `pubsub#`. */
  readonly name: string;
  readonly kind: 'text' | 'boolean' | 'list' | 'count';
  readonly label: string;
  readonly options?: readonly string[];
  /** Shown where nothing is kept. */
  readonly shown?: Value;
}

export const FIELDS: readonly ConfigField[] = [
  { key: 'title', name: 'title', kind: 'text', label: 'Title' },
  { key: 'description', name: 'description', kind: 'text', label: 'Description' },
  { key: 'payload_type', name: 'type', kind: 'text', label: 'Namespace of what is published here' },
  { key: 'max_items', name: 'max_items', kind: 'count', label: 'How many items are kept' },
  { key: 'persist_items', name: 'persist_items', kind: 'boolean', label: 'Items are kept' },
  {
    key: 'access_model',
    name: 'access_model',
    kind: 'list',
    label: 'Who may subscribe and read',
    options: ['authorize', 'open', 'presence', 'roster', 'whitelist'],
  },
  { key: 'publish_model', name: 'publish_model', kind: 'list', label: 'Who may publish', options: ['publishers', 'subscribers', 'open'] },
  {
    key: 'send_last_published_item',
    name: 'send_last_published_item',
    kind: 'list',
    label: 'When the last item is sent',
    options: ['never', 'on_sub', 'on_sub_and_presence'],
  },
  { key: 'notify_items', name: 'deliver_notifications', kind: 'boolean', label: 'Subscribers are told of items', shown: true },
  { key: 'include_payload', name: 'deliver_payloads', kind: 'boolean', label: 'They are sent the payload, too', shown: true },
  {
    key: 'notification_type',
    name: 'notification_type',
    kind: 'list',
    label: 'Type of the messages to them',
    options: ['normal', 'headline'],
    shown: 'headline',
  },
  { key: 'notify_delete', name: 'notify_delete', kind: 'boolean', label: 'They are told when the node is deleted', shown: true },
  { key: 'notify_retract', name: 'notify_retract', kind: 'boolean', label: 'They are told when items are taken back', shown: true },
];

/** What Prosody's service has where nothing else was asked for. */
export const SERVICE_DEFAULTS: Config = {
  persist_items: true,
  max_items: 20,
  access_model: 'open',
  publish_model: 'publishers',
  send_last_published_item: 'never',
};
/** The same of an account's (XEP-0163 §3). */
export const ACCOUNT_DEFAULTS: Config = {
  ...SERVICE_DEFAULTS,
  max_items: 1,
  access_model: 'presence',
  send_last_published_item: 'on_sub_and_presence',
};

export const textOfField = (config: Config, key: Key): string | undefined => (config[key] === undefined ? undefined : String(config[key]));

export function limitOf(config: Config): number {
  const max = config.max_items;
  return typeof max === 'number' ? max : MAX_ITEMS;
}

const NODE_CONFIG = 'http://jabber.org/protocol/pubsub#node_config';

/** §8.2.1: the form to be filled in. */
export function configForm(config: Config): Element {
  const fields = FIELDS.map(({ key, name, kind, label, options, shown }) => {
    const value = config[key] ?? shown;
    const values = value === undefined ? [] : [typeof value === 'boolean' ? (value ? '1' : '0') : String(value)];
    const type = kind === 'list' ? 'list-single' : kind === 'boolean' ? 'boolean' : 'text-single';
    const one = field(type, `pubsub#${name}`, values, { label, ...(options ? { options } : {}) });
    if (kind !== 'count') return one;
    const range = el('range', VALIDATE, { min: '1', max: String(MAX_ITEMS) });
    return append(one, el('validate', VALIDATE, { datatype: 'pubsub:integer-or-max' }, range));
  });
  return form('form', NODE_CONFIG, fields);
}

/** What a form asks for, on top of what is there: fields that it does not name stay, one without a value is unset. A string says what is wrong. */
export function readConfig(x: Element, current: Config = {}): Config | string {
  const next: Partial<Record<Key, Value>> = { ...current };
  const wrong: string[] = [];
  for (const { key, name, kind } of FIELDS) {
    const given = elements(x).find((f) => f.name === 'field' && f.attrs['var'] === `pubsub#${name}`);
    if (!given) continue;
    delete next[key];
    const text = childText(given, 'value');
    if (text === undefined) continue;
    const value = kind === 'boolean' ? readBoolean(text) : kind === 'count' ? readCount(text) : { value: text };
    if ('problem' in value) wrong.push(`${key}: ${value.problem}`);
    else next[key] = value.value;
  }
  const groups = elements(x).find((f) => f.attrs['var'] === 'pubsub#roster_groups_allowed');
  if (groups)
    next.roster_groups_allowed = elements(groups)
      .map((v) => v.children.join(''))
      .join('\n');
  return wrong.length > 0 ? wrong.join('; ') : next;
}

type Read = { readonly value: Value } | { readonly problem: string };

export function readBoolean(text: string): Read {
  if (text === '1' || text === 'true') return { value: true };
  if (text === '0' || text === 'false') return { value: false };
  return { problem: `Invalid boolean representation:${text}` };
}

function readCount(text: string): Read {
  if (text === 'max') return { value: text };
  if (!/^\s*[-+]?\d+(\.\d*)?\s*$/.test(text)) return { problem: 'not a number' };
  const value = Number(text);
  if (!Number.isInteger(value)) return { problem: 'not an integer' };
  return value > MAX_ITEMS || value < 1 ? { problem: 'out of bounds' } : { value };
}

/** Any data form among the children. */
export const formOf = (parent: Element): Element | undefined => child(parent, 'x', FORM);

/** §5.4: what everybody may know of a node. */
export function metadataForm(config: Config): Element {
  const keys = ['title', 'description', 'payload_type', 'access_model', 'publish_model'] as const;
  const fields = keys.map((key) => {
    const { name } = FIELDS.find((f) => f.key === key)!;
    const text = textOfField(config, key);
    return field('text-single', `pubsub#${name}`, text === undefined ? [] : [text]);
  });
  return form('result', 'http://jabber.org/protocol/pubsub#meta-data', fields);
}

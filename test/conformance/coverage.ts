/**
 * What the modules can produce, found in their source, and where it is seen: in the built-in scenes, in the project's conversations
 * (`test/conversations/`) and in the shared ones, each played in both profiles.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { InputError } from '../../src/base/result.ts';
import { elements, type Element } from '../../src/base/xml/element.ts';
import { conversationOf } from '../../src/core/simulation/conversation.ts';
import { MODULES } from '../../src/core/xmpp/modules/index.ts';
import { NS } from '../../src/core/xmpp/namespaces.ts';
import { isStanza } from '../../src/core/xmpp/stanza.ts';
import type { XmppScenario } from '../../src/protocol/scenario.ts';
import { scenarios } from '../../src/scenarios/index.ts';
import { conversations } from '../conversations/read.ts';
import { federations } from '../core/xmpp/fmuc-scripts.ts';
import { channelScripts } from '../core/xmpp/mix.ts';
import { play } from '../core/xmpp/host.ts';
import unseen from './unseen.json' with { type: 'json' };

const SHARED = '../shared/conformance/scenarios';
const OWN = 'test/conversations';
const SOURCE = 'src/core/xmpp';
const PROFILES = ['prosody', 'rfc'] as const;

/** A script that is played, and the rules that it is there to show. */
export interface Script {
  readonly name: string;
  readonly scenario: XmppScenario;
  readonly fires: readonly string[];
}

/** Conversations in the format of the shared ones; those that need what is not built yet are left out. */
function recorded(folder: string): readonly Script[] {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  return files.sort().flatMap((file): readonly Script[] => {
    const value = JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')) as { readonly fires?: readonly string[] };
    try {
      return [{ name: file.replace('.json', ''), scenario: conversationOf(value, file).scenario, fires: value.fires ?? [] }];
    } catch (error) {
      if (error instanceof InputError && folder === SHARED) return [];
      throw error;
    }
  });
}

export function scripts(): readonly Script[] {
  return [
    ...scenarios.filter((s) => s.model === 'xmpp').map((s): Script => ({ name: s.id, scenario: s as XmppScenario, fires: [] })),
    ...conversations().map(({ name, scenario }): Script => ({ name, scenario, fires: [] })),
    ...[...federations, ...channelScripts].map((f): Script => ({ ...f, fires: [] })),
    ...recorded(OWN),
    ...recorded(SHARED),
  ];
}

export const KINDS = ['namespace', 'stanza', 'stanza error', 'stream error', 'SASL failure', 'rule'] as const;
export type Kind = (typeof KINDS)[number];
export type Seen = Readonly<Record<Kind, ReadonlyMap<string, readonly string[]>>>;

/** By kind and name, the scripts in which it is seen, in the order of `scripts`. */
export function seenIn(list: readonly Script[]): Seen {
  const seen = Object.fromEntries(KINDS.map((kind) => [kind, new Map<string, string[]>()])) as unknown as Record<
    Kind,
    Map<string, string[]>
  >;
  for (const { name, scenario } of list) {
    const note = (kind: Kind, what: string): void => {
      const places = seen[kind].get(what) ?? [];
      if (places.at(-1) !== name) seen[kind].set(what, [...places, name]);
    };
    const texts = new Set<Element>();
    for (const profile of PROFILES) {
      const { sent, silences } = play({ ...scenario, profile });
      for (const { rule } of [...sent, ...silences]) note('rule', rule);
      for (const { stanza } of sent) texts.add(stanza);
    }
    for (const stanza of texts) look(stanza, note);
  }
  return seen;
}

function look(element: Element, note: (kind: Kind, what: string) => void): void {
  note('namespace', element.ns);
  // Features are named by their namespaces, too.
  if (element.name === 'feature' && element.attrs['var'] !== undefined) note('namespace', element.attrs['var']);
  for (const [name, value] of Object.entries(element.attrs)) if (name.startsWith('xmlns')) note('namespace', value);
  // The namespace of a form is its FORM_TYPE (XEP-0068).
  if (element.name === 'value' && typeof element.children[0] === 'string') note('namespace', element.children[0]);
  if (isStanza(element)) note('stanza', `${element.name} ${element.attrs['type'] ?? (element.name === 'message' ? 'normal' : '')}`.trim());
  for (const child of elements(element)) {
    if (child.name !== 'text') {
      if (child.ns === NS.stanzas) note('stanza error', child.name);
      if (child.ns === NS.streamErrors) note('stream error', child.name);
      if (child.ns === NS.sasl && element.name === 'failure') note('SASL failure', child.name);
    }
    look(child, note);
  }
}

const MESSAGES = ['normal', 'chat', 'groupchat', 'headline', 'error'].map((type) => `message ${type}`);
const PRESENCE = ['', ' unavailable', ' subscribe', ' subscribed', ' unsubscribe', ' unsubscribed', ' probe', ' error'].map(
  (type) => `presence${type}`,
);
const REQUESTS = ['get', 'set', 'result', 'error'].map((type) => `iq ${type}`);

/** Literals of the source, definitions of stanzas left out. */
export function produced(): Readonly<Record<Kind, readonly string[]>> {
  const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.ts') && !/^definitions\/|^(errors|conflicts)\.ts$/.test(file));
  const code = files.map((file) => readFileSync(`${SOURCE}/${file}`, 'utf8').replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, ''));
  const found = (pattern: RegExp): readonly string[] => code.flatMap((text) => [...text.matchAll(pattern)].map((m) => m[1]!));
  /** Of the calls of these functions, all quoted names of the list within their arguments. */
  const within = (calls: string, known: readonly string[]): readonly string[] =>
    found(new RegExp(`\\b(?:${calls})\\(([^;]*)`, 'g')).flatMap((text) =>
      [...text.matchAll(/'([a-z-]+)'/g)].map((m) => m[1]!).filter((name) => known.includes(name)),
    );
  const only = (names: readonly string[]): readonly string[] => [...new Set(names)].sort();
  return {
    namespace: only(found(/'((?:urn:|http:\/\/|jabber:|vcard-temp)[^' ]*)'/g)),
    stanza: [...MESSAGES, ...PRESENCE, ...REQUESTS],
    'stanza error': only(within('bounce|errorOf', STANZA_CONDITIONS)),
    'stream error': only(within('streamError|closeLink', STREAM_CONDITIONS)),
    'SASL failure': only(within('fail|failure', SASL_CONDITIONS)),
    rule: only(MODULES.flatMap((module) => Object.values(module.rules).map((rule) => rule.id))),
  };
}

/** RFC 6120 §8.3.3. */
const STANZA_CONDITIONS =
  'bad-request conflict feature-not-implemented forbidden gone internal-server-error item-not-found jid-malformed not-acceptable not-allowed not-authorized policy-violation recipient-unavailable redirect registration-required remote-server-not-found remote-server-timeout resource-constraint service-unavailable subscription-required undefined-condition unexpected-request'.split(
    ' ',
  );
/** RFC 6120 §4.9.3. */
const STREAM_CONDITIONS =
  'bad-format bad-namespace-prefix conflict connection-timeout host-gone host-unknown improper-addressing internal-server-error invalid-from invalid-namespace invalid-xml not-authorized not-well-formed policy-violation remote-connection-failed reset resource-constraint restricted-xml see-other-host system-shutdown undefined-condition unsupported-encoding unsupported-feature unsupported-stanza-type unsupported-version'.split(
    ' ',
  );
/** RFC 6120 §6.5. */
const SASL_CONDITIONS =
  'aborted account-disabled credentials-expired encryption-required incorrect-encoding invalid-authzid invalid-mechanism malformed-request mechanism-too-weak not-authorized temporary-auth-failure'.split(
    ' ',
  );

/** What no script can show, with the reason. */
export const unseenReasons: ReadonlyMap<string, string> = new Map(
  unseen.flatMap(({ reason, names }) => names.map((name): [string, string] => [name, reason])),
);

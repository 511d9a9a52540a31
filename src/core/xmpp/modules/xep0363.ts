/**
 * XEP-0363 HTTP File Upload 1.1.0 (2022-08-09, https://xmpp.org/extensions/xep-0363.html) §4 slots and §6 refusals, as Prosody's mod_http_file_share: for accounts of the own server, up to
 * 10 MB a file and 100 MB a day. Simplified: the file itself goes by HTTP, which is not simulated, so that nothing is ever put into a slot or fetched from it, and the
 * words that let one put it there are no signed token.
 */
import { bareOf } from '../../../base/jid.ts';
import { append, el, type Element } from '../../../base/xml/element.ts';
import { rule, type Context, type Hook, type Module, type StanzaEvent } from '../module.ts';
import { NS } from '../namespaces.ts';
import { store } from '../slice.ts';
import { payloadOf, resultOf } from '../stanza.ts';
import { field, form } from './muc/forms.ts';
import { stampOf } from './xep0203.ts';
import { ownInfoQuery, discoRules } from './xep0030.ts';

const UPLOAD = 'urn:xmpp:http:upload:0';
/** In bytes. */
const MOST = 10 * 1024 * 1024;
const MOST_A_DAY = 10 * MOST;
/** In seconds. */
const DAY = 86_400;

const rules = {
  slot: rule('xep-0363/4/slot', 'XEP-0363 §4', 'A place for the file: where to put it, by HTTP, and where others can get it from.'),
  forbidden: rule('xep-0363/6/forbidden', 'XEP-0363 §6', 'Files are taken from accounts of the own server only.'),
  name: rule('xep-0363/6/bad-request', 'XEP-0363 §4, §6', 'The name of the file, or its size, cannot be one: bad-request.'),
  large: rule('xep-0363/6/file-too-large', 'XEP-0363 §6', 'The file is larger than what is taken. The error says how large it may be.'),
  quota: rule('xep-0363/6/quota', 'XEP-0363 §6', 'So much has been asked for within a day that this one has to wait.'),
};

interface Given {
  readonly by: string;
  readonly tick: number;
  readonly size: number;
}
const slots = store<readonly Given[]>('upload-slots', []);

function request(context: Context, event: StanzaEvent): true {
  const { stanza, from } = event;
  const { filename = '', size = '' } = payloadOf(stanza)?.attrs ?? {};
  if (from.domain !== context.party.host.home) return context.bounce(stanza, 'forbidden', rules.forbidden);
  if (filename === '' || filename.includes('/')) return context.bounce(stanza, 'bad-request', rules.name, { text: 'Invalid filename' });
  if (!/^\d{1,15}$/.test(size)) return context.bounce(stanza, 'bad-request', rules.name, { text: 'File size must be positive integer' });
  if (Number(size) > MOST) {
    const app = el('file-too-large', UPLOAD, {}, el('max-file-size', UPLOAD, {}, String(MOST)));
    return context.bounce(stanza, 'not-acceptable', rules.large, { text: 'File too large', app });
  }
  const by = bareOf(from);
  const recent = context.get(slots).filter((s) => context.tick - s.tick < DAY * context.second);
  const own = recent.filter((s) => s.by === by);
  const wait = waitFor(own, Number(size));
  if (wait !== undefined) {
    // Prosody leaves it to the client to guess when.
    const stamp = stampOf(wait + DAY * context.second);
    const app = context.profile === 'rfc' ? el('retry', UPLOAD, { stamp }) : undefined;
    return context.bounce(stanza, 'resource-constraint', rules.quota, { text: 'Daily quota reached', app });
  }
  context.set(slots, [...recent, { by, tick: context.tick, size: Number(size) }]);
  return context.reply(resultOf(stanza, slotFor(context, filename)), rules.slot);
}

/** The tick of what has to be a day old before there is place for so much more; none where there is place now. */
function waitFor(own: readonly Given[], size: number): number | undefined {
  let left = own.reduce((sum, s) => sum + s.size, size);
  let last: number | undefined;
  for (const { tick, size: gone } of own) {
    if (left <= MOST_A_DAY) break;
    left -= gone;
    last = tick;
  }
  return last;
}

function slotFor(context: Context, filename: string): Element {
  const url = `https://${context.party.name}/file_share/${context.makeId('slot')}/${encodeURIComponent(filename)}`;
  const header = el('header', UPLOAD, { name: 'Authorization' }, `Bearer ${context.makeId('slot-token')}`);
  return el('slot', UPLOAD, {}, el('put', UPLOAD, { url }, header), el('get', UPLOAD, { url }));
}

/** §3: how large a file may be stands beside what the service can. */
function info(context: Context, event: StanzaEvent): boolean {
  if ((payloadOf(event.stanza)?.attrs['node'] ?? '') !== '') return false;
  const limit = form('result', UPLOAD, [field('text-single', 'max-file-size', [String(MOST)])]);
  return context.reply(resultOf(event.stanza, append(ownInfoQuery(context), limit)), discoRules.info);
}

const hooks: readonly Hook[] = [
  { event: `iq-get/host/${UPLOAD}:request`, run: request },
  // Before the general answer, and before the rule that there are no nodes.
  { event: `iq-get/host/${NS.discoInfo}:query`, priority: 60, run: info },
];

export const xep0363: Module = {
  id: 'xep-0363',
  title: 'HTTP file upload',
  spec: 'XEP-0363',
  version: '1.1.0',
  places: ['upload'],
  features: [UPLOAD],
  rules,
  hooks,
};

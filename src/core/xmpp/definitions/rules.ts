/**
 * What a grammar cannot say of stanzas: what depends on the type of the stanza, and on the language of texts. RFC 6120 §8.1–8.3,
 * RFC 6121 §4.7, §5.2, XEP-0030 §3.1.
 */
import { elements, type Element } from '../../../base/xml/element.ts';
import { NS } from '../namespaces.ts';

export interface Broken {
  readonly message: string;
  readonly section: string;
}

/** What is wrong with this one element, its own content aside. */
export function brokenRules(element: Element, parent: Element | undefined): readonly Broken[] {
  if (element.ns !== NS.client && element.ns !== NS.server) return [];
  if (element.name === 'error') return parent?.name === 'error' ? [] : errorRules(element);
  if (element.name === 'iq') return [...errorPresence(element), ...iqRules(element)];
  if (element.name === 'message' || element.name === 'presence')
    return [...errorPresence(element), ...repeated(element), ...directed(element)];
  return [];
}

const own = (element: Element, name: string): readonly Element[] =>
  element.children.filter((c): c is Element => typeof c !== 'string' && c.ns === element.ns && c.name === name);
const foreign = (element: Element): readonly Element[] => elements(element).filter((c) => c.ns !== element.ns);
const countWords = (count: number, what: string): string =>
  count === 0 ? `no ${what}` : count === 1 ? `one ${what}` : `${count} ${what}s`;

function errorPresence(stanza: Element): readonly Broken[] {
  const errors = own(stanza, 'error').length;
  const isError = stanza.attrs['type'] === 'error';
  if (isError && errors !== 1)
    return [
      {
        message: `a stanza of type error has exactly one <error/>; this one has ${errors === 0 ? 'none' : errors}`,
        section: 'RFC 6120 §8.3.1',
      },
    ];
  if (!isError && errors > 0) return [{ message: 'an <error/> stands in stanzas of type error only', section: 'RFC 6120 §8.3.1' }];
  return [];
}

function iqRules(iq: Element): readonly Broken[] {
  const { type } = iq.attrs;
  const payloads = foreign(iq);
  const out: Broken[] = [];
  if ((type === 'get' || type === 'set') && payloads.length !== 1)
    out.push({
      message: `an iq of type ${type} asks exactly one thing; this one has ${countWords(payloads.length, 'payload')}`,
      section: 'RFC 6120 §8.2.3',
    });
  if (type === 'result' && payloads.length > 1)
    out.push({ message: `a result has at most one payload; this one has ${payloads.length}`, section: 'RFC 6120 §8.2.3' });
  const disco = payloads.find((p) => p.ns === NS.discoInfo && p.name === 'query');
  if (
    type === 'result' &&
    disco &&
    disco.attrs['node'] === undefined &&
    (own(disco, 'identity').length === 0 || own(disco, 'feature').length === 0)
  )
    out.push({ message: 'everything that answers disco#info has an identity and a feature at least', section: 'XEP-0030 §3.1' });
  return out;
}

/** Texts may be repeated in other languages; the rest may not be repeated at all. */
function repeated(stanza: Element): readonly Broken[] {
  const section = stanza.name === 'message' ? 'RFC 6121 §5.2' : 'RFC 6121 §4.7.2';
  const out: Broken[] = [];
  for (const name of ['body', 'subject', 'status']) {
    const languages = own(stanza, name).map((e) => e.attrs['xml:lang'] ?? '');
    if (new Set(languages).size < languages.length)
      out.push({ message: `there is more than one <${name}/> of the same language`, section });
  }
  for (const name of ['thread', 'show', 'priority'])
    if (own(stanza, name).length > 1) out.push({ message: `there is more than one <${name}/>`, section });
  return out;
}

const DIRECTED = new Set(['subscribe', 'subscribed', 'unsubscribe', 'unsubscribed', 'probe']);
function directed(stanza: Element): readonly Broken[] {
  const type = stanza.attrs['type'] ?? '';
  if (stanza.name !== 'presence' || !DIRECTED.has(type) || stanza.attrs['to'] !== undefined) return [];
  return [{ message: `a presence of type ${type} is for somebody: it needs “to”`, section: 'RFC 6121 §3, §4.3' }];
}

function errorRules(error: Element): readonly Broken[] {
  const conditions = elements(error).filter((c) => c.ns === NS.stanzas && c.name !== 'text').length;
  const languages = elements(error).flatMap((c) => (c.ns === NS.stanzas && c.name === 'text' ? [c.attrs['xml:lang'] ?? ''] : []));
  const own = elements(error).filter((c) => c.ns !== NS.stanzas).length;
  const out: Broken[] = [];
  if (conditions !== 1)
    out.push({
      message: `an error has exactly one of the defined conditions; this one has ${conditions === 0 ? 'none' : conditions}`,
      section: 'RFC 6120 §8.3.2',
    });
  if (new Set(languages).size < languages.length)
    out.push({ message: 'there is more than one <text/> of the same language', section: 'RFC 6120 §8.3.2' });
  if (own > 1) out.push({ message: 'an error has at most one condition of an application', section: 'RFC 6120 §8.3.4' });
  return out;
}

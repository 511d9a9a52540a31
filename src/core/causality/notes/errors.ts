/** Errors that somebody says, and stanzas that are not what a specification allows. */
import { elements, type Element } from '../../../base/xml/element.ts';
import { Kind } from '../../../protocol/scene.ts';
import { ofMessage, wayOf, type Finder } from './finder.ts';

const STREAMS = 'http://etherx.jabber.org/streams';
const STANZAS = 'urn:ietf:params:xml:ns:xmpp-stanzas';

/** The condition that an error names; its text for people is none. */
function conditionOf(stanza: Element): string {
  const error = elements(stanza).find(({ name }) => name === 'error');
  const condition = error && elements(error).find(({ name, ns }) => ns === STANZAS && name !== 'text');
  return condition?.name ?? 'no condition';
}

function errors(isWanted: (stanza: Element) => boolean): Finder['watch'] {
  return (context, report) => ({
    sent(message, ordinal) {
      const { stanzas, messages } = context.journal;
      const stanza = stanzas.get(message);
      // Told once, and not at every server that carries it on.
      if (stanza?.attrs['type'] !== 'error' || messages.relays.get(message) >= 0 || !isWanted(stanza)) return;
      report(Math.max(1, ordinal), ofMessage(message), () => `${wayOf(context, message)}: ${conditionOf(stanza)}`);
    },
  });
}

export const errorReply: Finder = {
  id: 'error-reply',
  severity: 'warn',
  title: 'A request is answered by an error',
  source: 'RFC 6120 §8.3',
  watch: errors(({ name }) => name === 'iq'),
};

export const bounced: Finder = {
  id: 'bounced',
  severity: 'warn',
  title: 'A stanza is bounced',
  source: 'RFC 6120 §8.3',
  watch: errors(({ name }) => name === 'message' || name === 'presence'),
};

export const streamError: Finder = {
  id: 'stream-error',
  severity: 'error',
  title: 'A stream ends by an error',
  source: 'RFC 6120 §4.9',
  watch: (context, report) => ({
    sent(message, ordinal) {
      const item = context.journal.stanzas.get(message);
      if (item?.name !== 'error' || item.ns !== STREAMS) return;
      report(Math.max(1, ordinal), ofMessage(message), () => `${wayOf(context, message)}: ${elements(item)[0]?.name ?? 'no condition'}`);
    },
  }),
};

export const badForm: Finder = {
  id: 'not-valid',
  severity: 'error',
  title: 'A stanza is not valid in form',
  source: 'its definition',
  watch: (context, report) => ({
    sent(message, ordinal) {
      const { stanzas, messages } = context.journal;
      const stanza = stanzas.get(message);
      if (!stanza || !context.faultOf || messages.relays.get(message) >= 0 || messages.kind.get(message) === Kind.stream) return;
      const fault = context.faultOf(stanza, context.stage.streamNs(messages.link.get(message)));
      if (fault) report(Math.max(1, ordinal), ofMessage(message), () => `${wayOf(context, message)}: ${fault.message}`, fault.section);
    },
  }),
};

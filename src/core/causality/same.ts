/** When a client is told the same thing twice: letter by letter, whichever way it came. XEP-0359 §3.1 is about nothing else. */
import { serialize } from '../../base/xml/codec.ts';
import { EntityKind } from '../../protocol/scene.ts';
import type { Journal } from '../kernel/journal.ts';
import type { Stage } from '../kernel/model.ts';

/** Equal for messages that say the same to the same client; undefined for what is no message to a client. */
export function toldTo({ stanzas, messages }: Journal, stage: Stage, message: number): string | undefined {
  const stanza = stanzas.get(message);
  const to = messages.to.get(message);
  return stanza?.name === 'message' && stage.entities.kind[to] === EntityKind.client ? `${to} ${serialize(stanza)}` : undefined;
}

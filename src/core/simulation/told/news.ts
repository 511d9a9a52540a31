/**
 * Polling against PubSub: a service on the first server has a node (XEP-0060); its owner publishes. Each client either asks for the last items again and again
 * (§6.5), or has subscribed (§6.1) and is told (§7.1.2). A client that polls asks until the last update can have been seen.
 */
import { InputError } from '../../../base/result.ts';
import { elements, type Element } from '../../../base/xml/element.ts';
import type { ClientAct } from '../../../protocol/scenario.ts';
import { comesAt, DOMAINS, homeOf, inOrder, MS, scenarioOf, SECOND, sends, type Comparison, type Given } from './plan.ts';

const SERVICE = `news.${DOMAINS[0]}`;
const EDITOR = `editor@${DOMAINS[0]}`;
const NODE = 'news';
const PUBSUB = 'http://jabber.org/protocol/pubsub';
/** As many questions as a page can well record. */
const MOST_QUESTIONS = 100_000;

const iq = (type: 'get' | 'set', id: string, content: string): string =>
  `<iq type='${type}' id='${id}' to='${SERVICE}'><pubsub xmlns='${PUBSUB}'>${content}</pubsub></iq>`;
const publish = (update: number): string =>
  iq(
    'set',
    `publish-${update + 1}`,
    `<publish node='${NODE}'><item id='news-${update + 1}'><entry xmlns='http://www.w3.org/2005/Atom'><title>News ${update + 1}</title></entry></item></publish>`,
  );

export function news(given: Given): Comparison {
  const { number, values, at, begins } = given;
  const [clients, every] = [number('clients'), number('every') * MS];
  const polls = values['way'] === 'poll';
  const last = at.at(-1)!;
  // One more than the last update needs, as it takes a while to get to the service.
  const questions = polls ? Math.ceil((last + SECOND - begins) / every) + 1 : 0;
  if (questions * clients > MOST_QUESTIONS)
    throw new InputError({
      message: `polling: ${clients} clients that ask every ${number('every')} ms would ask ${(questions * clients).toLocaleString('en')} times; more than ${MOST_QUESTIONS.toLocaleString('en')} are too many here`,
      hint: 'Let them ask less often, or take fewer clients or fewer updates.',
    });
  const readers = Array.from({ length: clients }, (_, i) => `reader${i + 1}@${homeOf(i)}/desk`);
  const asks = (i: number): readonly ClientAct[] =>
    Array.from({ length: questions }, (_, k) => {
      const when = begins + Math.floor((i * every) / clients) + k * every;
      return sends(when, iq('get', `ask-${k + 1}`, `<items node='${NODE}' max_items='${number('items')}'/>`));
    });
  const subscribes = (i: number): readonly ClientAct[] => [
    sends(2 * SECOND + comesAt(clients + i), iq('set', 'subscribe', `<subscribe node='${NODE}' jid='${readers[i]!}'/>`)),
  ];
  const updates = at.map((tick, update) => sends(tick, publish(update)));
  return {
    readers,
    writer: `${EDITOR}/desk`,
    updatesIn,
    scenario: scenarioOf(given, Math.max(last, begins + (questions + 1) * every), {
      id: 'polling',
      servers: [
        { domain: DOMAINS[0], components: [{ domain: SERVICE, service: 'pubsub', title: 'News', admins: [EDITOR] }] },
        { domain: DOMAINS[1] },
      ],
      clients: [
        {
          jid: `${EDITOR}/desk`,
          agents: ['witness'],
          acts: [{ at: 0, do: 'presence' }, sends(SECOND, iq('set', 'create', `<create node='${NODE}'/>`)), ...updates],
        },
        ...readers.map((jid, i) => ({
          jid,
          agents: ['witness'],
          acts: inOrder([{ at: comesAt(i), do: 'presence' as const }, ...(polls ? asks(i) : subscribes(i))]),
        })),
      ],
    }),
  };
}

/** In an event, or in the answer to a question. */
function updatesIn(stanza: Element): readonly number[] | undefined {
  const around = elements(stanza).find((c) => c.name === 'event' || c.name === 'pubsub');
  const items = around && elements(around).find((c) => c.name === 'items');
  return items && elements(items).flatMap(({ attrs }) => numberIn(attrs['id']));
}
const numberIn = (id: string | undefined): number[] => {
  const found = /^news-(\d+)$/.exec(id ?? '');
  return found ? [Number(found[1]) - 1] : [];
};

import { expect, test } from 'vitest';
import { parseXml } from '../../../src/base/xml/codec.ts';
import { summaryOf } from '../../../src/core/xmpp/read.ts';

const P = "xmlns='http://jabber.org/protocol/pubsub";
test.each([
  [`<iq type='set'><pubsub ${P}'><publish node='news'><item id='a'/></publish></pubsub></iq>`, 'publishes a to news'],
  [
    `<iq type='set'><pubsub ${P}'><publish node='http://jabber.org/protocol/tune'><item/></publish></pubsub></iq>`,
    'publishes an item to tune',
  ],
  [`<iq type='result'><pubsub ${P}'><publish node='news'><item id='a'/></publish></pubsub></iq>`, 'done: publish news'],
  [`<iq type='get'><pubsub ${P}'><items node='news'/></pubsub></iq>`, 'asks news for items'],
  [`<iq type='result'><pubsub ${P}'><items node='news'/></pubsub></iq>`, 'news: no items'],
  [
    `<iq type='result'><pubsub ${P}'><items node='n'><item id='1'/><item id='2'/><item id='3'/><item id='4'/></items></pubsub></iq>`,
    'n: 1, 2, 3 and 1 more',
  ],
  [`<iq type='set'><pubsub ${P}'><retract node='n'><item id='1'/></retract></pubsub></iq>`, 'takes 1 back from n'],
  [`<iq type='set'><pubsub ${P}'><subscribe node='n' jid='a@b.lit'/></pubsub></iq>`, 'subscribe n'],
  [`<iq type='get'><pubsub ${P}#owner'><configure node='n'/></pubsub></iq>`, 'asks: configure n'],
  [`<iq type='get'><pubsub ${P}'><subscriptions/></pubsub></iq>`, 'asks: subscriptions the service'],
  [
    `<message><event ${P}#event'><items node='urn:xmpp:avatar:metadata'><item id='x'/></items></event></message>`,
    'event: x of avatar metadata',
  ],
  [`<message><event ${P}#event'><items node='n'><retract id='x'/></items></event></message>`, 'event: x taken back from n'],
  [`<message><event ${P}#event'><purge node='n'/></event></message>`, 'event: purge n'],
  [`<message type='headline'/>`, 'headline message'],
])('%s is “%s”', (xml, words) => {
  expect(summaryOf(parseXml(xml, 'jabber:client'))).toBe(words);
});

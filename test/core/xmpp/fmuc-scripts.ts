/** Sets of federating rooms in which every rule of XEP-0289 here is seen; tests/conformance holds their stanzas against the schemas. */
import type { XmppScenario } from '../../../src/protocol/scenario.ts';
import { cut, join, leave, mend, P_R, roomAt, say, scenarioOf, xml } from './fmuc.ts';

const admin = (at: number, server: string, item: string) =>
  xml(at, `<iq to='${roomAt(server)}' type='set' id='k'><query xmlns='http://jabber.org/protocol/muc#admin'>${item}</query></iq>`);
const PAIR = { with: { a: undefined, b: 'a' } } as const;

const script = (name: string, ...of: Parameters<typeof scenarioOf>): { readonly name: string; readonly scenario: XmppScenario } => ({
  name: `federation-${name}`,
  scenario: scenarioOf(...of),
});

export const federations = [
  script('pair', PAIR, [
    [
      'owner@a.lit',
      join(100, 'a', 'Own'),
      admin(500, 'a', "<item jid='ban@b.lit' affiliation='outcast'/>"),
      admin(5000, 'a', "<item nick='Bob' role='visitor'/>"),
      admin(6000, 'a', "<item nick='Bob' role='none'><reason>loud</reason></item>"),
    ],
    [
      'bob@b.lit',
      join(1000, 'b', 'Bob'),
      say(2000, 'b', 'b1'),
      xml(3000, `<message to='${roomAt('b')}/Own' type='chat' id='p'><body>psst</body></message>`),
      xml(4000, `<iq to='${roomAt('b')}/Own' type='get' id='q'><query xmlns='jabber:iq:version'/></iq>`),
    ],
    ['bea@b.lit', join(1010, 'b', 'Bea'), xml(4500, `<presence to='${roomAt('b')}/Beatrice'/>`), leave(8000, 'b', 'Beatrice')],
    ['ban@b.lit', join(9000, 'b', 'Ban'), leave(9020, 'b', 'Ban')],
    ['twin@b.lit', join(10_000, 'b', 'Own')],
    ['ann@a.lit', join(12_000, 'a', 'Ann')],
  ]),
  script('banned', PAIR, [
    ['owner@a.lit', join(100, 'a', 'Own'), admin(500, 'a', "<item jid='ban@b.lit' affiliation='outcast'/>")],
    ['ban@b.lit', join(1000, 'b', 'Ban')],
  ]),
  script('replica', { ...PAIR, mode: P_R, network: [cut(5000, 'a', 'b'), mend(9000, 'a', 'b')] }, [
    ['ada@a.lit', join(100, 'a', 'Ada')],
    ['bob@b.lit', join(1000, 'b', 'Bob'), say(2000, 'b', 'b1'), say(6000, 'b', 'b2'), say(7000, 'b', 'b3')],
    ['bea@b.lit', join(3000, 'b', 'Bea'), join(3500, 'b', 'Beatrice')],
  ]),
  script('no-echo', { ...PAIR, mode: P_R, modes: { a: 'primary-primary' } }, [
    ['ada@a.lit', join(100, 'a', 'Ada')],
    ['bob@b.lit', join(1000, 'b', 'Bob'), say(2000, 'b', 'b1')],
  ]),
  script('circle', { with: { a: 'c', b: 'a', c: 'b' } }, [
    ['ada@a.lit', join(1000, 'a', 'Ada'), say(30_000, 'a', 'a1')],
    ['bob@b.lit', join(1000, 'b', 'Bob'), say(31_000, 'b', 'b1')],
    ['cid@c.lit', join(1000, 'c', 'Cid'), say(32_000, 'c', 'c1')],
  ]),
  script('each-other', { with: { a: 'b', b: 'a' } }, [
    ['ada@a.lit', join(1000, 'a', 'Ada')],
    ['bob@b.lit', join(1000, 'b', 'Bob')],
  ]),
  script('refused', { ...PAIR, accepts: [] }, [
    ['ada@a.lit', join(100, 'a', 'Ada')],
    ['bob@b.lit', join(1000, 'b', 'Bob')],
  ]),
  script(
    'forgotten',
    {
      ...PAIR,
      acts: {
        a: [
          { at: 3_000_000, do: 'crash' as const },
          { at: 3_500_000, do: 'start' as const },
        ],
      },
    },
    [
      ['ada@a.lit', join(100, 'a', 'Ada')],
      ['bob@b.lit', join(1000, 'b', 'Bob'), say(4000, 'b', 'b1')],
    ],
  ),
];

/**
 * Every service of every scene lists exactly what works: each feature that it announces is tried and works, and what works of the features
 * that its kind may have is announced. XEP-0030 §3.1.
 */
import { expect, test } from 'vitest';
import { elements } from '../../../src/base/xml/element.ts';
import { NS } from '../../../src/core/xmpp/namespaces.ts';
import { createWorld } from '../../../src/core/simulation/scenario.ts';
import { MODULES } from '../../../src/core/xmpp/modules/index.ts';
import type { XmppScenario } from '../../../src/protocol/scenario.ts';
import { scenarios } from '../../../src/scenarios/index.ts';
import { online, scene } from '../../../src/scenarios/xmpp/parts.ts';
import { ended, featuresIn, infoOf, isResult, type Ended, type Probe } from './disco-probe.ts';
import { CHANNEL, CHANNELS, ROOM, ROOMS } from './disco-trials-groups.ts';
import { NODES, SERVICE } from './disco-trials-pubsub.ts';
import { ACCOUNT, SERVER, UPLOAD } from './disco-trials-servers.ts';
import type { Tried, Trials } from './disco-trials.ts';

const PLACES = { muc: ROOMS, mix: CHANNELS, pubsub: SERVICE, upload: UPLOAD };

interface Found {
  readonly at: string;
  readonly trials: Trials;
  readonly announced: readonly string[];
  readonly tried: Tried;
}

function everything({ scenario, probe }: Ended): readonly Found[] {
  const services = (kind: keyof typeof PLACES): readonly string[] =>
    scenario.servers.flatMap((s) => (s.components ?? []).filter((c) => c.service === kind).map((c) => c.domain));
  const all = { muc: services('muc'), mix: services('mix'), pubsub: services('pubsub'), upload: services('upload') };
  const probes = new Map(scenario.servers.map((s) => [s.domain, probe(s.domain)]));
  return scenario.servers.flatMap(({ domain, components = [] }) => {
    const own = probes.get(domain)!;
    const far = [...probes].filter(([d]) => d !== domain).map(([, p]) => p);
    const found = (at: string, trials: Trials): Found => {
      const answer = infoOf(own.one, at);
      expect(isResult(answer), `${at} answers disco#info`).toBe(true);
      return { at, trials, announced: featuresIn(answer), tried: { ...own, at, domain, services: all, far } };
    };
    // A server that is down at the end of its scene says nothing.
    if (!isResult(infoOf(own.one, domain))) return [];
    return [
      found(domain, SERVER),
      found('', { ...ACCOUNT, ...NODES }),
      ...components.flatMap((c) => {
        const more = c.domain === 'rooms.a.lit' ? makeRooms(own) : [];
        const list = own.one.ask('get', c.domain, `<query xmlns='${NS.discoItems}'/>`);
        const rooms = elements(elements(list)[0] ?? list).flatMap((i) => (i.attrs['jid']?.includes('@') === true ? [i.attrs['jid']] : []));
        return [
          found(c.domain, PLACES[c.service]),
          ...[...new Set([...rooms, ...more])].map((room) => found(room, c.service === 'mix' ? CHANNEL : ROOM)),
        ];
      }),
    ];
  });
}

/** What no scene has together: all services, and every module that is loaded where it is asked for, but one that lets nobody use another nick than their own. */
const EVERYTHING: XmppScenario = scene({
  id: 'everything',
  title: '',
  summary: '',
  servers: [
    {
      domain: 'a.lit',
      modules: MODULES.filter((m) => m.optional === true && m.id !== 'muc-registered-nicks').map((m) => m.id),
      components: [
        {
          domain: 'rooms.a.lit',
          service: 'muc',
          rooms: [
            { name: 'tea', owner: 'ada@a.lit', title: 'Tea' },
            { name: 'court', owner: 'ada@a.lit' },
          ],
        },
        { domain: 'mix.a.lit', service: 'mix', rooms: [{ name: 'tea', owner: 'ada@a.lit' }] },
        { domain: 'news.a.lit', service: 'pubsub', title: 'News' },
        { domain: 'files.a.lit', service: 'upload' },
      ],
    },
  ],
  clients: [online('ada@a.lit/x', 10)],
});

/** Rooms that are not as most are, each with a setting that is announced. */
const SETTINGS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  shut: { passwordprotectedroom: '1', roomsecret: 'tea' },
  loud: { whois: 'anyone' },
  mute: { moderatedroom: '1' },
  gone: {},
  hidden: { publicroom: '0' },
  members: { membersonly: '1' },
};
function makeRooms({ one, same }: Probe): readonly string[] {
  return Object.entries(SETTINGS).map(([name, settings]) => {
    const room = `${name}@rooms.a.lit`;
    same.say(`<presence to='${room}/Keeper'><x xmlns='http://jabber.org/protocol/muc'/></presence>`);
    const fields = Object.entries({ publicroom: '1', ...settings }).map(
      ([field, value]) => `<field var='muc#roomconfig_${field}'><value>${value}</value></field>`,
    );
    const type = "<field var='FORM_TYPE'><value>http://jabber.org/protocol/muc#roomconfig</value></field>";
    const form = `<x xmlns='jabber:x:data' type='submit'>${type}${fields.join('')}</x>`;
    expect(isResult(one.ask('set', room, `<query xmlns='http://jabber.org/protocol/muc#owner'>${form}</query>`)), room).toBe(true);
    return room;
  });
}

/** What Prosody has and does not announce: `05a-disco` of the recorded conversations. */
const UNTOLD: ReadonlySet<string> = new Set(
  [
    'access-authorize',
    'access-open',
    'access-roster',
    'access-whitelist',
    'manage-subscriptions',
    'publish-only-affiliation',
    'retrieve-affiliations',
  ].map((name) => `http://jabber.org/protocol/pubsub#${name}`),
);

/** As the groups' worlds are made: each way is a scenario of its own. */
const groups: readonly XmppScenario[] = scenarios.flatMap((scenario) => {
  if (scenario.model !== 'group') return [];
  const ways = scenario.about === undefined ? ['muc', 'fmuc-primaries', 'fmuc-replicas', 'mix', 'gossip'] : [''];
  return ways.flatMap((way) => {
    const made = createWorld({ scenario, params: way === '' ? {} : { way } }, undefined).scenario;
    return made.model === 'xmpp' ? [{ ...made, id: `${scenario.id} ${way}` }] : [];
  });
});
const all = [...scenarios.filter((s) => s.model === 'xmpp'), ...groups, EVERYTHING];
const played = (['prosody', 'rfc'] as const).flatMap((profile) => all.map((s) => [profile, s.id, s] as const));

/** What was tried already at a service that is the same. */
const known = new Set<string>();

test.each(played)('%s: %s', (profile, _id, scenario) => {
  const wrong: string[] = [];
  for (const { at, trials, announced, tried } of everything(ended({ ...scenario, profile }))) {
    expect(
      announced.filter((name) => !(name in trials)),
      `${at}: each feature has a trial`,
    ).toEqual([]);
    const key = JSON.stringify([profile, Object.keys(trials), announced]);
    if (known.has(key)) continue;
    known.add(key);
    for (const [name, trial] of Object.entries(trials)) {
      const works = trial(tried);
      if (works && !announced.includes(name) && !(profile === 'prosody' && UNTOLD.has(name)))
        wrong.push(`${at} does not announce ${name}, which works`);
      if (!works && announced.includes(name)) wrong.push(`${at} announces ${name}, which does not work`);
    }
  }
  expect(wrong).toEqual([]);
});

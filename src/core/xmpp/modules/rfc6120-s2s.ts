/**
 * RFC 6120 (March 2011, https://www.rfc-editor.org/rfc/rfc6120) §10.4 the way to a remote domain: §3.2 the name is resolved, a connection opened, §4 the
 * stream negotiated, and what waited is sent in order. As Prosody does it: each domain of a server, a service's too, has streams of its own, one for each direction.
 * Simplified: a lookup takes one millisecond and is of the scenario's domains only (no A or AAAA records, no weights, no second target, no cache);
 * no stream is closed for being idle.
 */
import { rule, type Module, type Timer } from '../module.ts';
import { NS } from '../namespaces.ts';
import { closeLink, receiveFromOpener, receiveFromTaker, s2sRules } from '../server/s2s.ts';
import { established, lookedUp, outbound, s2sOutRules, sendToDomain } from '../server/s2s-out.ts';
import { powerRules } from '../server/power.ts';
import { streams } from '../server/streams.ts';

const own = {
  remote: rule(
    'rfc-6120/10.4/remote-stream',
    'RFC 6120 §10.4',
    'The addressee is of another domain, so the stanza is passed on by the stream that this host has to it.',
  ),
};
const rules = { ...s2sOutRules, ...s2sRules, ...powerRules, ...own };

const timers: readonly Timer[] = [
  { name: 's2s-lookup', summary: 'the name service answers where a domain’s server is (SRV)', run: lookedUp },
  {
    name: 's2s-timeout',
    summary: 'looks whether a stream between servers has been authenticated in time',
    run(context, number) {
      const stream = Object.values(context.get(streams)).find((s) => s.number === number);
      if (stream && stream.user === '') closeLink(context, stream, 'connection-timeout');
    },
  },
];

export const rfc6120S2s: Module = {
  id: 'rfc-6120-s2s',
  title: 'Streams between servers',
  spec: 'RFC 6120',
  version: '2011-03',
  places: ['server', 'muc', 'mix', 'pubsub', 'upload'],
  rules,
  timers,
  hooks: [
    {
      event: 'route',
      run(context, { stanza, to, why = own.remote, relays = -1, answers = -1 }) {
        sendToDomain(context, to.domain, { item: stanza, why, relays, answers });
        return true;
      },
    },
    { event: 's2s/in', run: (context, { stanza, link }) => link !== undefined && (receiveFromOpener(context, stanza, link), true) },
    { event: 's2s/out', run: (context, { stanza, link }) => link !== undefined && (receiveFromTaker(context, stanza, link), true) },
    {
      event: `s2s-out/${NS.streams}:features`,
      priority: -1,
      run(context, { stream }) {
        if (!stream) return false;
        // Nothing is left to be negotiated: the stream is ready, or it never will be.
        if (stream.user !== '') established(context, stream.remote);
        else closeLink(context, stream, 'unsupported-feature', 'No viable authentication method offered');
        return true;
      },
    },
  ],
  inspect({ party, get }) {
    const waiting = Object.values(get(outbound));
    if (party.routes.size === 0) return [];
    return [
      {
        type: 'table',
        key: 'outbound',
        title: 'Other domains',
        columns: ['Domain', 'Way there', 'Waiting'],
        rows: waiting.map((o) => ({
          key: o.domain,
          cells: [
            { text: o.domain },
            { text: o.ready ? 'stream is up' : o.link < 0 ? 'name is being looked up' : 'stream is being negotiated' },
            { text: o.queue ? String(o.queue.length) : '' },
          ],
        })),
        empty: 'Nothing has been sent to other domains.',
      },
    ];
  },
};

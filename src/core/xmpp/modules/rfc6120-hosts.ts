/**
 * Servers that go down and come up again: RFC 6120 (March 2011, https://www.rfc-editor.org/rfc/rfc6120) §4.4 the end of streams, §4.9.3.19 system-shutdown.
 * A stop is what Prosody does on SIGTERM: the streams of clients end with that error, which tells others that the users are gone, then those between servers.
 * Modules hear of it by the events `host/stopping` (before any stream is ended), `host/stop`, `host/crash` and `host/start`, and store then what a real one would have on disk.
 * A crash is that of the process: its operating system closes the connections, and nobody is told a word. What a host has stored outlives both.
 * Simplified: a server's services stop one way of their link later than the server, so that they can still tell other servers who has left; what a
 * service says meanwhile to users of its own server is lost, because their streams are closed all at once. Links that are up from the beginning
 * (scenarios without streams between servers) have nothing to be closed: what comes on them to a host that is down is lost in silence.
 */
import { el } from '../../../base/xml/element.ts';
import { rule, type Context, type Module } from '../module.ts';
import { streamError } from '../server/c2s.ts';
import { power, upSince } from '../server/power.ts';
import { closeLink } from '../server/s2s.ts';
import { streams, type Stream } from '../server/streams.ts';
import { Shown } from '../states.ts';
import { CLOSE, WIRE } from '../wire.ts';

const rules = {
  stop: rule(
    'rfc-6120/4.9.3.19/stop',
    'RFC 6120 §4.9.3.19',
    'The host is stopped in good order: it tells others who has gone, ends each stream with system-shutdown, and keeps what it has stored.',
  ),
  crash: rule(
    'rfc-6120/4.4/crash',
    'RFC 6120 §4.4, §4.9.3.3',
    'The process has died: nothing is said on its streams, and the operating system closes their connections. Only what was stored is left.',
  ),
  start: rule('rfc-6120/3.2/start', 'RFC 6120 §3.2', 'The host is up again with what it had stored, and takes connections.'),
};

/** What Prosody says on that signal. */
const WORDS = 'Received SIGTERM';

/** @param what of its acts. */
function tell(context: Context, what: 'stopping' | 'stop' | 'crash' | 'start'): void {
  const { jid } = context.party;
  context.fire([`host/${what}`], { stanza: el('host', WIRE), to: jid, from: jid });
}

const open = (context: Context): readonly Stream[] => Object.values(context.get(streams));

function stop(context: Context): void {
  context.set(power, 'stopping');
  tell(context, 'stopping');
  for (const stream of open(context)) if (stream.kind === 'c2s') streamError(context, stream, 'system-shutdown', WORDS);
  for (const stream of open(context)) closeLink(context, stream, 'system-shutdown', WORDS);
}

function goDown(context: Context): void {
  context.forget();
  context.set(power, 'down');
  context.show(Shown.offline);
}

export function startHost(context: Context): void {
  context.set(power, 'up');
  context.set(upSince, context.tick);
  context.decline(rules.start);
  tell(context, 'start');
  context.show(Shown.online);
}
/** Of a host that is up. */
export function crashHost(context: Context): void {
  context.decline(rules.crash);
  for (const { link } of open(context)) context.put(link, CLOSE, rules.crash);
  tell(context, 'crash');
  goDown(context);
}

export const rfc6120Hosts: Module = {
  id: 'rfc-6120-hosts',
  title: 'Stopping and starting',
  spec: 'RFC 6120',
  version: '2011-03',
  places: ['server', 'muc', 'mix', 'pubsub', 'upload'],
  rules,
  timers: [
    {
      name: 'host-act',
      summary: 'a host is stopped, dies or is started',
      always: true,
      run(context, index) {
        const act = context.party.host.acts[index]?.do;
        const isUp = context.get(power) === 'up';
        if (act === 'start' && !isUp) startHost(context);
        else if (act === 'stop' && isUp) {
          context.decline(rules.stop);
          stop(context);
          tell(context, 'stop');
          goDown(context);
        } else if (act === 'crash' && isUp) crashHost(context);
      },
    },
  ],
  hooks: [],
  inspect({ get }) {
    const fields = [{ key: 'power', label: 'Host', value: 'is down' }];
    return get(power) === 'down' ? [{ type: 'fields', key: 'power', fields }] : [];
  },
};

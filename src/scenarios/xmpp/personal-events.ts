/** Who is told what: each client says in its presence what it wants to know of its contacts. XEP-0163, XEP-0115; each node's own specification. By the profile `rfc`: Prosody tells contacts on its own server twice. */
import type { RosterEntry } from '../../protocol/scenario.ts';
import { LATENCIES, MS, online, scene, SECOND, sends } from './parts.ts';

const ALICE = 'alice@wonderland.lit';
const friends = ['madhatter@wonderland.lit', 'whiterabbit@wonderland.lit', 'cat@realworld.lit'];
const both = (account: string, contact: string): RosterEntry => ({ account, contact, subscription: 'both' });
/** With these wishes, as ids of habits. */
const wants = (...kinds: readonly string[]): readonly string[] => ['eventing', ...kinds.map((kind) => `eventing-${kind}`)];

const publish = (at: number, id: string, node: string, item: string, payload: string) =>
  sends(
    at,
    `<iq type='set' id='${id}'><pubsub xmlns='http://jabber.org/protocol/pubsub'><publish node='${node}'>` +
      `<item id='${item}'>${payload}</item></publish></pubsub></iq>`,
  );
const PROTOCOL = 'http://jabber.org/protocol';
/** Hexadecimal SHA-1 of the picture, which is a dot. */
const PICTURE = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const PICTURE_ID = '4a5eb7171b58e08a6881721e3b43d5a44419a2be';
const bookmark = "<conference xmlns='urn:xmpp:bookmarks:1' name='Tea party' autojoin='false'><nick>Alice</nick></conference>";

export const personalEvents = scene({
  id: 'personal-events',
  title: 'Who is told what',
  summary: 'Tune, mood, avatar: only to those who want to know',
  profile: 'rfc',
  until: 20 * SECOND,
  speed: 400_000,
  params: LATENCIES,
  servers: [
    {
      domain: 'wonderland.lit',
      rosters: [...friends.map((friend) => both('alice', friend)), both('madhatter', ALICE), both('whiterabbit', ALICE)],
    },
    { domain: 'realworld.lit', rosters: [both('cat', ALICE)] },
  ],
  clients: [
    {
      ...online(
        `${ALICE}/tea`,
        0,
        publish(
          2000,
          'tune',
          `${PROTOCOL}/tune`,
          'current',
          `<tune xmlns='${PROTOCOL}/tune'><artist>The Mock Turtle</artist><title>Beautiful Soup</title></tune>`,
        ),
        publish(3000, 'mood', `${PROTOCOL}/mood`, 'current', `<mood xmlns='${PROTOCOL}/mood'><curious/><text>and curiouser</text></mood>`),
        publish(
          4000,
          'activity',
          `${PROTOCOL}/activity`,
          'current',
          `<activity xmlns='${PROTOCOL}/activity'><drinking><having_tea/></drinking></activity>`,
        ),
        publish(
          5000,
          'location',
          `${PROTOCOL}/geoloc`,
          'current',
          `<geoloc xmlns='${PROTOCOL}/geoloc'><lat>51.75</lat><locality>Oxford</locality><lon>-1.25</lon></geoloc>`,
        ),
        publish(6000, 'picture', 'urn:xmpp:avatar:data', PICTURE_ID, `<data xmlns='urn:xmpp:avatar:data'>${PICTURE}</data>`),
        publish(
          6500,
          'avatar',
          'urn:xmpp:avatar:metadata',
          PICTURE_ID,
          `<metadata xmlns='urn:xmpp:avatar:metadata'><info bytes='70' id='${PICTURE_ID}' type='image/png'/></metadata>`,
        ),
        publish(7000, 'nickname', `${PROTOCOL}/nick`, 'current', `<nick xmlns='${PROTOCOL}/nick'>Alice of Oxford</nick>`),
        publish(8000, 'bookmark', 'urn:xmpp:bookmarks:1', 'teaparty@rooms.wonderland.lit', bookmark),
        publish(
          11_000,
          'next-tune',
          `${PROTOCOL}/tune`,
          'current',
          `<tune xmlns='${PROTOCOL}/tune'><title>Twinkle, Twinkle, Little Bat</title></tune>`,
        ),
        // Before there were events, such things stood in presence, and everyone got them.
        sends(13_000, `<presence><mood xmlns='${PROTOCOL}/mood'><sleepy/></mood></presence>`),
      ),
      agents: wants('bookmarks'),
    },
    { ...online(`${ALICE}/phone`, 100), agents: wants('bookmarks', 'nickname') },
    { ...online('madhatter@wonderland.lit/hat', 200), agents: wants('tune', 'mood') },
    { ...online('whiterabbit@wonderland.lit/watch', 300), agents: wants('activity', 'location', 'avatar', 'nickname') },
    // Comes late, and is told the last tune all the same.
    { jid: 'cat@realworld.lit/tree', acts: [{ at: 9500 * MS, do: 'presence' }], agents: wants('tune') },
    // No contact of hers: she may not know.
    { ...online('queen@wonderland.lit/court', 400), agents: wants('tune', 'mood', 'activity', 'location', 'avatar', 'nickname') },
  ],
});

/** What presence costs: each person who comes online has twice as many contacts as the one before. RFC 6121 §4.2, §4.3. */
import type { XmppScenario } from '../../protocol/scenario.ts';
import { MS, scene, SECOND } from './parts.ts';

const SIZES = [1, 2, 4, 8, 16];
const crowd = Array.from({ length: 16 }, (_, i) => `guest${i + 1}`);
const both = (account: string, contact: string) => ({ account, contact: `${contact}@wonderland.lit`, subscription: 'both' as const });
const rosters = SIZES.flatMap((size) =>
  crowd.slice(0, size).flatMap((guest) => [both(`friend-of-${size}`, guest), both(guest, `friend-of-${size}`)]),
);
const guests: XmppScenario['clients'] = crowd.map((name, i) => ({
  jid: `${name}@wonderland.lit/garden`,
  acts: [{ at: i * 5 * MS, do: 'presence' }],
}));
const friends: XmppScenario['clients'] = SIZES.map((size, i) => ({
  jid: `friend-of-${size}@wonderland.lit/gate`,
  acts: [
    { at: (1000 + 800 * i) * MS, do: 'presence' },
    { at: (6000 + 800 * i) * MS, do: 'presence', show: 'away' },
  ],
}));

export const presenceCost = scene({
  id: 'presence-cost',
  title: 'What presence costs',
  summary: 'One contact more: two stanzas more for each login',
  until: 20 * SECOND,
  servers: [{ domain: 'wonderland.lit', rosters }],
  clients: [...guests, ...friends],
});

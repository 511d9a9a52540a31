/**
 * What a site of `death-certificates.ts` has under the item's name (the item, a certificate awake or asleep, nothing), and what becomes of
 * it when something else is shown to the site. Demers et al., PODC 1987, section 2.
 */
import { view, type Data, type Net } from './contract.ts';

// What a site has under the item's name.
export const HOLDS = 0;
const ACTIVE = 1;
const DORMANT = 2;
const NOTHING = 3;

// Methods; the first two are replies, too.
const ITEM = 0;
const CERTIFICATE = 1;
export const ASK = 2;

export const columns = {
  has: 'u8',
  /** Of the item or of the deletion; ticks begin at 1, so that the item at first, at 0, is older than all. */
  time: 'f64',
  /** When the certificate was activated last. */
  activated: 'f64',
  /** Who keeps the certificate asleep. */
  sites: view(({ params }) => params['retention'] as number),
  /** It removed the item once. */
  removed: 'u8',
} as const;
export type Sites = Net<typeof columns>;

/** What the site has to show: a method, or a reply; `ASK` if it has nothing, or a certificate that sleeps (§2.2). */
export const shows = (net: Sites, node: number): number => {
  const has = net.state.has[node]!;
  return has === HOLDS ? ITEM : has === ACTIVE ? CERTIFICATE : ASK;
};
export function entry(net: Sites, node: number): Data {
  const { time, activated, sites } = net.state;
  const what = shows(net, node);
  if (what === ASK) return [];
  if (what === ITEM) return [time[node]!];
  const width = net.params['retention'] as number;
  const listed = sites.subarray(node * width, (node + 1) * width);
  return [
    time[node]!,
    activated[node]!,
    ...Array.from(
      listed.filter((site) => site > 0),
      (site) => site - 1,
    ),
  ];
}

/** Makes what was shown and what the site has agree. Answers whether its own is what the other site should have. */
export function settle(net: Sites, node: number, what: number, shown: Data): boolean {
  const s = net.state;
  const has = s.has[node]!;
  const [time, activated] = shown as readonly [number, number];
  if (has === NOTHING || time > s.time[node]!) {
    if (what === ITEM) hold(net, node, time);
    else bury(net, node, shown);
    return false;
  }
  if (time < s.time[node]!) {
    // An obsolete item meets a certificate that sleeps (§2.1).
    if (what === ITEM && has === DORMANT) wake(net, node, net.tick + 1);
    return s.has[node] !== DORMANT;
  }
  if (what === CERTIFICATE && activated !== s.activated[node]) {
    if (activated < s.activated[node]!) return has === ACTIVE;
    wake(net, node, activated);
  } else net.idle(node, 'same');
  return false;
}

export function hold(net: Sites, node: number, time: number): void {
  clear(net, node);
  net.state.has[node] = HOLDS;
  net.state.time[node] = time;
}
export function bury(net: Sites, node: number, [time, activated, ...listed]: Data): void {
  const s = net.state;
  if (s.has[node] === HOLDS) s.removed[node] = 1;
  s.has[node] = ACTIVE;
  s.time[node] = time!;
  s.activated[node] = activated!;
  const width = net.params['retention'] as number;
  for (let i = 0; i < width; i++) s.sites[node * width + i] = i < listed.length ? listed[i]! + 1 : 0;
  net.learned(node);
  age(net, node);
}
/** The certificate is spread anew from a time of activation on; the time of the deletion stays (§2.2). */
function wake(net: Sites, node: number, activated: number): void {
  net.state.has[node] = ACTIVE;
  net.state.activated[node] = activated;
}
/** Certificates fall asleep, and are forgotten in the end. */
export function age(net: Sites, node: number): void {
  const s = net.state;
  if (s.has[node] !== ACTIVE && s.has[node] !== DORMANT) return;
  const { retention, threshold, dormancy } = net.params as { retention: number; threshold: number; dormancy: number };
  const old = (net.tick + 1 - s.activated[node]!) / net.period;
  if (old <= threshold) return;
  const listed = s.sites.subarray(node * retention, (node + 1) * retention).includes(node + 1);
  if (listed && old <= threshold + dormancy) {
    s.has[node] = DORMANT;
    return;
  }
  clear(net, node);
  s.has[node] = NOTHING;
}
function clear(net: Sites, node: number): void {
  const s = net.state;
  const retention = net.params['retention'] as number;
  s.time[node] = s.activated[node] = 0;
  s.sites.fill(0, node * retention, (node + 1) * retention);
}

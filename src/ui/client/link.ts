/** The link that restores a moment: readable, versioned, and with a checksum, so that a damaged one says so. */
import type { Problem } from '../../base/result.ts';
import type { Target } from '../../protocol/parts.ts';
import type { Intervention } from '../../protocol/intervention.ts';
import type { OpenArgs } from '../../protocol/protocol.ts';
import { layoutText, readLayout, type DiagramLayout } from '../state/diagram.ts';
import { DOCK_VIEWS, type DockView } from '../state/preferences.ts';
import { wellFormed } from '../shared/text.ts';
import { crc32 } from './crc32.ts';
import { configurationText, readConfiguration, type LinkConfiguration } from './link-compare.ts';
import { branchesText, handText, readBranches, readHand } from './link-hand.ts';
import { paramsText, readParams, safe } from './link-params.ts';

const LINK_VERSION = '1';

export interface LinkState {
  readonly scenario: string;
  readonly file?: string | undefined;
  /** Where it is not the scenario's own. */
  readonly algorithm?: string | undefined;
  /** Where it is not the scenario's own. */
  readonly topology?: string | undefined;
  /** Where the scene is one run of an experiment. */
  readonly experiment?: OpenArgs['experiment'];
  /** What was done by hand, in order. */
  readonly interventions?: readonly Intervention[] | undefined;
  /** Branches of that run, and which of them is shown. */
  readonly branches?: OpenArgs['branches'];
  readonly active?: number | undefined;
  readonly seed: string;
  /** As text: their types are the scenario's business. */
  readonly params: Readonly<Record<string, string>>;
  /** The cursor: an ordinal. */
  readonly at: number;
  /** Displayed time in ticks. */
  readonly time: number;
  readonly select: Target | null;
  /** What is followed. */
  readonly follow?: Target | undefined;
  /** What the dock shows, where it is not the events. */
  readonly dock?: DockView | undefined;
  /** How the space-time diagram is laid out, where the dock shows it. */
  readonly diagram?: DiagramLayout | undefined;
  /** The group that the lab compares by several ways: its seed and parameters. */
  readonly ways?: { readonly seed: string; readonly params: LinkState['params'] } | undefined;
  /** What is filtered by, and with how many rows around each match. */
  readonly filter?: string | undefined;
  readonly context?: number | undefined;
  readonly breaks?: readonly { readonly text: string; readonly on: boolean }[] | undefined;
  /** Configurations that are compared, in their order; null is the one above. */
  readonly compare?: readonly (LinkConfiguration | null)[] | undefined;
}

const targetText = (target: Target): string => {
  if (target.type === 'message') return `message:${target.id}`;
  return target.type === 'event' ? `event:${target.ordinal}` : `${target.type}:${target.index}`;
};

function readWays(text: string | undefined): LinkState['ways'] {
  if (text === undefined) return undefined;
  const [seed = '', params = ''] = text.split(';');
  return { seed: decodeURIComponent(seed), params: readParams(params) };
}

const runText = ({ run, redraw, until, origin }: NonNullable<LinkState['experiment']>): string =>
  [String(run), redraw ? 'redraw' : '', until ?? '', origin === undefined ? '' : encodeURIComponent(origin)].join(';').replace(/;+$/, '');
/** Null for what names no run. */
function readRun(text: string): NonNullable<LinkState['experiment']> | null {
  const [number, redraw, limit, name] = text.split(';');
  const run = whole(number);
  const until = limit ? whole(limit) : undefined;
  if (run === null || until === null) return null;
  const origin = name ? decodeURIComponent(name) : undefined;
  return {
    run,
    ...(redraw === 'redraw' && { redraw: true }),
    ...(until !== undefined && { until }),
    ...(origin !== undefined && { origin }),
  };
}

/** One that is off has `-` before it, as no expression begins with that. */
const readBreak = (item: string): { readonly text: string; readonly on: boolean } =>
  item.startsWith('-') ? { text: decodeURIComponent(item.slice(1)), on: false } : { text: decodeURIComponent(item), on: true };

export function encodeLink(link: LinkState): string {
  const pairs: [string, string][] = [
    ['v', LINK_VERSION],
    ['scenario', safe(link.scenario)],
  ];
  if (link.file !== undefined) pairs.push(['file', safe(link.file)]);
  if (link.algorithm !== undefined) pairs.push(['algorithm', safe(link.algorithm)]);
  if (link.topology !== undefined) pairs.push(['topology', safe(link.topology)]);
  pairs.push(['seed', safe(link.seed)]);
  if (link.experiment) pairs.push(['run', runText(link.experiment)]);
  if (link.interventions?.length) pairs.push(['hand', link.interventions.map(handText).join('|')]);
  if (link.branches?.length) pairs.push(['branches', branchesText(link.branches)]);
  if (link.active) pairs.push(['on', String(link.active)]);
  const params = paramsText(link.params);
  if (params !== '') pairs.push(['params', params]);
  pairs.push(['at', String(link.at)], ['time', String(Math.round(link.time * 1000) / 1000)]);
  if (link.select) pairs.push(['select', targetText(link.select)]);
  if (link.follow) pairs.push(['follow', targetText(link.follow)]);
  if (link.dock !== undefined && link.dock !== 'events') pairs.push(['dock', link.dock]);
  const diagram = link.diagram && layoutText(link.diagram);
  if (diagram !== undefined) pairs.push(['diagram', diagram]);
  if (link.ways) pairs.push(['ways', `${safe(link.ways.seed)};${paramsText(link.ways.params)}`]);
  if (link.filter !== undefined) pairs.push(['filter', encodeURIComponent(wellFormed(link.filter))]);
  if (link.context) pairs.push(['context', String(link.context)]);
  if (link.breaks?.length)
    pairs.push(['breaks', link.breaks.map(({ text, on }) => `${on ? '' : '-'}${encodeURIComponent(wellFormed(text))}`).join('|')]);
  if (link.compare) pairs.push(['compare', link.compare.map(configurationText).join('|')]);
  const text = pairs.map(([key, value]) => `${key}=${value}`).join('&');
  return `${text}&check=${crc32(text)}`;
}

export type Decoded = { readonly ok: true; readonly link: LinkState } | { readonly ok: false; readonly problem: Problem };

export const noLink = (message: string): { ok: false; problem: Problem } => ({
  ok: false,
  problem: { message, hint: 'Ask for it again, or copy it whole.' },
});

const whole = (text: string | undefined): number | null => {
  if (text === undefined || !/^\d{1,15}$/.test(text)) return null;
  return Number(text);
};

function readTarget(text: string): Target | null {
  const [, type, digits] = /^(message|event|entity|link):(\d{1,15})$/.exec(text) ?? [];
  const number = whole(digits);
  if (number === null) return null;
  switch (type) {
    case 'message':
      return { type, id: number };
    case 'event':
      return { type, ordinal: number };
    case 'entity':
    case 'link':
      return { type, index: number };
    default:
      return null;
  }
}

export function decodeLink(fragment: string): Decoded {
  const text = fragment.replace(/^#/, '');
  const cut = text.lastIndexOf('&check=');
  const version = /^v=([^&]*)/.exec(text)?.[1];
  if (version !== undefined && version !== LINK_VERSION && cut >= 0) {
    return noLink(`This link is of version ${version.slice(0, 12)}, and this page reads version ${LINK_VERSION}.`);
  }
  if (version === undefined) return noLink('This link was not made by Stanzascope.');
  if (cut < 0) return noLink('This link is cut off: its end is missing.');
  if (crc32(text.slice(0, cut)) !== text.slice(cut + '&check='.length))
    return noLink('This link was damaged on the way: its checksum does not match.');
  // What follows can only fail for a link that somebody wrote by hand, checksum and all.
  try {
    const fields = new Map(
      text
        .slice(0, cut)
        .split('&')
        .map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
    );
    const scenario = decodeURIComponent(fields.get('scenario') ?? '');
    if (scenario === '') return noLink('This link names no scenario.');
    const at = whole(fields.get('at'));
    if (at === null) return noLink(`This link’s cursor “${fields.get('at') ?? ''}” is not an event number.`);
    const time = fields.get('time') ?? '0';
    if (!/^\d{1,15}(\.\d{1,3})?$/.test(time)) return noLink(`This link’s time “${time}” is not a number of ticks.`);
    const selected = fields.get('select');
    const select = selected === undefined ? null : readTarget(selected);
    if (selected !== undefined && !select) return noLink(`This link selects “${selected}”, which names nothing.`);
    const toFollow = fields.get('follow');
    const follow = toFollow === undefined ? undefined : readTarget(toFollow);
    if (follow === null) return noLink(`This link follows “${toFollow ?? ''}”, which names nothing.`);
    const ofRun = fields.get('run');
    const experiment = ofRun === undefined ? undefined : readRun(ofRun);
    if (experiment === null) return noLink(`This link’s run “${ofRun ?? ''}” is not a number.`);
    const ofBranches = fields.get('branches');
    const branches = ofBranches === undefined ? undefined : readBranches(ofBranches);
    if (branches === null) return noLink('This link’s branches cannot be read.');
    const active = fields.has('on') ? whole(fields.get('on')) : undefined;
    const interventions = fields.get('hand')?.split('|').map(readHand);
    if (interventions?.includes(null)) return noLink('This link’s list of what was done by hand cannot be read.');
    const dock = DOCK_VIEWS.find((name) => name === fields.get('dock'));
    const laidOut = fields.get('diagram');
    const diagram = laidOut === undefined ? undefined : readLayout(laidOut);
    if (diagram === null) return noLink('This link’s layout of the space-time diagram cannot be read.');
    const ways = readWays(fields.get('ways'));
    const compared = fields.get('compare')?.split('|').map(readConfiguration);
    const compare = compared?.filter((item) => item !== undefined);
    if (compared?.length !== compare?.length) return noLink('This link’s runs to compare cannot be read.');
    const context = whole(fields.get('context'));
    const breaks = fields.get('breaks')?.split('|').map(readBreak);
    const word = (name: string) => {
      const text = fields.get(name);
      return text === undefined ? undefined : decodeURIComponent(text);
    };
    return {
      ok: true,
      link: {
        scenario,
        file: word('file'),
        algorithm: word('algorithm'),
        topology: word('topology'),
        ...(experiment && { experiment }),
        ...(interventions && { interventions: interventions.filter((done) => done !== null) }),
        ...(branches && { branches }),
        ...(active && { active }),
        seed: decodeURIComponent(fields.get('seed') ?? ''),
        params: readParams(fields.get('params') ?? ''),
        at,
        time: Number(time),
        select,
        ...(follow && { follow }),
        ...(dock && { dock }),
        ...(diagram && { diagram }),
        ...(ways && { ways }),
        filter: word('filter'),
        ...(context && { context }),
        ...(breaks && { breaks }),
        ...(compare && { compare }),
      },
    };
  } catch {
    return noLink('This link holds characters that cannot be read.');
  }
}

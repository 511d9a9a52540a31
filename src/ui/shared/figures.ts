/** The figures of a run, named and formatted for reading. */
import type { Ended, Progress } from '../../protocol/protocol.ts';
import type { Scene } from '../../protocol/scene.ts';
import { formatBytes, formatNumber, formatSpan } from './format.ts';

interface Figure {
  readonly key: string;
  readonly label: string;
  readonly value: string;
  /** What is measured, where the label alone may not say it. */
  readonly help?: string | undefined;
}

const ENDED: Readonly<Record<Ended, readonly [string, string]>> = {
  running: ['still running', 'The run is being computed'],
  drained: ['drained', 'Nothing is left to happen'],
  horizon: [
    'at its set time',
    'The run ends at the time that the scene sets: so is it meant where nodes never fall silent, as in membership',
  ],
  budget: [
    'at the limit',
    'It would go on: a run is computed as far as ten million events, or a hundred for each entity where that is more',
  ],
};

interface Measure {
  readonly label: string;
  readonly help: string;
  readonly text?: (value: number, scene: Scene) => string;
}
const whole = (value: number): string => value.toLocaleString('en');

const inRounds = (value: number, { roundName }: Scene): string => `${formatNumber(value)} ${roundName}s`;

const MEASURES: Readonly<Record<string, Measure>> = {
  completed: { label: 'everyone reached', help: 'Whether the update came to every node', text: (v) => (v === 1 ? 'yes' : 'no') },
  time: { label: 'last reached', help: 'When the last one was reached', text: (v, { unit }) => formatSpan(unit, v) },
  maxInFlight: { label: 'most in flight', help: 'The largest number of messages under way at one time', text: whole },
  residue: { label: 'residue', help: 'Share of the nodes that the update never reached', text: (v) => `${formatNumber(100 * v)} %` },
  traffic: { label: 'traffic per node', help: 'Updates sent, divided by the number of nodes' },
  tAve: {
    label: 'mean delay',
    help: 'Periods or cycles until a node is reached, the mean of those that were',
    text: inRounds,
  },
  tLast: { label: 'longest delay', help: 'Periods or cycles until the last node was reached', text: inRounds },
  toldStanzas: { label: 'stanzas for the updates', help: 'All stanzas from the time of the first update on, on all links', text: whole },
  toldBytes: { label: 'bytes for the updates', help: 'The bytes of these', text: formatBytes },
  setup: { label: 'stanzas before', help: 'What it took to come online, to join or subscribe, to say what is of interest', text: whole },
  told: { label: 'times told', help: 'How often a client was told something, asked or not', text: whole },
  inVain: { label: 'told in vain', help: 'There was nothing new in it, or the client does not want to know', text: whole },
  unseen: { label: 'never seen', help: 'Updates or messages that somebody whom they are for never saw, one for each of them', text: whole },
  delayMean: {
    label: 'mean delay',
    help: 'From an update or message to when somebody whom it is for sees it, the mean of all',
    text: (v, { unit }) => formatSpan(unit, v),
  },
  delayMax: {
    label: 'longest delay',
    help: 'From an update or message to when the last one whom it is for sees it',
    text: (v, { unit }) => formatSpan(unit, v),
  },
  bytes: {
    label: 'bytes sent',
    help: 'All stanzas on all links, as text; of a group: between machines, from the first message on',
    text: formatBytes,
  },
  between: { label: 'stanzas between machines', help: 'From the first message on; a server and its services are one machine', text: whole },
  disputed: { label: 'pairs in two orders', help: 'Pairs of messages that somebody saw one way round and somebody the other', text: whole },
  violations: {
    label: 'effects before causes',
    help: 'Times that somebody saw a message before one that its author had seen when saying it',
    text: whole,
  },
};
/** Said by the run itself, or by the first plot. */
const ELSEWHERE: ReadonlySet<string> = new Set(['stanzas', 'reached']);

/** `maxInFlight` → `max in flight`, for a measure that nobody has named here. */
const spelled = (key: string): string => key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/** One measure of a run by its key. */
export function measureWords(key: string, value: number | null, scene: Scene): { readonly label: string; readonly value: string } {
  const measure = MEASURES[key];
  const text = value !== null && Number.isFinite(value) ? (measure?.text?.(value, scene) ?? formatNumber(value)) : '–';
  return { label: measure?.label ?? spelled(key), value: text };
}

export function figuresOf(scene: Scene, progress: Progress): readonly Figure[] {
  const [ended, why] = ENDED[progress.ended];
  const figures: Figure[] = [
    { key: 'events', label: 'events', value: whole(progress.events) },
    { key: 'stanzas', label: 'stanzas', value: whole(progress.messages) },
    { key: 'end', label: 'ended', value: ended, help: why },
  ];
  if (progress.rows !== undefined)
    figures.push({
      key: 'rows',
      label: 'rows in memory',
      value: whole(progress.rows),
      help: 'Those of the other events are made again when you look there: the run is played once more from the nearest keyframe, to the same rows',
    });
  for (const [key, value] of Object.entries(progress.metrics ?? {})) {
    if (ELSEWHERE.has(key)) continue;
    figures.push({ key: `metric-${key}`, ...measureWords(key, value, scene), help: MEASURES[key]?.help });
  }
  return figures;
}

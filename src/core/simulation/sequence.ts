/** A window of the run as a sequence diagram: text for Mermaid, or a picture (`sequence-svg.ts`) whose arrows keep their delays. */
import { InputError } from '../../base/result.ts';
import { End, Mark, type Diagram, type SequenceArgs } from '../../protocol/diagram.ts';
import { KINDS } from '../../protocol/scene.ts';
import { diagramOf } from './diagram.ts';
import type { Run } from './run.ts';
import { sequenceSvg } from './sequence-svg.ts';
import { messageView, rowOf } from './views.ts';

/** Nobody reads more, and what draws Mermaid gives up long before. */
const MOST = 5000;

export function sequenceOf(run: Run, args: SequenceArgs): { name: string; type: string; text: string } {
  const { format, lines, names } = args;
  const diagram = diagramOf(run, run.fold.sibling(), { ...args, first: 0, last: names.length - 1, most: MOST, columns: 1 });
  if (diagram.density)
    throw new InputError({
      message: `${diagram.crossing.toLocaleString('en')} stanzas travel in this window, more than the ${MOST.toLocaleString('en')} that a sequence diagram can hold.`,
      hint: 'Make the window shorter, or hide lines.',
    });
  const { scenario } = run.world;
  const name = `${scenario.id}-${diagram.firstOrdinal}-${diagram.lastOrdinal}`;
  return format === 'svg'
    ? { name: `${name}.svg`, type: 'image/svg+xml', text: sequenceSvg(run, diagram, lines, names) }
    : { name: `${name}.mmd`, type: 'text/vnd.mermaid', text: mermaid(run, diagram, lines, names) };
}

/** A line of Mermaid ends at `;` and `#` begins an entity; a line break would begin a new statement. */
const safe = (text: string): string => text.replaceAll(/[#;]/g, (sign) => `#${sign.codePointAt(0)};`).replaceAll(/\s+/g, ' ');

/** Arrows of https://mermaid.js.org/syntax/sequenceDiagram.html by what became of the stanza: an open one came to nothing, a cross was lost. */
const ARROWS: Readonly<Record<number, string>> = {
  [End.underWay]: '--)',
  [End.delivered]: '->>',
  [End.duplicate]: '-->>',
  [End.idle]: '-->>',
  [End.refused]: '-->>',
  [End.lost]: '-x',
};
const WORDS: Readonly<Record<number, string>> = {
  [End.underWay]: ' (under way)',
  [End.duplicate]: ' (duplicate)',
  [End.idle]: ' (came to nothing)',
  [End.refused]: ' (refused)',
  [End.lost]: ' (lost)',
};

/**
 * Each stanza where it comes to its end, in the order of events; those under way at the end of the window last. Mermaid knows no delays,
 * so arrows are level; timers are left out.
 */
function mermaid(
  run: Run,
  { messages, marks, texts, reasons, inner, firstOrdinal, lastOrdinal }: Diagram,
  lines: Int32Array,
  names: readonly string[],
): string {
  const { unit, scenario, seed, stage } = run.world;
  const { journal } = run;
  const time = (tick: number): string => (unit.label === 's' ? `${(tick / unit.ticks).toFixed(3)} s` : String(tick));
  const out = [
    `%% Stanzascope: ${safe(scenario.title)}, seed ${safe(seed)}, events ${firstOrdinal} to ${lastOrdinal}`,
    'sequenceDiagram',
    ...names.map((name, line) => `  participant L${line} as ${safe(name)}`),
  ];
  if (inner > 0) out.splice(1, 0, `%% ${inner} stanzas within one line are left out`);
  const entries: { readonly at: number; readonly order: number; readonly text: string }[] = [];
  for (let i = 0; i < messages.id.length; i++) {
    const from = lines[messages.from[i]!]!;
    const to = lines[messages.to[i]!]!;
    const fate = messages.fate[i]!;
    const end = messages.end[i]!;
    const isOpen = end === 0 || end > lastOrdinal;
    const id = messages.id[i]!;
    const what = texts[i] ?? stage.summary(messageView(run, id));
    const reason = reasons[messages.reason[i]!]!;
    const text = `${KINDS[messages.kind[i]!]}: ${what}${isOpen ? WORDS[End.underWay]! : (WORDS[fate] ?? '')}`;
    // Mermaid draws no arrow from or to nobody: whose line is hidden is named in a note.
    const statement =
      from < 0 || to < 0
        ? `  Note over L${from < 0 ? to : from}: ${safe(`${from < 0 ? 'from' : 'to'} a hidden line, ${text}`)}`
        : `  L${from}${ARROWS[isOpen ? End.underWay : fate]}L${to}: ${safe(text)}`;
    const at = isOpen ? Infinity : end;
    entries.push({ at, order: id, text: statement });
    if (reason !== '' && !isOpen && to >= 0) entries.push({ at, order: id + 0.5, text: `  Note right of L${to}: ${safe(reason)}` });
  }
  marks.ordinal.forEach((ordinal, i) => {
    if (marks.what[i] !== Mark.intervention) return;
    const text = `${time(journal.tickOf(ordinal))}: ${rowOf(run, ordinal).what}`;
    entries.push({ at: ordinal, order: -1, text: `  Note over L${lines[marks.entity[i]!]!}: ${safe(text)}` });
  });
  entries.sort((a, b) => (a.at === b.at ? a.order - b.order : a.at < b.at ? -1 : 1));
  return `${[...out, ...entries.map(({ text }) => text)].join('\n')}\n`;
}

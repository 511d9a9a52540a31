/** The rows of the comparison's table: figures, people, servers or messages, with a cell for each way. */
import type { Moment, OrderSeen, WayResult, WaysPlan } from '../../protocol/ways.ts';
import { formatNumber } from '../shared/format.ts';

export const ROWS = ['figures', 'people', 'servers', 'messages'] as const;
export type RowsKind = (typeof ROWS)[number];
export const ROWS_TITLES: Readonly<Record<RowsKind, string>> = {
  figures: 'In figures',
  people: 'Who missed what',
  servers: 'Work of servers',
  messages: 'Message by message',
};

export interface Cell {
  readonly text: string;
  /** Said when it is pointed at. */
  readonly title: string;
  /** Where in the run it comes from; absent: it leads nowhere. */
  readonly moment?: Moment | undefined;
  /** For the bar, against the largest of its row. */
  readonly value?: number | undefined;
  /** Worth a look. */
  readonly isOdd?: boolean;
}
export interface Row {
  readonly key: string;
  readonly label: string;
  readonly help: string;
  /** By way; undefined where its run has not come in. */
  readonly cells: readonly (Cell | undefined)[];
}
type Results = readonly (WayResult | undefined)[];

export function rowsOf(kind: RowsKind, plan: WaysPlan, results: Results): readonly Row[] {
  if (kind === 'people') return peopleRows(results);
  if (kind === 'servers') return serverRows(plan, results);
  return kind === 'messages' ? messageRows(results) : figureRows(plan, results);
}

const cells = (results: Results, make: (result: WayResult) => Cell): Row['cells'] => results.map((result) => result && make(result));
const some = (results: Results): WayResult | undefined => results.find((result) => result !== undefined);

const PHASES = [
  { id: 'before', label: 'Seen, said before the fault' },
  { id: 'during', label: 'Seen, said during it' },
  { id: 'after', label: 'Seen, said after it' },
] as const;
const VERDICTS = { total: 'one for all', causal: 'causal only', none: 'none' } as const;

function figureRows(plan: WaysPlan, results: Results): readonly Row[] {
  const order: Row = {
    key: 'order',
    label: 'Order',
    help: 'Whether everybody saw what they saw in one order; else whether nobody saw an effect before its cause: by vector clocks',
    cells: cells(results, ({ order, moments }) => ({
      text: VERDICTS[order.verdict],
      title: orderWords(order),
      isOdd: order.verdict !== 'total',
      moment: order.verdict === 'total' ? undefined : (moments['disputed'] ?? moments['violations']),
    })),
  };
  const phases = PHASES.filter(({ id }) => results.some((result) => result && result.fault !== 'none' && result.reach[id] !== null)).map(
    ({ id, label }): Row => ({
      key: id,
      label,
      help: 'Of what people on living servers were to see from each other',
      cells: cells(results, ({ reach, moments }) => ({
        text: reach[id] === null ? '–' : `${formatNumber(100 * reach[id])} %`,
        title: 'Open the run when the fault comes',
        isOdd: (reach[id] ?? 1) < 1,
        moment: moments['fault'],
      })),
    }),
  );
  const figures = plan.figures.map(({ id, label, help, unit }): Row => ({
    key: id,
    label: unit === undefined ? label : `${label} (${unit})`,
    help,
    cells: cells(results, ({ figures, moments }) => ({
      text: figures[id] === null || figures[id] === undefined ? '–' : formatNumber(figures[id]),
      title: 'Open the run where this comes from',
      value: figures[id] ?? undefined,
      moment: moments[id],
    })),
  }));
  return [order, ...phases, ...figures];
}

/** Who disagreed first, on what. */
function orderWords({ disputed, violations, firstDispute: first, firstViolation: odd }: OrderSeen): string {
  if (!first) return odd ? causeWords(odd, violations) : 'No two people saw any two messages in different orders';
  const pairs = `${disputed.toLocaleString('en')} ${disputed === 1 ? 'pair' : 'pairs'} of messages in two orders: first ${first.one} saw #${first.first + 1} before #${first.second + 1}, and ${first.other} the other way round`;
  return odd ? `${pairs}. ${causeWords(odd, violations)}` : pairs;
}
const causeWords = ({ person, effect, cause }: NonNullable<OrderSeen['firstViolation']>, count: number): string =>
  `${count.toLocaleString('en')} times an effect before its cause: first ${person} saw #${effect + 1} before #${cause + 1}`;

function peopleRows(results: Results): readonly Row[] {
  return (some(results)?.people ?? []).map(({ name, server, left }, person) => ({
    key: name,
    label: `${name}, ${server}${left ? ', left' : ''}`,
    help: left ? 'Who leaves is owed nothing' : 'Messages of others that this person had not seen in the end',
    cells: cells(results, (result) => {
      const { missed, entity, order } = result.people[person]!;
      const first = result.messages.findIndex(({ author, body }, i) => author !== name && body !== '' && !order.includes(i));
      const at = result.messages[first]?.at;
      return {
        text: left ? '–' : formatNumber(missed),
        title: missed === 0 ? 'Saw everything' : `First missed: #${first + 1}`,
        value: missed,
        isOdd: missed > 0,
        moment: left || missed === 0 || at === undefined ? undefined : { tick: at, select: { type: 'entity', index: entity } },
      };
    }),
  }));
}

function serverRows(plan: WaysPlan, results: Results): readonly Row[] {
  const servers = results.find((result) => result && result.servers.length > 0)?.servers ?? [];
  return servers.map(({ name }, server) => ({
    key: name,
    label: name,
    help: 'Stanzas that it and its services sent and took in while the group talked',
    cells: cells(results, (result) => {
      const found = result.servers[server];
      return {
        text: found ? formatNumber(found.stanzas) : '–',
        title: found ? `Open the run at the end of the conversation, at ${name}` : 'There are no servers in it',
        value: found?.stanzas,
        moment: found && { tick: plan.ends, select: { type: 'entity', index: found.entity } },
      };
    }),
  }));
}

function messageRows(results: Results): readonly Row[] {
  return (some(results)?.messages ?? []).map(({ author, body }, message) => ({
    key: String(message),
    label: `#${message + 1} ${author}: ${body.replace(/ \(\d+\)$/, '')}`,
    help: 'How many saw it of those who were to',
    cells: cells(results, (result) => {
      const { seen, owed, at, last } = result.messages[message]!;
      const took = last < 0 ? 'Nobody saw it' : `The last of them ${formatNumber((last - at) / 1000)} ms after it was said`;
      const index = result.people.find(({ name }) => name === author)!.entity;
      return {
        text: `${seen} of ${owed}`,
        title: took,
        isOdd: seen < owed,
        moment: { tick: at, select: { type: 'entity', index } },
      };
    }),
  }));
}

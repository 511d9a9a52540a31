/**
 * Conversations as scripts. A line is
 *   `= text`            what the conversation shows, first of all
 *   `@ name address`    a client
 *   `let NAME xml`      an abbreviation: `{NAME}` stands for it in what follows
 *   `name > xml`        a client sends; this begins a step
 *   `name < xml`        a client receives in that step: all of it, in this order
 *   `! rule place`      in that step, this rule made something silently end at that place
 *   `# text`            a remark
 */
import { readdirSync, readFileSync } from 'node:fs';
import type { ClientAct, XmppScenario } from '../../src/protocol/scenario.ts';

export const STEP = 1_000_000;
const DIR = 'test/conversations/';

export interface Conversation {
  readonly name: string;
  readonly title: string;
  readonly scenario: XmppScenario;
  readonly steps: readonly {
    readonly line: number;
    readonly received: ReadonlyMap<string, string[]>;
    readonly silences: readonly string[];
  }[];
}

export function conversations(): Conversation[] {
  return readdirSync(DIR)
    .filter((f) => f.endsWith('.txt'))
    .sort()
    .map((f) => readConversation(f, readFileSync(DIR + f, 'utf8')));
}

function readConversation(name: string, text: string): Conversation {
  const abbreviations = new Map<string, string>();
  const addresses = new Map<string, string>();
  const acts = new Map<string, ClientAct[]>();
  const steps: { line: number; received: Map<string, string[]>; silences: string[] }[] = [];
  let title = '';
  const expand = (xml: string): string => xml.replace(/\{(\w+)\}/g, (whole, key: string) => abbreviations.get(key) ?? whole);

  text.split('\n').forEach((raw, i) => {
    const line = raw.trim();
    const wrong = (why: string): never => {
      throw new Error(`${DIR}${name}:${i + 1}: ${why}`);
    };
    const [first = '', second = ''] = line.split(' ', 2);
    const rest = line.slice(first.length + second.length + 2);
    if (line === '' || first === '#') return;
    if (first === '=') title ||= line.slice(2);
    else if (first === 'let') abbreviations.set(second, expand(rest));
    else if (first === '@') {
      addresses.set(second, rest.trim());
      acts.set(second, []);
    } else if (first === '!') steps.at(-1)?.silences.push(line.slice(2));
    else {
      if (!addresses.has(first)) wrong(`nobody is called "${first}"`);
      if (second === '>') {
        steps.push({ line: i + 1, received: new Map(), silences: [] });
        acts.get(first)!.push({ at: steps.length * STEP, do: 'send', xml: expand(rest) });
      } else if (second === '<') {
        const received = steps.at(-1)?.received ?? wrong('nothing was sent before this');
        const address = addresses.get(first)!;
        received.set(address, [...(received.get(address) ?? []), expand(rest)]);
      } else wrong('a line begins with a name and > or <, or with =, @, let, ! or #');
    }
  });
  const scenario: XmppScenario = {
    format: 'stanzascope/scenario',
    version: 1,
    model: 'xmpp',
    id: 'conversation',
    title,
    summary: '',
    seed: '1',
    servers: [
      {
        domain: 'wonderland.lit',
        components: [
          { domain: 'rooms.wonderland.lit', service: 'muc', rooms: [{ name: 'teaparty', owner: 'queen@wonderland.lit' }] },
          { domain: 'notify.wonderland.lit', service: 'pubsub', admins: ['queen@wonderland.lit'] },
        ],
      },
      { domain: 'realworld.lit' },
    ],
    clients: [...addresses].map(([key, jid]) => ({ jid, acts: acts.get(key)! })),
    latency: { client: 1000, federation: 5000, component: 500 },
  };
  return { name, title, scenario, steps };
}

/**
 * JSON Schemas (draft 2020-12) of the files that Stanzascope reads. `public/schemas/` holds the same as files, for editors;
 * a test keeps them in step.
 */
const text = { type: 'string' } as const;
const name = { type: 'string', minLength: 1 } as const;
const ticks = { type: 'integer', minimum: 0 } as const;
const values = { type: 'object', additionalProperties: { type: ['number', 'string', 'boolean'] } } as const;

const object = <P extends object, R extends keyof P & string>(properties: P, required: readonly R[]) =>
  ({ type: 'object', properties, required, additionalProperties: false }) as const;

const described = { label: text, help: text, unit: text };
const param = {
  oneOf: [
    object({ ...described, type: { const: 'int' }, min: { type: 'integer' }, max: { type: 'integer' }, default: { type: 'integer' } }, [
      'type',
      'help',
      'min',
      'max',
      'default',
    ]),
    object({ ...described, type: { const: 'number' }, min: { type: 'number' }, max: { type: 'number' }, default: { type: 'number' } }, [
      'type',
      'help',
      'min',
      'max',
      'default',
    ]),
    object({ ...described, type: { const: 'choice' }, options: { type: 'array', items: text, minItems: 1 }, default: text }, [
      'type',
      'help',
      'options',
      'default',
    ]),
    object({ ...described, type: { const: 'flag' }, default: { type: 'boolean' } }, ['type', 'help', 'default']),
    object({ ...described, type: { const: 'text' }, default: text }, ['type', 'help', 'default']),
  ],
};

const common = {
  format: { const: 'stanzascope/scenario' },
  version: { const: 1 },
  id: { type: 'string', pattern: '^[a-z0-9]+(-[a-z0-9]+)*$' },
  title: name,
  summary: text,
  seed: text,
  until: ticks,
  speed: { type: 'number', exclusiveMinimum: 0 },
  params: { type: 'object', additionalProperties: param },
  values,
};
const always = ['format', 'version', 'id', 'title', 'summary', 'seed', 'model'] as const;

const flag = { type: 'boolean' } as const;
const names = { type: 'array', items: name } as const;
const login = {
  resource: text,
  mechanism: { enum: ['PLAIN', 'SCRAM-SHA-1', 'SCRAM-SHA-256', 'ANONYMOUS'] },
  password: text,
  sasl2: flag,
  session: flag,
  manage: flag,
  resume: flag,
  roster: flag,
  presence: text,
};
const act = {
  oneOf: [
    object({ at: ticks, do: { const: 'presence' }, show: text, status: text }, ['at', 'do']),
    object({ at: ticks, do: { const: 'join' }, room: name, nick: text }, ['at', 'do', 'room', 'nick']),
    object({ at: ticks, do: { const: 'say' }, room: name, body: text, id: name }, ['at', 'do', 'room', 'body', 'id']),
    object({ at: ticks, do: { const: 'leave' }, room: name, nick: text, status: text }, ['at', 'do', 'room', 'nick']),
    object({ at: ticks, do: { const: 'send' }, xml: name }, ['at', 'do', 'xml']),
    object({ at: ticks, do: { const: 'connect' }, ...login }, ['at', 'do']),
    object({ at: ticks, do: { const: 'header' }, text: name }, ['at', 'do']),
    object({ at: ticks, do: { const: 'scram' }, mechanism: name, user: name, password: text, nonce: name }, ['at', 'do']),
    object({ at: ticks, do: { const: 'type' }, text: name }, ['at', 'do', 'text']),
    object({ at: ticks, do: { const: 'save' }, pattern: name, variable: name }, ['at', 'do', 'pattern', 'variable']),
    object({ at: ticks, do: { enum: ['open', 'tls', 'close', 'kill', 'reset'] } }, ['at', 'do']),
  ],
};
const federation = object(
  { with: name, mode: { enum: ['primary-primary', 'primary-replica'] }, accepts: { oneOf: [{ const: 'anyone' }, names] } },
  ['mode'],
);
const room = object(
  { name, owner: name, title: text, subject: text, history: { type: 'integer', minimum: 0, maximum: 1_000_000 }, federation },
  ['name', 'owner'],
);
const component = object(
  {
    domain: name,
    service: { enum: ['muc', 'mix', 'pubsub', 'upload'] },
    title: text,
    secret: name,
    admins: names,
    rooms: { type: 'array', items: room },
  },
  ['domain', 'service'],
);
const serverAct = object({ at: ticks, do: { enum: ['stop', 'crash', 'start'] } }, ['at', 'do']);
const contact = object(
  { account: name, contact: name, subscription: { enum: ['none', 'to', 'from', 'both'] }, name: text, groups: names },
  ['account', 'contact', 'subscription'],
);
const server = object(
  {
    domain: name,
    accounts: { type: 'array', items: object({ name, password: text }, ['name', 'password']) },
    rosters: { type: 'array', items: contact },
    tls: flag,
    mechanisms: names,
    modules: names,
    admins: names,
    acts: { type: 'array', items: serverAct },
    components: { type: 'array', items: component },
  },
  ['domain'],
);
const upOrDown = { enum: ['up', 'down'] } as const;
const client = object(
  { jid: name, name, transport: { enum: ['tcp', 'websocket'] }, passive: flag, agents: names, acts: { type: 'array', items: act } },
  ['jid', 'acts'],
);

const change = {
  oneOf: [
    object({ at: ticks, do: { enum: ['join', 'leave', 'crash'] }, node: name }, ['at', 'do', 'node']),
    object({ at: ticks, do: { enum: ['up', 'down'] }, node: name, to: name }, ['at', 'do', 'node', 'to']),
  ],
};

const gossip = object(
  {
    ...common,
    model: { const: 'gossip' },
    algorithm: name,
    algorithmParams: values,
    topology: object({ id: name, params: values, file: text }, ['id']),
    origin: text,
    conditions: values,
    run: ticks,
    redraw: { type: 'boolean' },
    changes: { type: 'array', items: change },
  },
  [...always, 'algorithm', 'algorithmParams', 'topology'],
);
const xmpp = object(
  {
    ...common,
    model: { const: 'xmpp' },
    servers: { type: 'array', minItems: 1, items: server },
    profile: { enum: ['prosody', 'rfc'] },
    streams: object({ clients: upOrDown, servers: upOrDown }, []),
    network: {
      type: 'array',
      items: object({ at: ticks, do: { enum: ['cut', 'mend'] }, between: { type: 'array', items: name, minItems: 2, maxItems: 2 } }, [
        'at',
        'do',
        'between',
      ]),
    },
    refusing: names,
    clients: { type: 'array', items: client },
    latency: object({ client: ticks, federation: ticks, component: ticks }, ['client', 'federation', 'component']),
    follow: object({ id: name, title: text }, ['id', 'title']),
  },
  [...always, 'servers', 'clients', 'latency'],
);

const group = object({ ...common, model: { const: 'group' }, about: { enum: ['news', 'tunes'] } }, always);

const range = {
  oneOf: [
    { type: 'array', minItems: 1, items: { type: ['number', 'string', 'boolean'] } },
    object(
      {
        from: { type: 'number' },
        to: { type: 'number' },
        steps: { type: 'integer', minimum: 1, maximum: 10_000 },
        scale: { enum: ['linear', 'log'] },
      },
      ['from', 'to', 'steps'],
    ),
  ],
};
const sweep = object(
  {
    format: { const: 'stanzascope/sweep' },
    version: { const: 1 },
    title: text,
    algorithm: name,
    topology: object({ id: name, file: text }, ['id']),
    params: values,
    origin: text,
    seed: text,
    runs: { type: 'integer', minimum: 1, maximum: 10_000_000 },
    redraw: { type: 'boolean' },
    bytes: { type: 'boolean' },
    over: { type: 'object', additionalProperties: range },
    until: ticks,
  },
  ['format', 'version', 'algorithm', 'topology', 'seed', 'runs', 'over'],
);

const ways = object(
  {
    format: { const: 'stanzascope/ways' },
    version: { const: 1 },
    seed: text,
    params: values,
    ways: { type: 'array', minItems: 1, items: name, uniqueItems: true },
    faults: { type: 'array', minItems: 1, items: { enum: ['none', 'server', 'link', 'leave'] }, uniqueItems: true },
  },
  ['format', 'version', 'seed'],
);

const head = { $schema: 'https://json-schema.org/draft/2020-12/schema' } as const;
/** One schema for each model: a checker that knows the model names the wrong field instead of "none of these fits". */
export const scenarioSchemas = { gossip: { ...head, ...gossip }, xmpp: { ...head, ...xmpp }, group: { ...head, ...group } } as const;
export const sweepSchema = { ...head, ...sweep } as const;
export const waysSchema = { ...head, ...ways } as const;

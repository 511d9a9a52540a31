/** A person who acts through the forms of clients: each act is done at the end of the run so far, and the run is played anew with it, as the page does. */
import { createSession } from '../../../src/core/simulation/session.ts';
import type { Actions, ActionValues, Composed } from '../../../src/protocol/actions.ts';
import type { Intervention } from '../../../src/protocol/intervention.ts';
import type { Inspection } from '../../../src/protocol/parts.ts';
import type { RequestName, Requests } from '../../../src/protocol/protocol.ts';
import type { Scenario } from '../../../src/protocol/scenario.ts';

export interface Acting {
  /** What the client can do now. */
  actions(jid: string): Promise<Actions>;
  compose(jid: string, action: string, values?: ActionValues): Promise<Composed>;
  /** Does it, lets everything happen, and answers what came of it. */
  act(jid: string, action: string, values?: ActionValues): Promise<Actions['outcomes'][number]>;
  inspect(jid: string): Promise<Inspection>;
  ask<N extends RequestName>(name: N, args: Requests[N]['args']): Promise<Requests[N]['reply']>;
  /** Everything that was done is taken back. */
  undo(): Promise<string | undefined>;
  readonly hash: string | undefined;
  readonly end: number;
}

/** @param until the moment (tick) at which the person begins: the run has to be quiet there. */
export async function acting(scenario: string | Scenario): Promise<Acting> {
  const session = createSession({ file: () => Promise.reject(new Error('no file')) });
  let done: readonly Intervention[] = [];
  let jids: readonly string[] = [];
  const ask = async <N extends RequestName>(name: N, args: Requests[N]['args']): Promise<Requests[N]['reply']> => {
    const reply = await session.handle({ id: 1, name, args } as never);
    if (!reply.ok) throw new Error(reply.problem.message);
    return reply.value as Requests[N]['reply'];
  };
  const play = async (): Promise<void> => {
    const scene = await ask('open', { scenario, interventions: done.length > 0 ? done : undefined });
    jids = scene.entities.jid;
    while (session.work(1000));
  };
  const entityOf = (jid: string): number => {
    const found = jids.findIndex((j) => j === jid || j.startsWith(`${jid}@`));
    if (found < 0) throw new Error(`${jid} is not there`);
    return found;
  };
  const end = (): number => session.progress()?.events ?? 0;
  await play();
  const person: Acting = {
    actions: (jid) => ask('actions', { entity: entityOf(jid), ordinal: end() }),
    compose: (jid, action, values = {}) => ask('compose', { entity: entityOf(jid), ordinal: end(), action, values }),
    async act(jid, action, values = {}) {
      const { xml, faults } = await person.compose(jid, action, values);
      if (faults.length > 0) throw new Error(`${action}: ${faults.map((f) => `${f.field}: ${f.message}`).join('; ')}`);
      const { sent } = await ask('check', { text: xml });
      const after = end();
      done = [...done, { after, at: session.progress()!.tick, do: { type: 'inject', entity: entityOf(jid), text: sent } }];
      await play();
      const outcome = (await person.actions(jid)).outcomes.find((o) => o.after === after);
      if (!outcome) throw new Error(`${action}: nothing was sent`);
      return outcome;
    },
    inspect: (jid) => ask('inspect', { target: { type: 'entity', index: entityOf(jid) }, ordinal: end() }),
    ask,
    async undo() {
      done = [];
      await play();
      return session.progress()?.hash;
    },
    get hash() {
      return session.progress()?.hash;
    },
    get end() {
      return end();
    },
  };
  return person;
}

/** Two to four configurations of one scene on the same seed (gossip: and topology): one is primary and is what the page is about, the others follow its time. */
import { problemOf } from '../../base/result.ts';
import type { ParamValues } from '../../protocol/params.ts';
import type { OpenArgs } from '../../protocol/protocol.ts';
import type { Scene } from '../../protocol/scene.ts';
import { useBranches } from '../state/branches.ts';
import { cursorOf, live } from '../state/frame.ts';
import { MOST_PANES, useView, type OpenScene } from '../state/store.ts';
import { createPane, type Pane } from './pane.ts';
import type { Player } from './player.ts';

interface Member {
  readonly pane: Pane;
  scene: OpenScene;
  args: OpenArgs;
}
export interface CompareHost {
  readonly player: Player;
  /** What is primary now; null before the first scene. */
  main(): Member | null;
  mainChosen(member: Member): void;
  failed(error: unknown): void;
}
/** What tells a configuration from the others on the same graph. */
export type Configuration = Pick<OpenArgs, 'algorithm' | 'params' | 'interventions' | 'branches' | 'active'>;

export interface Comparison {
  /** A copy of the primary one, which is primary then. */
  add(): Promise<void>;
  /** Another branch of the primary one beside it. */
  branch(id: number): Promise<void>;
  remove(id: number): Promise<void>;
  choose(id: number): Promise<void>;
  leave(): void;
  /** The primary one was opened anew: the others go along where graph or seed changed. */
  mainOpened(member: Member): Promise<void>;
  /** Opens the others of a link; `null` stands for the primary one. */
  restore(list: readonly (Configuration | null)[]): Promise<void>;
  /** As `restore` takes it; undefined while nothing is compared. */
  list(): readonly (Configuration | null)[] | undefined;
  /** Where the longest of them ends so far. */
  horizon(): number;
}

const isTopology = (scene: Scene, name: string): boolean => scene.params[name]?.group === 'topology';
const pick = (scene: Scene, params: ParamValues | undefined, topology: boolean): ParamValues =>
  Object.fromEntries(Object.entries(params ?? {}).filter(([name]) => isTopology(scene, name) === topology));
const sameGround = (a: Member, b: Member): boolean =>
  a.args.seed === b.args.seed &&
  a.args.topology === b.args.topology &&
  a.args.graph === b.args.graph &&
  a.args.changes === b.args.changes &&
  JSON.stringify(pick(a.scene, a.args.params, true)) === JSON.stringify(pick(b.scene, b.args.params, true));
const sameScenario = (a: OpenArgs, b: OpenArgs): boolean => JSON.stringify(a.scenario) === JSON.stringify(b.scenario);

const BY_NOBODY = { interventions: undefined, branches: undefined, active: undefined };
/** What was done by hand in the run that is on show, without its other branches. */
function handOf({ interventions, branches, active = 0 }: OpenArgs): Partial<Configuration> {
  const shown = branches?.[active - 1];
  return {
    ...(interventions && { interventions }),
    ...(shown && { branches: [{ ...shown, parent: 0 }], active: 1 }),
  };
}

export function createComparison(host: CompareHost): Comparison {
  const view = useView.getState;
  let members: readonly Member[] = [];

  const publish = () => {
    view().panesChanged(
      members.map(({ pane, scene, args }) => ({ id: pane.id, scene, asked: args, store: pane.store })),
      host.main()?.pane.id ?? -1,
    );
  };
  const show = (pane: Pane) => pane.follow(live.get().t, cursorOf(live.get()) === 0);
  live.subscribe(() => {
    const main = host.main();
    for (const { pane } of members) if (pane !== main?.pane) show(pane);
  });

  const leave = () => {
    const main = host.main();
    for (const { pane } of members) if (pane !== main?.pane) pane.close();
    members = [];
    publish();
  };
  const drop = (pane: Pane) => {
    members = members.filter((member) => member.pane !== pane);
    pane.close();
    if (members.length < 2) leave();
    else publish();
  };
  /** Another configuration in a worker of its own; answers undefined and says so if it is refused. */
  const opened = async (args: OpenArgs): Promise<Member | undefined> => {
    const pane: Pane = createPane({
      failed: host.failed,
      crashed(message) {
        drop(pane);
        view().problemMet({ message, hint: 'This configuration was closed; the others are still there.' });
      },
    });
    try {
      const scene = await pane.open(args);
      if (scene) return { pane, scene, args: { ...args, seed: scene.seed } };
    } catch (error) {
      view().problemMet(problemOf(error));
    }
    pane.close();
    return undefined;
  };
  const beside = async (args: OpenArgs): Promise<Member | undefined> => {
    const main = host.main();
    if (!main) return undefined;
    if (members.length >= MOST_PANES) {
      view().said(`At most ${MOST_PANES} can be compared: remove one in the Lab first.`);
      return undefined;
    }
    const member = await opened(args);
    if (!member) return undefined;
    members = [...(members.length === 0 ? [main] : members), member];
    show(member.pane);
    publish();
    return member;
  };
  const choose = async (id: number) => {
    const member = members.find(({ pane }) => pane.id === id);
    if (!member || member.pane === host.main()?.pane) return;
    host.player.pause();
    const { t } = live.get();
    const beginning = cursorOf(live.get()) === 0;
    host.player.reset();
    host.mainChosen(member);
    publish();
    await (beginning ? host.player.seekOrdinal(0) : host.player.seekTick(t));
  };

  return {
    leave,
    choose,
    async add() {
      const main = host.main();
      const member = main && (await beside(main.args));
      if (member) await choose(member.pane.id);
    },
    async branch(id) {
      const main = host.main();
      const active = useBranches.getState().told?.branches.findIndex((branch) => branch.id === id) ?? -1;
      if (main && active >= 0) await beside({ ...main.args, active });
    },
    async remove(id) {
      const member = members.find(({ pane }) => pane.id === id);
      if (!member) return;
      const other = members.find(({ pane }) => pane.id !== id);
      if (host.main()?.pane.id === id && other) await choose(other.pane.id);
      drop(member.pane);
    },
    async mainOpened(main) {
      if (members.length === 0) return;
      const others = members.filter(({ pane }) => pane !== main.pane);
      if (!others.every(({ args }) => sameScenario(args, main.args))) {
        leave();
        return;
      }
      members = members.map((member) => (member.pane === main.pane ? main : member));
      publish();
      for (const member of others) {
        if (sameGround(member, main)) {
          show(member.pane);
          continue;
        }
        const params = { ...pick(member.scene, member.args.params, false), ...pick(main.scene, main.args.params, true) };
        const args = { ...main.args, algorithm: member.args.algorithm, params };
        try {
          const scene = await member.pane.open(args);
          if (!scene) continue;
          member.scene = scene;
          member.args = args;
          show(member.pane);
        } catch (error) {
          view().problemMet(problemOf(error));
          drop(member.pane);
        }
      }
      publish();
    },
    async restore(list) {
      const main = host.main();
      if (!main || list.length < 2) return;
      const topology = pick(main.scene, main.args.params, true);
      const found: Member[] = [];
      for (const item of list.slice(0, MOST_PANES)) {
        const own = { ...main.args, ...BY_NOBODY, ...item, params: { ...item?.params, ...topology } };
        const member = item === null ? main : await opened(own);
        if (member) found.push(member);
      }
      if (!found.includes(main) || found.length < 2) return;
      members = found;
      for (const { pane } of members) if (pane !== main.pane) show(pane);
      publish();
    },
    list() {
      const main = host.main();
      if (members.length < 2) return undefined;
      return members.map(({ pane, scene, args }) =>
        pane === main?.pane ? null : { algorithm: args.algorithm, params: pick(scene, args.params, false), ...handOf(args) },
      );
    },
    horizon: () => members.reduce((end, { pane }) => Math.max(end, pane.store.get().progress?.tick ?? 0), 0),
  };
}

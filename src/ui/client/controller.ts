/** What a person can do, in one place: buttons, keys, drops and links all end here. */
import { problemOf, type Problem } from '../../base/result.ts';
import type { ParamValue, ParamValues } from '../../protocol/params.ts';
import type { Target } from '../../protocol/parts.ts';
import type { OpenArgs } from '../../protocol/protocol.ts';
import { prefersReducedMotion } from '../shared/motion.ts';
import { scheduler } from '../shared/scheduler.ts';
import { wellFormed } from '../shared/text.ts';
import { useBranches } from '../state/branches.ts';
import { live } from '../state/frame.ts';
import { useView } from '../state/store.ts';
import { openAside } from './aside.ts';
import { createComparison } from './compare.ts';
import type { Controller } from './contract.ts';
import { watchFollowing } from './following.ts';
import { createAsking } from './asking.ts';
import { createImporter } from './importer.ts';
import { createActs } from './interventions.ts';
import { createPane, isStale, type Pane } from './pane.ts';
import { createPlayer } from './player.ts';
import { createRestoring } from './restoring.ts';
import { linkNow } from './link-now.ts';
import { createRecovery } from './recovery.ts';
import { valuesFor } from './schema.ts';
import { isJournal, openJournal } from './journal-file.ts';
import { jumper } from './jump.ts';

export function createController(): Controller {
  const view = useView.getState;
  /** How the open scene was opened, so that it can be opened again with another seed. */
  let opened: OpenArgs | null = null;
  let openings = 0;
  /** What is being prepared meanwhile, to be shown when it is ready. */
  let aside: AbortController | null = null;

  const failed = (error: unknown) => {
    if (!isStale(error)) view().problemMet(problemOf(error));
  };
  const crashed = (message: string) => recover(message);
  let main: Pane = createPane({ failed, crashed });
  live.turnTo(main.store);
  const ask: Controller['ask'] = (name, args) => main.ask(name, args);
  const asking = createAsking(ask, () => player);
  const player = createPlayer({
    live,
    scheduler,
    ask,
    failed,
    horizon: () => comparison.horizon(),
    speed: () => view().speed,
    barrier: asking.barrier,
    began: asking.renewed,
    playingChanged: (playing) => (playing ? view().playPressed() : view().pausePressed()),
    reducedMotion: prefersReducedMotion,
  });
  watchFollowing(ask, failed);
  const comparison = createComparison({
    player,
    failed,
    main() {
      const { scene } = view();
      return scene && opened ? { pane: main, scene, args: opened } : null;
    },
    mainChosen({ pane, scene, args }) {
      main = pane;
      opened = args;
      live.turnTo(pane.store);
      view().primaryChosen(scene, args);
      useBranches.setState({ told: null });
      if (args.interventions || args.branches) void acts.refresh();
    },
  });

  /** Opens at the beginning, paused unless it is to play: then at once, so that nobody sees it stand still in between. */
  const openScene = async (args: OpenArgs, refused = failed, playing = false): Promise<boolean> => {
    const mine = ++openings;
    aside?.abort();
    view().openingBegan();
    try {
      const pane = main;
      const scene = await pane.open(args);
      if (!scene || mine !== openings || pane !== main) return false;
      player.reset();
      opened = { ...args, seed: scene.seed };
      view().sceneOpened(scene, opened);
      useBranches.setState({ told: null });
      if (args.interventions || args.branches) void acts.refresh();
      void comparison.mainOpened({ pane, scene, args: opened });
      for (const note of scene.notes) view().said(note);
      const shown = player.seekOrdinal(0);
      if (playing) player.play();
      await shown;
      return true;
    } catch (error) {
      if (mine === openings) view().openingFailed();
      refused(error);
      return false;
    }
  };
  const open = (args: OpenArgs, refused = failed): Promise<boolean> => openScene(args, refused, true);
  const importer = createImporter({
    moved: (importing) => view().importMoved(importing),
    done: (graph) => restoring.openGraph(graph),
    async changed(changes, name) {
      if (!view().scene?.algorithm)
        view().problemMet({
          message: `${name} holds changes over time, and the open scene is no gossip on a graph.`,
          hint: 'Open a graph first.',
        });
      else if (await reopen({ changes }))
        view().said(`${name}: ${changes.length.toLocaleString('en')} changes over time are part of this run now.`);
    },
  });

  const restoring = createRestoring({ openScene: (args) => openScene(args), open, player, asking, comparison });
  const openAtMoment: Controller['openAtMoment'] = async (args, watch) => {
    aside?.abort();
    aside = new AbortController();
    const ready = await openAside(args, { told: watch.told, signal: AbortSignal.any([watch.signal, aside.signal]), failed, crashed });
    if (!ready) return false;
    comparison.leave();
    const before = main;
    player.reset();
    main = ready.pane;
    opened = { ...args, seed: ready.scene.seed };
    live.turnTo(main.store);
    before.close();
    view().sceneOpened(ready.scene, opened);
    for (const note of ready.scene.notes) view().said(note);
    await player.seekTick(watch.at?.tick ?? ready.moment);
    if (watch.at?.select) pick(watch.at.select);
    return true;
  };
  /** Who picks something wants to read it: a hidden inspector comes back. */
  const pick = (target: Target | null) => {
    view().picked(target);
    if (target && !view().panels.right.open) view().panelToggled('right', true);
  };
  const acts = createActs({
    player,
    pane: () => main,
    opened: () => opened,
    turned(args, run) {
      const { scene } = view();
      if (!scene) return;
      opened = args;
      if (run !== scene.run) main.turned(run);
      const now = run === scene.run ? scene : { ...scene, run };
      view().primaryChosen(now, args);
      void comparison.mainOpened({ pane: main, scene: now, args });
    },
    select: pick,
    failed,
  });
  const reopen = (change: Partial<OpenArgs>, refused = failed) =>
    opened ? open({ ...opened, ...change }, refused) : Promise.resolve(false);

  const keptFor = (algorithm: string | undefined, topology: string | undefined): ParamValues | undefined => {
    const { scene, catalogue } = view();
    return scene && catalogue && algorithm !== undefined ? valuesFor(catalogue, scene, algorithm, topology) : undefined;
  };

  const recover = createRecovery({
    player,
    opened: () => opened,
    renew() {
      const before = main;
      comparison.leave();
      main = createPane({ failed, crashed });
      live.turnTo(main.store);
      before.close();
    },
    open: (args) => openScene(args),
  });

  /** The first scene was asked for: a file that somebody is quick to drop comes after it. */
  let begun = (): void => undefined;
  const started = new Promise<void>((resolve) => {
    begun = resolve;
  });
  return {
    async start(fragment) {
      try {
        view().catalogueArrived(await main.request('catalogue', {}));
      } catch (error) {
        failed(error);
        begun();
        return;
      }
      const opening = fragment.replace(/^#/, '') === '' ? restoring.openDefault() : restoring.openLink(fragment);
      begun();
      await opening;
    },
    open: (args) => {
      restoring.forget();
      return open(args);
    },
    openAtMoment,
    openLink: restoring.openLink,
    play: player.play,
    pause: player.pause,
    replay: player.play,
    playOrPause: () => (view().playing ? player.pause() : view().scene && player.play()),
    step: (by, back) => player.step(by, back),
    async stepSelected(back) {
      const target = view().selection;
      if (target) await player.step(target.type === 'entity' ? 'entity' : 'same', back, target);
      else view().said('Select an entity or a stanza first: “.” and “,” go along its events, or along its conversation.');
    },
    async stepHop(back) {
      const { following, selection } = view();
      const target = following ?? selection;
      if (target?.type === 'message' || target?.type === 'event') await player.step('hop', back, target);
      else view().said('Select a stanza first: “J” and “K” go along its hops.');
    },
    follow(target) {
      if (target?.type === 'message' || target?.type === 'event' || (target === null && view().following)) view().followAsked(target);
      else view().said('Select a stanza or an event first: it can be followed, and an entity or a link cannot.');
    },
    jump: jumper(player),
    seekOrdinal: (ordinal) => player.seekOrdinal(Math.min(Math.max(0, Math.round(ordinal)), live.get().progress?.events ?? 0)),
    seekTick: (tick) => player.seekTick(Math.min(Math.max(0, tick), Math.max(live.get().progress?.tick ?? 0, comparison.horizon()))),
    setSpeed: (speed) => view().speedChosen(speed),
    setSeed: (seed) => reopen({ seed: wellFormed(seed) }),
    async setParams(values) {
      const problems: Problem[] = [];
      const { scene } = view();
      const params: Record<string, ParamValue> = { ...opened?.params, ...values };
      // Another membership protocol has other parameters than the one before.
      if (scene && 'membership' in values && values['membership'] !== scene.values['membership'])
        for (const name of Object.keys(params)) if (scene.params[name]?.group === 'membership') delete params[name];
      await reopen({ params }, (error) => problems.push(problemOf(error)));
      return problems[0] ?? null;
    },
    resetParam(name) {
      const { [name]: _, ...params } = opened?.params ?? {};
      // Parameters of a membership protocol go with it.
      const left = Object.entries(params).filter(([other]) => name !== 'membership' || !other.includes('.'));
      return reopen({ params: Object.fromEntries(left) });
    },
    setAlgorithm: (algorithm) => reopen({ algorithm, params: keptFor(algorithm, view().scene?.topology) }),
    setTopology: (topology) => reopen({ topology, params: keptFor(view().scene?.algorithm, topology) }),
    compare: comparison,
    acts,
    breaks: asking.breaks,
    select: pick,
    async goTo(ordinal, target) {
      pick(target);
      await player.seekOrdinal(ordinal);
    },
    openFile: (file) =>
      void started.then(() =>
        isJournal(file)
          ? void openJournal(file, { ask, request: (name, args) => main.request(name, args), open, failed })
          : importer.begin(file),
      ),
    confirmImport: importer.confirm,
    cancelImport: importer.cancel,
    link: () => linkNow({ opened, asking, comparison }),
    ask,
  };
}

/** Opens what a link shows, and brings its moment, its selection and its views back; without one, the first scene. */
import type { GraphData, OpenArgs } from '../../protocol/protocol.ts';
import { useDiagram } from '../state/diagram.ts';
import { live } from '../state/frame.ts';
import { useView } from '../state/store.ts';
import { fileScenario } from './asked.ts';
import type { Asking } from './asking.ts';
import type { Comparison } from './compare.ts';
import { computedTo } from './computed.ts';
import { argsOfLink } from './link-args.ts';
import { decodeLink, type LinkState } from './link.ts';
import type { Player } from './player.ts';

interface Host {
  /** Opened at the beginning and paused; false if it was refused, which is said. */
  openScene(args: OpenArgs): Promise<boolean>;
  /** The same, and it plays. */
  open(args: OpenArgs): Promise<boolean>;
  readonly player: Player;
  readonly asking: Asking;
  readonly comparison: Comparison;
}

interface Restoring {
  openLink(fragment: string): Promise<void>;
  openDefault(): Promise<void>;
  /** A graph from a file: as the link that waits for it says, or from its beginning. */
  openGraph(graph: GraphData): Promise<void>;
  /** Another scene was chosen: no file is waited for any more. */
  forget(): void;
}

export function createRestoring(host: Host): Restoring {
  const view = useView.getState;
  /** A link to a scene from a file, kept until that file is opened. */
  let awaited: { readonly link: LinkState; readonly args: OpenArgs } | null = null;

  const restore = async (args: OpenArgs, link: LinkState): Promise<void> => {
    if (!(await host.openScene(args))) {
      if (!view().scene) await openDefault();
      return;
    }
    if (link.diagram) useDiagram.setState({ ...link.diagram, run: live.get().run });
    if (link.dock !== undefined) view().dockChosen(link.dock);
    if (link.ways) {
      view().waysAsked(link.ways);
      view().labChosen('ways');
    }
    host.asking.restore(link);
    const { run } = live.get();
    await computedTo(live, link.at);
    const now = live.get();
    if (now.run !== run) return;
    const known = now.progress?.events ?? 0;
    if (link.at > known) {
      view().problemMet({
        message: `The link points at event ${link.at}, but this run ends at event ${known}.`,
        hint: 'It was made with another version of the scene; the end is shown.',
      });
    }
    await host.player.seekOrdinal(Math.min(link.at, known), link.at > known ? undefined : link.time);
    view().picked(link.select);
    if (link.follow) view().followAsked(link.follow);
    await restoreOthers(link);
  };
  const restoreOthers = async (link: LinkState): Promise<void> => {
    const { catalogue } = view();
    if (!link.compare || !catalogue) return;
    const list = link.compare.map((item) => {
      if (!item) return null;
      const decoded = argsOfLink({ ...link, ...item }, catalogue);
      if (!decoded.ok) view().problemMet(decoded.problem);
      const { algorithm, params } = decoded.ok ? decoded.args : {};
      return decoded.ok ? { ...item, algorithm, params } : undefined;
    });
    await host.comparison.restore(list.filter((item) => item !== undefined));
  };
  const openDefault = async () => {
    const first = view().catalogue?.scenarios[0];
    if (first) await host.open({ scenario: first.id });
  };

  const openLink = async (fragment: string) => {
    const catalogue = view().catalogue;
    const decoded = decodeLink(fragment);
    const args = decoded.ok && catalogue ? argsOfLink(decoded.link, catalogue) : null;
    const ofFile = decoded.ok && decoded.link.file !== undefined;
    if (!decoded.ok) view().problemMet(decoded.problem);
    else if (args && !args.ok) view().problemMet(args.problem);
    else if (args && ofFile) {
      awaited = { link: decoded.link, args: args.args };
      view().problemMet({
        message: `This link shows the graph file “${decoded.link.file}”, and a link cannot carry the file itself.`,
        hint: 'Open that file here (drop it on the page) and the link’s moment is restored.',
      });
    }
    if (decoded.ok && args?.ok && !ofFile) await restore(args.args, decoded.link);
    else if (!view().scene) {
      await openDefault();
      view().said('The first scene is shown instead.');
    }
  };

  return {
    openLink,
    openDefault,
    async openGraph(graph) {
      const waiting = awaited?.link.file === graph.name ? awaited : null;
      awaited = null;
      const scenario = fileScenario(graph.name);
      if (waiting) await restore({ ...waiting.args, scenario, graph }, waiting.link);
      else await host.open({ scenario, graph });
    },
    forget() {
      awaited = null;
    },
  };
}

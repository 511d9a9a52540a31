/**
 * One open scene behind the typed protocol: commands in, replies and updates out. The host calls `work` when it has time;
 * how long its slices are changes nothing in the run.
 */
import { InputError, problemOf } from '../../base/result.ts';
import type { OpenArgs, Position, Progress, Reply, Request, RequestName, Requests } from '../../protocol/protocol.ts';
import type { Scene } from '../../protocol/scene.ts';
import { readGraph } from '../topology/formats/index.ts';
import { causes } from './causes.ts';
import { actionsOf, composed } from './actions.ts';
import { sendingsOf } from './sendings.ts';
import { branchRequests } from './branch-requests.ts';
import { Branches } from './branches.ts';
import { checkTyped } from './check.ts';
import { catalogue } from './catalogue.ts';
import { cursors } from './cursors.ts';
import { journalPart } from './export.ts';
import { exportGraph } from './export-graph.ts';
import { groupRequests } from './groups.ts';
import { inspect } from './inspect.ts';
import { checkInterventions } from './interventions.ts';
import { askOn, filterAt, queries, watchedBy } from './queries.ts';
import type { Run } from './run.ts';
import { Preparations } from './preparing.ts';
import { planOf, readSweepFile } from './read-sweep.ts';
import { pointsOf } from './sweep.ts';
import { openArgsOf } from './sweep-open.ts';
import { readJournal } from './read-journal.ts';
import { sweepExport } from './sweep-export.ts';
import { spaceTime } from './space-time.ts';
import { createWorld, graphFileOf, scenarioOf, withAlgorithm, withChanges, withTopology } from './scenario.ts';
import { timelineRequests } from './time-marks.ts';
import { theory } from './theory.ts';
import { frameAt, rowsOf, seriesOf } from './views.ts';
import { waysHandlers } from './ways/requests.ts';
import type { World } from './world.ts';

/** Hashing longer runs at once would hold up the views: that goes on in slices when all else is done. */
const MOST_HASHED = 400_000;
const isUnhashed = (run: Run): boolean => run.ended !== 'running' && run.journal.eventCount > MOST_HASHED && !run.isHashed;

/** Rows that are made again are told of where one who waits would notice: so many events on the way to them, or so many pages. */
const FAR = 100_000;
const MANY = 8;

export interface SessionHost {
  /** Rows are being made again, which takes a while; or it is over. */
  readonly refilling?: (yes: boolean) => void;
  /** Text of a file of ours, by its path below `public/`. */
  readonly file: (path: string) => Promise<string>;
  /** There is something to work on. Absent: nobody calls `work`, and what takes long is done in one go. */
  readonly wake?: () => void;
}

export interface Session {
  handle(request: Request): Promise<Reply>;
  /** Goes ahead by at most `events`; answers whether there is more to do. */
  work(events: number): boolean;
  /** Whether there is something to go ahead with. */
  pending(): boolean;
  /** How far the run is; undefined before the first scene. */
  progress(): Progress | undefined;
}

interface Open {
  readonly number: number;
  readonly run: Run;
}

export function createSession(host: SessionHost): Session {
  let branches: Branches | undefined;
  let open: Open | undefined;
  let opened = 0;
  let asked = 0;
  const cursor = cursors();
  const preparations = new Preparations();

  let made = 0;
  let told = false;
  const refills = (events: number): void => {
    made++;
    if (told || (events < FAR && made < MANY)) return;
    told = true;
    host.refilling?.(true);
  };
  const settled = (): void => {
    made = 0;
    if (told) host.refilling?.(false);
    told = false;
  };
  const branchesOf = (): Branches => {
    if (!branches) throw new InputError('no scene is open yet');
    return branches;
  };
  /** The run of the branch on show: another number whenever it is another run, so that nobody takes its events for those of the one before. */
  const current = (): Open => {
    const { run } = branchesOf();
    if (open?.run !== run) {
      open = { number: ++opened, run };
      run.tellRefills(refills);
    }
    return open;
  };
  const handlers: { [N in RequestName]: (args: Requests[N]['args']) => Requests[N]['reply'] | Promise<Requests[N]['reply']> } = {
    catalogue,
    async open(args) {
      const mine = ++asked;
      const world = await load(args, host);
      // A file that comes late must not replace the scene that was asked for after it.
      if (mine !== asked) throw new InputError('another scene was asked for meanwhile');
      const { interventions = [], branches: others, active } = args;
      for (const list of [interventions, ...(others?.map((branch) => branch.interventions) ?? [])]) checkInterventions(world, list);
      branches = new Branches(world, interventions, others, active);
      const { run, number } = current();
      run.advance(1000);
      return { ...sceneOf(world), run: number };
    },
    locate: ({ tick }) => position(current().run, current().run.journal.ordinalAt(tick)),
    frame: (args) => {
      const { run } = current();
      const frame = frameAt(run, cursor(run), 'ordinal' in args ? args.ordinal : run.journal.ordinalAt(args.tick));
      return { ...frame, filter: filterAt(run, frame.ordinal, frame.flights) };
    },
    rows: ({ from, count }) => rowsOf(current().run, from, count),
    series: ({ buckets }) => seriesOf(current().run, buckets),
    inspect: ({ target, ordinal }) => inspect(current().run, target, ordinal),
    ...causes(() => current().run),
    ...spaceTime(() => current().run),
    ...queries(() => current().run),
    ...groupRequests(() => current().run),
    ...timelineRequests(() => current().run),
    ...branchRequests(branchesOf, () => current().number),
    check: ({ text }) => checkTyped(text),
    actions: (args) => actionsOf(current().run, args),
    compose: (args) => composed(current().run, args),
    sendings: (args) => sendingsOf(current().run, args),
    theory,
    sweepPlan: ({ spec }) => planOf(spec, 'sweep'),
    sweepRun: ({ spec, point, run }) => openArgsOf(spec, pointsOf(spec)[point]!, run),
    journalFile: readJournal,
    journalPart: (args) => journalPart(current().run, args),
    sweepFile: ({ name, text }) => readSweepFile(text, name),
    sweepExport: ({ spec, runs, format, measure }) => sweepExport(spec, runs, format, measure),
    ...waysHandlers,
    exportGraph: ({ format }) => exportGraph(current().run.world, format),
  };

  return {
    async handle(request) {
      try {
        // The table's type ties each name to its arguments; a call through it needs the tie said once more.
        const handler = handlers[request.name] as (
          args: Request['args'],
        ) => Requests[RequestName]['reply'] | Promise<Requests[RequestName]['reply']>;
        if (!Object.hasOwn(handlers, request.name)) throw new InputError(`there is no request ${JSON.stringify(request.name)}`);
        const wait = host.wake && branches && preparations.before(current().run, request);
        if (wait) {
          host.wake?.();
          await wait;
        }
        return { id: request.id, ok: true, value: await handler(request.args) };
      } catch (error) {
        return { id: request.id, ok: false, problem: problemOf(error) };
      } finally {
        settled();
      }
    },
    work(events) {
      if (!branches) return false;
      const more = branches.work(events);
      const { run } = current();
      const asking = askOn(run, events);
      const preparing = preparations.work(run, events);
      const hashing = !(more || asking || preparing) && isUnhashed(run) && run.hashOn();
      settled();
      return preparing || asking || more || hashing;
    },
    pending: () =>
      branches !== undefined && (branches.isBusy || preparations.isBusy || askOn(current().run, 0) || isUnhashed(current().run)),
    progress() {
      if (!branches) return undefined;
      const { run, number } = current();
      const known = {
        run: number,
        events: run.journal.eventCount,
        messages: run.journal.messageCount,
        tick: run.tick,
        ended: run.ended,
        ...(!run.window.isWhole && { rows: run.window.events }),
        watched: watchedBy(run),
        preparing: preparations.state,
      };
      if (run.ended === 'running') return known;
      const hash = isUnhashed(run) ? undefined : run.hash();
      return { ...known, hash, metrics: run.metrics() };
    },
  };
}

async function load(args: OpenArgs, host: SessionHost): Promise<World> {
  const named = typeof args.scenario === 'string' ? scenarioOf(args.scenario) : args.scenario;
  const placed = args.topology === undefined ? named : withTopology(named, args.topology);
  const played = args.algorithm === undefined ? placed : withAlgorithm(placed, args.algorithm);
  const changing = args.changes === undefined ? played : withChanges(played, args.changes);
  const scenario = args.experiment && changing.model === 'gossip' ? { ...changing, ...args.experiment } : changing;
  const path = graphFileOf(scenario);
  const graph = path === undefined ? undefined : (args.graph ?? readGraph(await host.file(path), path));
  return createWorld({ ...args, scenario }, graph);
}

const position = (run: Run, ordinal: number): Position => ({ ordinal, tick: run.journal.tickOf(ordinal) });

function sceneOf(world: World): Scene {
  const { scenario, stage } = world;
  return {
    scenario: scenario.id,
    title: scenario.title,
    summary: scenario.summary,
    seed: world.seed,
    unit: world.unit,
    speed: world.speed,
    entities: stage.entities,
    links: stage.links,
    streams: stage.streams,
    groups: stage.groups,
    linksOmitted: stage.linksOmitted,
    states: stage.states,
    kinds: stage.kinds,
    reached: stage.reached,
    roundName: stage.roundName,
    algorithm: scenario.model === 'gossip' ? scenario.algorithm : undefined,
    topology: scenario.model === 'gossip' ? scenario.topology.id : undefined,
    topologyFile: scenario.model === 'gossip' ? scenario.topology.file : undefined,
    period: world.period,
    entered: world.entered,
    params: world.params,
    values: world.values,
    capabilities: { inspect: true, intervene: true, branch: true, seekAnywhere: true },
    notes: world.notes,
  };
}

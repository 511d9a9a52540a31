/** Files of the sweep: specs and results that come in, and the graph that a spec names. */
import type { Requests } from '../../protocol/protocol.ts';
import type { SweepSpec, SweepTask } from '../../protocol/sweep.ts';
import type { Controller } from '../client/contract.ts';

export async function openSweepFile(controller: Controller, file: File): Promise<Requests['sweepFile']['reply']> {
  return controller.ask('sweepFile', { name: file.name, text: await file.text() });
}

/** A file of ours, by its path below the page; a file of the person's own is not known here. */
export async function graphOf(spec: SweepSpec): Promise<SweepTask['graph']> {
  const path = spec.topology.id === 'file' ? spec.topology.file : undefined;
  if (path === undefined) return undefined;
  const reply = await fetch(path);
  if (!reply.ok)
    throw new Error(`the graph ${path} of this sweep is not among the page’s own files: sweeps of other files run on the command line`);
  return { name: path, text: await reply.text() };
}

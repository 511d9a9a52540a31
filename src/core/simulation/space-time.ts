/** Requests of the space-time diagram. */
import type { RequestName, Requests } from '../../protocol/protocol.ts';
import type { JournalFold } from '../kernel/fold.ts';
import { orderOf } from './causes.ts';
import { along, diagramOf } from './diagram.ts';
import type { Run } from './run.ts';
import { sequenceOf } from './sequence.ts';

type Handlers<N extends RequestName> = { readonly [K in N]: (args: Requests[K]['args']) => Requests[K]['reply'] };

export const spaceTime = (run: () => Run): Handlers<'diagram' | 'along' | 'sequence'> => {
  /** The diagram's own cursor over the journal, of the scene that is open. */
  let own: { readonly run: Run; readonly fold: JournalFold } | undefined;
  return {
    diagram(args) {
      const now = run();
      if (own?.run !== now) own = { run: now, fold: now.fold.sibling() };
      return diagramOf(now, own.fold, args);
    },
    along: (args) => along(orderOf(run()), args),
    sequence: (args) => sequenceOf(run(), args),
  };
};

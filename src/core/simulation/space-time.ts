/** Requests of the space-time diagram. */
import type { RequestName, Requests } from '../../protocol/protocol.ts';
import { orderOf } from './causes.ts';
import { cursors } from './cursors.ts';
import { along, diagramOf } from './diagram.ts';
import type { Run } from './run.ts';
import { sequenceOf } from './sequence.ts';

type Handlers<N extends RequestName> = { readonly [K in N]: (args: Requests[K]['args']) => Requests[K]['reply'] };

export const spaceTime = (run: () => Run): Handlers<'diagram' | 'along' | 'sequence'> => {
  const cursor = cursors();
  return {
    diagram(args) {
      const now = run();
      return diagramOf(now, cursor(now), args);
    },
    along: (args) => along(orderOf(run()), args),
    sequence: (args) => sequenceOf(run(), args),
  };
};

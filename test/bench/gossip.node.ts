/** A process of its own for each workload, so that none runs on what another left in the heap and in the compiler. */
import { workbench, type Request } from './workloads.ts';

const answer = workbench();
process.on('message', (request: Request) => {
  const sample = answer(request);
  process.send?.({ ...sample, megabytes: process.resourceUsage().maxRSS / 1024 });
});

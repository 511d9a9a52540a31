/** A process of its own for each workload, so that none runs on what another left in the heap and in the compiler. */
import { workbench, type Request } from './workloads.ts';

const answer = workbench();
process.on('message', (request: Request) => {
  const before = process.cpuUsage();
  const sample = answer(request);
  const { user, system } = process.cpuUsage(before);
  process.send?.({ ...sample, megabytes: process.resourceUsage().maxRSS / 1024, share: (user + system) / 1e6 / sample.seconds });
});

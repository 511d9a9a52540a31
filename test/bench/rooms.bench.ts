/** A room of a thousand people on twenty servers: they join, one of them speaks, half of the servers die. In a process and in a browser's worker. */
import { HALL, PARTS, predicted } from './crowd.ts';
import { figure, type Figures } from './figure.ts';
import { hostsOf } from './hosts.ts';

export default async function rooms(): Promise<Figures> {
  const figures: Figures = {};
  const where = `room of ${HALL.people.toLocaleString('en')} on ${HALL.servers} servers`;
  for (const host of hostsOf(new URL('./rooms.node.ts', import.meta.url), new URL('./rooms.worker.ts', import.meta.url))) {
    const bench = await host.open();
    try {
      await bench.ask({ prepare: 'crowd' });
      let whole = 0;
      let ran = 0;
      let held: number | undefined;
      for (const part of PARTS) {
        const { events, seconds, megabytes, share } = await bench.ask({});
        whole += seconds;
        ran += seconds * (share ?? 1);
        held = megabytes;
        const { formula } = predicted(HALL)[part];
        figures[`${where}, ${part}: ${formula} = ${events.toLocaleString('en')} stanzas, ${host.name}`] = figure(seconds, 's');
      }
      figures[`${where}, all three, ${host.name}`] = figure(whole, 's');
      figures[`${where}, all three, processor time with that of collecting garbage, ${host.name}`] = figure(ran, 's');
      if (held !== undefined) figures[`${where}, memory of the process, ${host.name}`] = figure(held, 'MB');
    } finally {
      await bench.close();
    }
  }
  return figures;
}

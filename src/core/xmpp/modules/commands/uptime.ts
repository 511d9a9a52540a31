/** How long a server has been up, for everyone: the one command that Prosody always has, in its words. */
import { upSince } from '../../server/power.ts';
import { longDateOf } from '../xep0203.ts';
import type { Command } from './contract.ts';

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

export const uptime: Command = {
  node: 'uptime',
  title: 'Get uptime',
  whom: 'anyone',
  stages: [],
  finish(context) {
    const since = context.get(upSince);
    const minutes = Math.floor((context.tick - since) / (60 * context.second));
    const parts = [
      counted(Math.floor(minutes / 1440), 'day'),
      counted(Math.floor(minutes / 60) % 24, 'hour'),
      counted(minutes % 60, 'minute'),
    ];
    const text = `This server has been running for ${parts[0]}, ${parts[1]} and ${parts[2]} (since ${longDateOf(since)})`;
    return { note: { type: 'info', text } };
  },
};

/** Interventions in words: the rules that their rows name. What they are is said in `protocol/intervention.ts`, what they do in `intervene.ts` and `disturbances.ts`. */
import type { Rule } from './model.ts';

const rules = (source: string, texts: Readonly<Record<string, string>>): readonly Rule[] =>
  Object.entries(texts).map(([id, text]) => ({ id, source, text }));

/** Both models have them among their rules. */
export const INTERVENTION_RULES: readonly Rule[] = [
  ...rules('done by hand', {
    'intervention/no-target':
      'What this was to be done to is not there: it has arrived already, was never sent in this run, or is in that state already. It is kept, and changes nothing.',
    'intervention/refused': 'The edited text cannot stand in the place of this message, so the message goes on as it was.',
    'intervention/nothing-behind':
      'Nothing else is on its way on this link, or to this receiver, that it could come behind. It goes on as it was.',
    'intervention/drop': 'The message was taken off its link by hand. Nobody is told.',
    'intervention/delay': 'The message was held up by hand: it comes later, and others may overtake it.',
    'intervention/duplicate':
      'The message was doubled by hand: its copy comes right behind it, word for word. TCP would not do that; a client that sends again after a lost acknowledgement does.',
    'intervention/reorder':
      'The message was put behind the next one by hand. On one TCP stream that cannot happen; between two streams it can.',
    'intervention/edit': 'The message was exchanged by hand for an edited one, which goes on in its place.',
    'intervention/crash': 'It crashes by hand, without a word: what was only in memory is gone.',
    'intervention/restart': 'It comes up again by hand, with what it had stored.',
    'intervention/pause': 'It is stopped by hand, as a debugger stops a process: what comes to it, and its timers, wait.',
    'intervention/resume': 'It goes on: what had waited is taken in now, in the order in which it was due.',
    'intervention/waits': 'The receiver is paused, so this waits before it.',
    'intervention/slow':
      'It works slower, or as fast as before, from now on: what it sends leaves later, and what it sets itself to do takes longer, by this factor.',
    'intervention/cut':
      'The link is cut by hand: nothing gets through. Single messages that it carries are lost, and nobody is told; on a TCP connection they wait and are sent again, until it is mended or somebody gives the connection up.',
    'intervention/mend': 'The link carries again what is sent on it from now on, and what TCP sends again.',
    'intervention/slow-link': 'What is sent on the link from now on takes so many times as long.',
    'intervention/lossy':
      'What is sent on the link from now on is lost with this probability each time. TCP sends it again, so that there it is only late.',
    'intervention/partition': 'The network is parted in two by hand: nothing gets from one side to the other.',
    'intervention/heal': 'The parts of the network reach each other again.',
    'intervention/inject': 'A person had it send this.',
    'fault/cut': 'The link was cut while this was on its way, or before it was sent: it is lost, and nobody is told.',
    'fault/lossy': 'The link loses messages, and this is one of them. Nobody is told.',
  }),
  ...rules('random faults of this run', {
    'fault/lost': 'It was lost on the way, by chance. Nobody is told.',
    'fault/duplicated': 'It was doubled on the way, by chance: the copy is the same, word for word.',
    'fault/crash': 'It crashes by chance, without a word: what was only in memory is gone. It comes up again after its time away.',
    'fault/offline': 'It leaves by chance, in good order: it ends its stream. It comes back after its time away.',
    'fault/connection':
      'By chance its network is gone, as where a telephone loses its signal. It knows; the other end finds out by TCP, or when it comes back and resumes its session.',
    'fault/back': 'Its time away is over: it is there again, with what it had stored.',
  }),
  ...rules('RFC 9293 §3.8.1', {
    'tcp/cut':
      'The link is cut, so this does not come, and no acknowledgement goes back. Nothing is lost: TCP at the sender keeps it, and sends it again after a while.',
    'tcp/missed': 'The link loses this. TCP at the sender misses the acknowledgement, and sends it again: it is late, not lost.',
  }),
  ...rules('RFC 9293 §3.10.7.4', {
    'tcp/behind':
      'Something that was sent before this on the same connection has not come. TCP hands over everything in order, so this waits behind it.',
  }),
  ...rules('RFC 6298 §5', {
    'tcp/again':
      'TCP has sent again what was not acknowledged, and again nothing has come back. It waits twice as long now, sixty seconds at most.',
    'tcp/through': 'What was not acknowledged is sent again, and this time it gets through; what has waited behind it comes along.',
  }),
  ...rules('RFC 9293 §3.8.3', {
    'tcp/given-up':
      'Its connection was given up before it could get through: after a hundred seconds without an acknowledgement TCP tells its program that the connection is broken. What was on it is lost.',
  }),
  ...rules('RFC 9293 §3.5', {
    'tcp/old':
      'It was sent on a connection that the other end had given up; a new one has taken its place. What was on the old one is lost.',
  }),
];

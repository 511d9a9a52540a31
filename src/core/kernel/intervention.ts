/** Interventions in words: the rules that their rows name. What they are is said in `protocol/intervention.ts`, what they do in `intervene.ts` and `disturbances.ts`. */
import type { Rule } from './model.ts';

const BY_HAND = 'done by hand';
const FAULTS = 'random faults of this run';
const rule = (id: string, source: string, text: string): Rule => ({ id, source, text });

/** Both models have them among their rules. */
export const INTERVENTION_RULES: readonly Rule[] = [
  rule(
    'intervention/no-target',
    BY_HAND,
    'What this was to be done to is not there: it has arrived already, was never sent in this run, or is in that state already. It is kept, and changes nothing.',
  ),
  rule('intervention/refused', BY_HAND, 'The edited text cannot stand in the place of this message, so the message goes on as it was.'),
  rule(
    'intervention/nothing-behind',
    BY_HAND,
    'Nothing else is on its way on this link, or to this receiver, that it could come behind. It goes on as it was.',
  ),
  rule('intervention/drop', BY_HAND, 'The message was taken off its link by hand. Nobody is told.'),
  rule('intervention/delay', BY_HAND, 'The message was held up by hand: it comes later, and others may overtake it.'),
  rule(
    'intervention/duplicate',
    BY_HAND,
    'The message was doubled by hand: its copy comes right behind it, word for word. TCP would not do that; a client that sends again after a lost acknowledgement does.',
  ),
  rule(
    'intervention/reorder',
    BY_HAND,
    'The message was put behind the next one by hand. On one TCP stream that cannot happen; between two streams it can.',
  ),
  rule('intervention/edit', BY_HAND, 'The message was exchanged by hand for an edited one, which goes on in its place.'),
  rule('intervention/crash', BY_HAND, 'It crashes by hand, without a word: what was only in memory is gone.'),
  rule('intervention/restart', BY_HAND, 'It comes up again by hand, with what it had stored.'),
  rule('intervention/pause', BY_HAND, 'It is stopped by hand, as a debugger stops a process: what comes to it, and its timers, wait.'),
  rule('intervention/resume', BY_HAND, 'It goes on: what had waited is taken in now, in the order in which it was due.'),
  rule('intervention/waits', BY_HAND, 'The receiver is paused, so this waits before it.'),
  rule(
    'intervention/slow',
    BY_HAND,
    'It works slower, or as fast as before, from now on: what it sends leaves later, and what it sets itself to do takes longer, by this factor.',
  ),
  rule(
    'intervention/cut',
    BY_HAND,
    'The link is cut by hand: what is on it, and what is sent on it from now on, is lost. Neither end is told. TCP would try again for minutes and then break the connection; here, what was lost stays lost.',
  ),
  rule('intervention/mend', BY_HAND, 'The link carries again what is sent on it from now on.'),
  rule('intervention/slow-link', BY_HAND, 'What is sent on the link from now on takes so many times as long.'),
  rule('intervention/lossy', BY_HAND, 'Each message that is sent on the link from now on is lost with this probability.'),
  rule('intervention/partition', BY_HAND, 'The network is parted in two by hand: what crosses from one side to the other is lost.'),
  rule('intervention/heal', BY_HAND, 'The parts of the network reach each other again.'),
  rule('intervention/inject', BY_HAND, 'A person had it send this.'),
  rule('fault/cut', BY_HAND, 'The link was cut while this was on its way, or before it was sent: it is lost, and nobody is told.'),
  rule('fault/lossy', BY_HAND, 'The link loses messages, and this is one of them. Nobody is told.'),
  rule('fault/lost', FAULTS, 'It was lost on the way, by chance. Nobody is told.'),
  rule('fault/duplicated', FAULTS, 'It was doubled on the way, by chance: the copy is the same, word for word.'),
  rule(
    'fault/crash',
    FAULTS,
    'It crashes by chance, without a word: what was only in memory is gone. It comes up again after its time away.',
  ),
  rule('fault/restart', FAULTS, 'Its time away is over: it comes up again with what it had stored.'),
];

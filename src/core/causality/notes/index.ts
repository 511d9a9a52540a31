/** What is looked for, from the most severe on. */
import { dropped, knownUpdate, lost, twice } from './deliveries.ts';
import { badForm, bounced, errorReply, streamError } from './errors.ts';
import type { Finder } from './finder.ts';
import { byHand, neverMended, noTarget } from './by-hand.ts';
import { cutForGood, givenUp, neverBack, neverReached, wentDown } from './outages.ts';
import { leakedPresence } from './presence.ts';
import { answeredTwice, unanswered } from './requests.ts';

export const FINDERS: readonly Finder[] = [
  unanswered,
  answeredTwice,
  leakedPresence,
  badForm,
  streamError,
  neverReached,
  twice,
  errorReply,
  bounced,
  lost,
  givenUp,
  cutForGood,
  neverMended,
  neverBack,
  noTarget,
  dropped,
  wentDown,
  knownUpdate,
  byHand,
];

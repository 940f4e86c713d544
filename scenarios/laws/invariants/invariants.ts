/** The invariants of order management, one by one, in the order of their numbers. */
import { capturedOnce, noSilentApproval } from './capture.ts';
import { nothingAfterNoReturn, nothingMeanwhile, versionsCounted } from './changes.ts';
import { completedTogether, endedStaysEnded } from './ends.ts';
import { asUrgentAsItsLine, oneLineEach, ownNames } from './hierarchy.ts';
import type { Invariant } from './invariant.ts';
import { madeRight } from './made-wrong.ts';
import { nothingDelivered, resultsInOne } from './questions.ts';
import {
  answeredBefore,
  asItsLatestRecord,
  failedLeavesNothing,
  reportsOfOneRequest,
  updatesOfSomething,
  writtenDown,
} from './requests.ts';
import { onTheirDayOnce } from './suspensions.ts';

export const invariants: readonly Invariant[] = [
  endedStaysEnded,
  completedTogether,
  oneLineEach,
  nothingDelivered,
  ownNames,
  answeredBefore,
  failedLeavesNothing,
  updatesOfSomething,
  reportsOfOneRequest,
  nothingAfterNoReturn,
  versionsCounted,
  nothingMeanwhile,
  madeRight,
  asUrgentAsItsLine,
  resultsInOne,
  asItsLatestRecord,
  writtenDown,
  noSilentApproval,
  onTheirDayOnce,
  capturedOnce,
];

/** The habits of a complete and strict TMF641 v4.1 vendor; every twin has them but where it says otherwise. */
import type { Habits, Pace } from '../habits.ts';
import { nextOfTask, refusalOfCancel } from './cancelling.ts';
import { refusalOfCreate } from './checks.ts';
import { nextMove } from './course.ts';
import { refusalOfCredentials, tokenAnswer } from './credentials.ts';
import { moved, movedTask, newOrder, newTask, stamped } from './documents.ts';
import * as events from './events.ts';
import { matches } from './filters.ts';
import * as messages from './messages.ts';
import { again, refusalOfDelete, remove } from './orders.ts';
import { page, selected, sorted } from './pages.ts';
import { patched, refusalOfPatch } from './patching.ts';
import { rollUp } from './roll-up.ts';
import { mayMove } from './states.ts';

export const usualBasePath = '/tmf-api/serviceOrdering/v4';

export const usualPace: Pace = {
  answer: 5,
  start: 400,
  item: 300,
  held: 1_000,
  information: 60_000,
  resume: 100,
  task: 100,
  decision: 150,
  cancellation: 150,
  listener: 5_000,
};

/** After every answer that a change is made by, so that nobody hears of what they do not know yet. */
const deliverAfterMs = 20;

/** What web servers take by default; smaller would refuse orders of some hundred items. */
const largestBody = 1024 * 1024;

export const conformantHabits: Habits = {
  basePath: usualBasePath,
  pace: usualPace,
  largestBody,
  offers: () => true,
  refusalOfCredentials,
  instead: () => undefined,
  answered: messages.answered,
  problem: messages.problem,
  shown: (document) => document,
  shownTask: (document) => document,
  shownSubscription: messages.shownSubscription,
  dateText: messages.dateText,
  newId: messages.newId,
  hrefOf: messages.hrefOf,
  locationOf: (collection, id, vendor) => vendor.habits.hrefOf(collection, id, vendor),
  elsewhere: tokenAnswer,

  refusalOfCreate,
  again,
  createTakesMs: 0,
  newOrder,
  createAnswer: messages.createAnswer,
  refusalOfPatch,
  patchTakesMs: 0,
  patched,
  afterRefusedPatch: (document) => document,
  patchAnswer: messages.patchAnswer,
  refusalOfDelete,
  remove,

  nextMove,
  moved,
  rollUp,
  mayMove,
  stamped,

  refusalOfCancel,
  newTask,
  cancelBegins: () => 'assessingCancellation',
  nextOfTask,
  movedTask,
  cancelAnswer: messages.cancelAnswer,

  listed: (orders) => orders,
  matches,
  sorted,
  page,
  selected,

  refusalOfSubscription: events.refusalOfSubscription,
  unsubscribe: ({ id }, { subscriptions }) => {
    subscriptions.delete(id);
  },
  announcements: events.announcements,
  eventOf: events.eventOf,
  hears: events.hears,
  times: () => 1,
  laneOf: events.laneOf,
  deliverAfterMs: () => deliverAfterMs,
  addressOf: events.addressOf,
  callbackHeaders: events.callbackHeaders,
  trustsAnyone: () => false,
  sent: ({ event }) => event,
  isDelivered: events.isDelivered,
  retryAfterMs: events.retryAfterMs,
  isWanted: events.isWanted,

  restarted: () => {},
};

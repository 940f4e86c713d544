/** Every state with every event, against matrices written down here by hand: a move more or less is a failure. */
import { describe, expect, it } from 'vitest';
import {
  cancellationRequestTable,
  dispatchCancellationTable,
} from '../../../engine/model/cancellation/cancellation-table.ts';
import { falloutTable } from '../../../engine/model/fallout/table.ts';
import { inventoryItemTable } from '../../../engine/model/inventory/item-table.ts';
import { qualificationRequestTable } from '../../../engine/model/qualification/request-table.ts';
import { revisionTable } from '../../../engine/model/revision/revision-table.ts';
import { isTerminal, nextState, previousState, type StateTable } from '../../../engine/model/state-table.ts';
import {
  customerOrderTable,
  domainOrderTable,
  orderLineTable,
  outboundRequestTable,
} from '../../../engine/model/state-tables.ts';
import { taskTable } from '../../../engine/model/tasks/task-table.ts';

/** `from event -> to`, one a line. Whatever is not listed is not possible. */
const customerOrder = `
draft                    submit               -> submitted
submitted                enrichmentNeeded     -> enrichment_in_progress
submitted                enrichmentNotNeeded  -> new
enrichment_in_progress   enrichmentHeld       -> enrichment_on_hold
enrichment_in_progress   enrichmentDone       -> new
enrichment_on_hold       enrichmentReleased   -> enrichment_in_progress
new                      approve              -> acknowledged
new                      reject               -> rejected
acknowledged             decomposed           -> in_progress
rejected                 reopen               -> draft
rejected                 approve              -> acknowledged
in_progress              informationMissing   -> awaiting_information
in_progress              hold                 -> on_hold
in_progress              revise               -> revision_in_progress
revision_in_progress     declineRevision      -> in_progress
in_progress              requestCancellation  -> assessing_cancellation
in_progress              complete             -> completed
awaiting_information     informationReceived  -> in_progress
awaiting_information     requestCancellation  -> assessing_cancellation
on_hold                  release              -> in_progress
on_hold                  requestCancellation  -> assessing_cancellation
revision_in_progress     approve              -> acknowledged
revision_in_progress     requestCancellation  -> assessing_cancellation
assessing_cancellation   approveCancellation  -> cancellation_in_progress
assessing_cancellation   declineCancellation  -> previous state
cancellation_in_progress cancellationDone     -> canceled
`;

const orderLine = `${customerOrder}
acknowledged             schedule             -> scheduled
revision_in_progress     schedule             -> scheduled
acknowledged             start                -> in_progress
scheduled                start                -> in_progress
scheduled                revise               -> revision_in_progress
on_hold                  revise               -> revision_in_progress
revision_in_progress     drop                 -> cancellation_in_progress
scheduled                requestCancellation  -> assessing_cancellation
`;

const domainOrder = `
draft                    qualify              -> qualified
draft                    schedule             -> scheduled
draft                    hold                 -> on_hold
draft                    closeByHand          -> closed_complete
draft                    cancel               -> cancellation_in_progress
qualified                schedule             -> scheduled
qualified                start                -> in_progress
qualified                hold                 -> on_hold
qualified                closeByHand          -> closed_complete
qualified                cancel               -> cancellation_in_progress
scheduled                start                -> in_progress
scheduled                hold                 -> on_hold
scheduled                closeByHand          -> closed_complete
scheduled                cancel               -> cancellation_in_progress
in_progress              hold                 -> on_hold
in_progress              close                -> closed_complete
in_progress              closeByHand          -> closed_complete
in_progress              cancel               -> cancellation_in_progress
on_hold                  release              -> previous state
on_hold                  reviseApproved       -> scheduled
on_hold                  closeByHand          -> closed_complete
on_hold                  cancel               -> cancellation_in_progress
cancellation_in_progress cancellationDone     -> canceled
`;

const outboundRequest = `
not_applicable           accepted             -> pending
not_applicable           dispatchFailed       -> failed
not_applicable           reportedPending      -> pending
not_applicable           reportedFulfilled    -> fulfilled
not_applicable           reportedError        -> error
pending                  accepted             -> pending
pending                  reportedPending      -> pending
pending                  reportedFulfilled    -> fulfilled
pending                  reportedError        -> error
pending                  revised              -> pending
pending                  serviceOrderCanceled -> failed
error                    accepted             -> error
error                    reportedPending      -> pending
error                    reportedFulfilled    -> fulfilled
error                    reportedError        -> error
error                    superseded           -> failed
error                    serviceOrderCanceled -> failed
fulfilled                accepted             -> fulfilled
fulfilled                reportedFulfilled    -> fulfilled
fulfilled                revised              -> pending
`;

const inventoryItem = `
installation_pending     fulfill              -> active
installation_pending     withdraw             -> inactive
activation_pending       fulfill              -> active
activation_pending       withdraw             -> inactive
change_pending           fulfill              -> active
change_pending           cease                -> inactive
change_pending           restore              -> previous state
active                   requestChange        -> change_pending
active                   requestDisconnect    -> change_pending
active                   requestMove          -> change_pending
active                   suspend              -> suspended
active                   lapse                -> inactive
active                   withdraw             -> inactive
suspended                resume               -> active
suspended                requestDisconnect    -> change_pending
`;

const qualificationRequest = `
sent                     accepted             -> waiting
sent                     answered             -> answered
sent                     failed               -> failed
sent                     withdrawn            -> withdrawn
waiting                  answered             -> answered
waiting                  overdue              -> failed
waiting                  withdrawn            -> withdrawn
answered                 accepted             -> answered
answered                 answered             -> answered
answered                 expired              -> expired
answered                 withdrawn            -> withdrawn
failed                   answered             -> answered
failed                   withdrawn            -> withdrawn
expired                  answered             -> answered
expired                  withdrawn            -> withdrawn
`;

const orderTask = `
draft                    predecessorsDone     -> open
draft                    schedule             -> scheduled
draft                    cancel               -> canceled
open                     start                -> in_progress
open                     hold                 -> on_hold
open                     cancel               -> canceled
scheduled                dateReached          -> open
scheduled                hold                 -> on_hold
scheduled                cancel               -> canceled
in_progress              informationMissing   -> awaiting_information
in_progress              hold                 -> on_hold
in_progress              close                -> closed_complete
in_progress              cancel               -> canceled
awaiting_information     informationReceived  -> in_progress
awaiting_information     hold                 -> on_hold
awaiting_information     cancel               -> canceled
on_hold                  schedule             -> scheduled
on_hold                  release              -> previous state
on_hold                  falloutResolved      -> resolved
on_hold                  cancel               -> canceled
resolved                 resume               -> in_progress
resolved                 cancel               -> canceled
closed_complete          redo                 -> in_progress
`;

const revision = `
pending                  approve              -> approved
pending                  decline              -> declined
pending                  replace              -> replaced
pending                  overtaken            -> overtaken
`;

const cancellationRequest = `
scheduled                due                  -> assessing
scheduled                overtaken            -> declined
assessing                approve              -> in_progress
assessing                decline              -> declined
in_progress              ended                -> done
`;

const dispatchCancellation = `
sent                     taken                -> accepted
sent                     agreed               -> done
sent                     failed               -> failed
sent                     again                -> sent
accepted                 agreed               -> done
accepted                 failed               -> failed
failed                   agreed               -> done
failed                   moreTime             -> accepted
failed                   again                -> sent
done                     again                -> sent
`;

const fallout = `
open                     assign               -> in_progress
open                     hold                 -> on_hold
open                     causeCleared         -> resolved
open                     resolve              -> resolved
open                     resolvedByHand       -> closed_complete
open                     cancel               -> canceled
in_progress              assign               -> in_progress
in_progress              informationMissing   -> awaiting_information
in_progress              hold                 -> on_hold
in_progress              causeCleared         -> resolved
in_progress              resolve              -> resolved
in_progress              resolvedByHand       -> closed_complete
in_progress              cancel               -> canceled
awaiting_information     informationReceived  -> in_progress
awaiting_information     hold                 -> on_hold
awaiting_information     causeCleared         -> resolved
awaiting_information     resolve              -> resolved
awaiting_information     resolvedByHand       -> closed_complete
awaiting_information     cancel               -> canceled
on_hold                  release              -> previous state
on_hold                  causeCleared         -> resolved
on_hold                  resolve              -> resolved
on_hold                  resolvedByHand       -> closed_complete
on_hold                  cancel               -> canceled
resolved                 verify               -> closed_complete
resolved                 reopen               -> in_progress
resolved                 resolvedByHand       -> closed_complete
`;

describe.each([
  ['revision', revisionTable, revision],
  ['cancellation request', cancellationRequestTable, cancellationRequest],
  ['cancellation of an outbound request', dispatchCancellationTable, dispatchCancellation],
  ['fallout', falloutTable, fallout],
  ['order task', taskTable, orderTask],
  ['qualification request', qualificationRequestTable, qualificationRequest],
  ['customer order', customerOrderTable, customerOrder],
  ['order line item', orderLineTable, orderLine],
  ['domain order', domainOrderTable, domainOrder],
  ['outbound request', outboundRequestTable, outboundRequest],
  ['inventory item', inventoryItemTable, inventoryItem],
] as [string, StateTable<string, string>, string][])('the lifecycle of a %s', (thing, table, written) => {
  const expected = new Map(
    written
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => {
        const [before = '', to = ''] = line.split('->').map((part) => part.trim());
        return [before.replaceAll(/\s+/g, ' '), to];
      }),
  );

  it('is the written one, state by state and event by event', () => {
    expect(table.thing).toBe(thing);
    for (const from of table.states) {
      for (const on of table.events) {
        const to = expected.get(`${from} ${on}`);
        const remembered = table.states.at(-1);
        expect(nextState(table, from, on, remembered), `${from} ${on}`).toBe(to === previousState ? remembered : to);
      }
    }
  });

  it('has no move that is written nowhere, and none that speaks of unknown states or events', () => {
    const moves = table.moves.flatMap(({ from, on, to }) => from.map((state) => [`${state} ${on}`, to] as const));
    expect(new Set(moves.map(([before]) => before)).size).toBe(moves.length);
    expect(new Map(moves)).toEqual(expected);
    for (const { from, on, to } of table.moves) {
      for (const state of from) expect(table.states).toContain(state);
      expect(table.events).toContain(on);
      expect([...table.states, previousState]).toContain(to);
    }
  });

  it('never leaves a terminal state', () => {
    for (const state of table.terminal) {
      expect(isTerminal(table, state)).toBe(true);
      for (const on of table.events) expect(nextState(table, state, on, 'anything'), `${state} ${on}`).toBeUndefined();
    }
  });

  it('reaches every state from where it begins', () => {
    const reached = new Set(table.initial);
    for (const state of reached) {
      for (const { from, to } of table.moves) if (from.includes(state) && to !== previousState) reached.add(to);
    }
    expect([...reached].toSorted()).toEqual(table.states.toSorted());
  });
});

/** Every rule, in the order in which causes come before consequences. */
import type { Rule, Theme } from './rule.ts';
import { cancelOutcome } from './themes/changing/cancel-outcome.ts';
import { cancelTerminal, cancelUnknown, secondCancel } from './themes/changing/cancel-refusals.ts';
import { cancelInitialState, cancelTaskLife } from './themes/changing/cancels.ts';
import { patchAtomic, patchKeepsOwned, patchRefused, patchStateLegal } from './themes/changing/patch-refusals.ts';
import { lostUpdate, patchApplied } from './themes/changing/patches.ts';
import { extensionTolerated, initialState, legalOrderAccepted } from './themes/creating/creates.ts';
import { orderKept } from './themes/creating/order-kept.ts';
import { hostileInput, invalidOrderRefused, serverOwned } from './themes/creating/refusals.ts';
import { acceptedHasMonitor, concurrentCreate, repeatedCreate } from './themes/creating/repeats.ts';
import { deletedIsGone } from './themes/listing/deletion.ts';
import { fieldsSelection, filterSemantics } from './themes/listing/filters.ts';
import { listComplete } from './themes/listing/list-complete.ts';
import { pagingLaw, resultCounts } from './themes/listing/lists.ts';
import { methodNotAllowed, unknownId, unsupportedMediaType } from './themes/listing/protocol.ts';
import { sortOrder } from './themes/listing/sorting.ts';
import { datesInOrder, datesWellFormed, stateFacts } from './themes/living/attributes.ts';
import { endsInTime } from './themes/living/ends-in-time.ts';
import { itemTransitions, orderItemCoherence, orderTransitions, terminalIsFinal } from './themes/living/life.ts';
import { hrefResolves, locationHeader } from './themes/living/references.ts';
import { mandatoryAttributes, responseSchema } from './themes/messages/bodies.ts';
import {
  answersAsDeclared,
  answersInTime,
  errorBody,
  mediaType,
  statusDocumented,
} from './themes/messages/messages.ts';
import { authEnforced, declaredIsOffered, tokenExpiry } from './themes/running/access.ts';
import { survivesRestart } from './themes/running/restart.ts';
import { holdsUnderLoad, retryAfter } from './themes/running/running.ts';
import { earlyCallback, eventAgrees } from './themes/telling/agreement.ts';
import { attributeChangeAnnounced, changeAnnounced } from './themes/telling/announcing.ts';
import { eventAfterTerminal, eventOnce, eventOrder, eventRepeated } from './themes/telling/event-order.ts';
import { eventIdsUnique, eventSchema, listenerAddress } from './themes/telling/events.ts';
import { hubDuplicate, hubQuery, hubRegistration, silenceAfterUnsubscribe } from './themes/telling/hub.ts';
import { callbackCredentials, certificateChecked, listenerIsolation, redelivery } from './themes/telling/listeners.ts';

export const themes: readonly Theme[] = [
  {
    name: 'messages',
    rules: [
      answersInTime,
      answersAsDeclared,
      statusDocumented,
      mediaType,
      responseSchema,
      mandatoryAttributes,
      errorBody,
    ],
  },
  { name: 'access', rules: [authEnforced, tokenExpiry, declaredIsOffered] },
  {
    name: 'creating orders',
    rules: [
      legalOrderAccepted,
      initialState,
      orderKept,
      invalidOrderRefused,
      hostileInput,
      serverOwned,
      extensionTolerated,
      repeatedCreate,
      concurrentCreate,
      acceptedHasMonitor,
    ],
  },
  { name: 'what is not there', rules: [unknownId, methodNotAllowed, unsupportedMediaType, deletedIsGone] },
  {
    name: 'patching orders',
    rules: [patchStateLegal, patchApplied, patchKeepsOwned, patchAtomic, lostUpdate, patchRefused],
  },
  {
    name: 'cancelling orders',
    rules: [cancelUnknown, cancelTerminal, cancelOutcome, cancelTaskLife, cancelInitialState, secondCancel],
  },
  {
    name: 'the life of an order',
    rules: [orderTransitions, terminalIsFinal, orderItemCoherence, itemTransitions, endsInTime],
  },
  { name: 'attributes', rules: [datesInOrder, datesWellFormed, stateFacts, hrefResolves, locationHeader] },
  {
    name: 'lists and queries',
    rules: [pagingLaw, resultCounts, listComplete, filterSemantics, fieldsSelection, sortOrder],
  },
  { name: 'single events', rules: [listenerAddress, eventSchema, eventIdsUnique] },
  {
    name: 'the hub',
    rules: [
      silenceAfterUnsubscribe,
      hubRegistration,
      hubDuplicate,
      callbackCredentials,
      certificateChecked,
      redelivery,
      listenerIsolation,
    ],
  },
  {
    name: 'what is announced',
    rules: [
      changeAnnounced,
      hubQuery,
      eventAfterTerminal,
      eventAgrees,
      attributeChangeAnnounced,
      eventOrder,
      eventOnce,
      eventRepeated,
      earlyCallback,
    ],
  },
  { name: 'running', rules: [holdsUnderLoad, retryAfter, survivesRestart] },
];

export const rules: readonly Rule[] = themes.flatMap((theme) => theme.rules);

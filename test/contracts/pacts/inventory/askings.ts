/** What our engine asks of an inventory system, how it may be answered, and what it makes of that: one for each decision of the adapter. */
import { MatchersV3 } from '@pact-foundation/pact';
import type { QualificationPayload } from '../../../../engine/model/qualification/effects.ts';
import type { QualificationExchange } from '../../../../engine/model/qualification/inputs.ts';
import type { QualificationReport, ReportedResult } from '../../../../engine/model/qualification/result.ts';
import type { Found } from '../../../../engine/shell/effects.ts';
import { eachLike, oneOf } from '../recorder.ts';
import { hierarchy, oneService, upgrade } from './examples.ts';

/** The diagram of TMF645 has the second for a task that has just come, and its enum the third. */
const notYet = ['inProgress', 'acknowledged', 'accepted'] as const;
const results = ['qualified', 'alternate', 'unqualified'] as const;

export interface Asking {
  readonly description: string;
  /** Of the inventory system; `inventory-provider.ts` brings it about. */
  readonly state: string;
  readonly payload: QualificationPayload;
  readonly status: number;
  /** What the engine reads of the answer, and no more. */
  readonly body: object;
  readonly outcome: QualificationExchange;
}

const later = '2026-02-01T00:00:00.000Z';
const reasons = [{ code: 'CAPACITY', label: 'No free capacity for access-line at site-1' }];

/** One for each decision of the adapter: what it renders, and what it makes of an answer. */
export const askings: readonly Asking[] = [
  {
    description: 'a question about a service made of others, which is to be kept',
    state: 'it has capacity at the site',
    payload: hierarchy,
    status: 201,
    body: answerOf('done', ['so-1', 'so-2', 'so-3'], {
      qualificationResult: oneOf('qualified'),
      expirationDate: dateOf(later),
    }),
    outcome: answered(
      ['so-1', 'so-2', 'so-3'].map((id) => reportOf(id, 'qualified', { expiresAt: Date.parse(later) })),
    ),
  },
  {
    description: 'a question about one service, which is not to be kept',
    state: 'it has capacity at the site',
    payload: oneService,
    status: 201,
    body: answerOf('done', ['so-1'], { qualificationResult: oneOf('qualified') }),
    outcome: answered([reportOf('so-1', 'qualified')]),
  },
  {
    description: 'a question about a service that is there and is to change',
    state: 'the service that is there has the last capacity at the site',
    payload: upgrade,
    status: 201,
    body: answerOf('done', ['so-1'], { qualificationResult: oneOf('qualified') }),
    outcome: answered([reportOf('so-1', 'qualified')]),
  },
  {
    description: 'a question that is answered by proposals',
    state: 'it has another service at the site, and the same later',
    payload: oneService,
    status: 201,
    body: answerOf('done', ['so-1'], {
      qualificationResult: oneOf('alternate'),
      alternateServiceProposal: eachLike(proposalOf('wireless-line', later), proposalOf('access-line', later)),
    }),
    outcome: answered([
      reportOf('so-1', 'alternate', {
        proposals: ['wireless-line', 'access-line'].map((specification) => ({
          specification,
          characteristics: [{ name: 'downstreamSpeed', value: '1 Gbps' }],
          availableAt: Date.parse(later),
        })),
      }),
    ]),
  },
  {
    description: 'a question that is answered by reasons',
    state: 'it has nothing at the site',
    payload: oneService,
    status: 201,
    body: answerOf('done', ['so-1'], {
      qualificationResult: oneOf('unqualified'),
      eligibilityUnavailabilityReason: eachLike(
        ...reasons.map(({ code, label }) => ({ code: MatchersV3.string(code), label: MatchersV3.string(label) })),
      ),
    }),
    outcome: answered([reportOf('so-1', 'unqualified', { reasons })]),
  },
  {
    description: 'a question that takes time',
    state: 'it answers questions later',
    payload: hierarchy,
    status: 201,
    body: answerOf(notYet, ['so-1', 'so-2', 'so-3'], {}),
    outcome: answered([], { isFinal: false }),
  },
  {
    description: 'a question that ends in an error',
    state: 'it ends questions in an error',
    payload: oneService,
    status: 201,
    body: answerOf('terminatedWithError', ['so-1'], {
      terminationError: eachLike({ value: MatchersV3.string('The register of sites cannot be read') }),
    }),
    outcome: answered([], { failure: 'The register of sites cannot be read' }),
  },
  {
    description: 'a question that is refused',
    state: 'it refuses questions',
    payload: oneService,
    status: 400,
    body: errorOf('Invalid question', 'Nobody knows this site'),
    outcome: failed(400, 'it answered 400: Invalid question: Nobody knows this site'),
  },
  {
    description: 'a question that comes while it is busy',
    state: 'it is busy',
    payload: oneService,
    status: 503,
    body: errorOf('Busy', 'Come back later'),
    outcome: failed(503, 'it answered 503: Busy: Come back later'),
  },
];

export interface Returning {
  readonly description: string;
  readonly state: string;
  readonly method: 'GET' | 'DELETE';
  readonly status: number;
  readonly body?: object;
  readonly outcome?: Found;
}

/** One for each decision about a question that was asked before: looking after it, and giving it up. */
export const returnings: readonly Returning[] = [
  {
    description: 'a look at a question that it still works on',
    state: 'it still works on the question',
    method: 'GET',
    status: 200,
    body: lookedAt(notYet, {}),
  },
  {
    description: 'a look at a question that it has answered',
    state: 'it has answered the question',
    method: 'GET',
    status: 200,
    body: lookedAt('done', { qualificationResult: oneOf(...results) }),
    outcome: { reports: [reportOf('so-1', 'qualified')], isFinal: true },
  },
  {
    description: 'a look at a question that it does not have',
    state: 'it has no such question',
    method: 'GET',
    status: 404,
  },
  { description: 'a question is given up', state: 'it has answered the question', method: 'DELETE', status: 204 },
  {
    description: 'a question is given up that it does not have',
    state: 'it has no such question',
    method: 'DELETE',
    status: 404,
  },
];

/** @param found what is read of each item. */
function answerOf(states: States, ids: readonly string[], found: object): object {
  const [first = {}, ...others] = ids.map((id) => ({ id: MatchersV3.regex(`^(${ids.join('|')})$`, id), ...found }));
  return {
    id: MatchersV3.string('check-1'),
    state: typeof states === 'string' ? oneOf(states) : oneOf(...states),
    serviceQualificationItem: eachLike(first, ...others),
  };
}

type States = string | readonly [string, ...string[]];

/** An answer that names another question is passed over. */
function lookedAt(states: States, found: object): object {
  const { id: _id, ...read } = answerOf(states, ['so-1'], found) as { id: unknown }; // as above
  return { externalId: 'request-1', ...read };
}

function dateOf(text: string): MatchersV3.Matcher<string> {
  return MatchersV3.regex('^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?(Z|[+-]\\d\\d:\\d\\d)$', text);
}

function proposalOf(specification: string, date: string): object {
  return {
    alternateServiceAvailabilityDate: dateOf(date),
    alternateService: {
      serviceSpecification: { id: MatchersV3.string(specification) },
      serviceCharacteristic: eachLike({
        name: MatchersV3.string('downstreamSpeed'),
        value: MatchersV3.string('1 Gbps'),
      }),
    },
  };
}

function errorOf(reason: string, message: string): object {
  // `code` is not read, and an error without it would break TMF645.
  return { code: MatchersV3.string('24'), reason: MatchersV3.string(reason), message: MatchersV3.string(message) };
}

function reportOf(
  serviceOrder: string,
  result: ReportedResult,
  more: Partial<QualificationReport> = {},
): QualificationReport {
  return { serviceOrder, result, reasons: [], proposals: [], ...more };
}

function answered(reports: readonly QualificationReport[], more: object = {}): QualificationExchange {
  return { kind: 'answered', httpStatus: 201, externalId: 'check-1', reports, isFinal: true, ...more };
}

function failed(httpStatus: number, reason: string): QualificationExchange {
  return { kind: 'failed', httpStatus, reason };
}

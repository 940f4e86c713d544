/** What an inventory system tells of its own accord: how our simulated one comes to say it, what is answered, and what comes of it. */
import { MatchersV3 } from '@pact-foundation/pact';
import { nativeQualificationBase } from '../../../../engine/wire/qualification/native-check.ts';
import { serviceQualificationBase } from '../../../../engine/wire/qualification/tmf645-v4-south.ts';
import { eachLike, oneOf } from '../recorder.ts';

export interface Telling {
  readonly description: string;
  /** Of the order management; `om-provider.ts` brings it about. */
  readonly state: string;
  /** How the simulated inventory system answers. */
  readonly behaviour: object;
  /** Of the message that is meant, the last to that path. */
  readonly path: string;
  readonly status: number;
  /** What is read of the answer. */
  readonly body?: object;
  readonly heard: Heard;
}

/** What the order management makes of it: the result of the order, and of each service with what was said of it. */
export interface Heard {
  readonly order: string;
  readonly services: readonly string[];
}

export const states = {
  asked: 'it has asked about a service made of another',
  askedTwice: 'it has asked about two services',
  accepted: 'it has asked about a service made of another, and the answer is accepted',
  nothing: 'it has asked nothing',
} as const;

export const processResult = `${nativeQualificationBase}/checkServiceQualification/processResult`;
const listener = `${serviceQualificationBase}/listener/checkServiceQualification`;

const pending: Heard = { order: 'pending', services: ['internet pending', 'line pending'] };
const qualified: Heard = { order: 'qualified', services: ['internet qualified', 'line qualified'] };
const nobody: Heard = { order: 'nobody', services: [] };

const proposal = { specification: 'radio-internet', at: '2026-02-01T00:00:00Z', characteristics: { speed: '50 Mbps' } };
const instead = { result: 'alternate', items: { specification: 'internet' }, proposals: [proposal] };
const alternate: Heard = {
  order: 'alternate',
  services: ['internet alternate: radio-internet, speed 50 Mbps, 2026-02-01', 'line qualified'],
};

const reason = { code: 'CAP-01', label: 'No free port on the access node' };
const none = { result: 'unqualified', items: { specification: 'line' }, reasons: [reason] };
const unqualified: Heard = {
  order: 'unqualified',
  services: ['internet qualified', `line unqualified: ${reason.label}`],
};

const asked = { state: states.asked, path: processResult } as const;
const items = '/serviceQualificationItem';

export const tellings: readonly Telling[] = [
  {
    ...asked,
    description: 'processResult: everything can be had',
    behaviour: { result: 'qualified' },
    ...taken('qualified'),
    heard: qualified,
  },
  {
    ...asked,
    description: 'processResult: something else can be had',
    behaviour: instead,
    ...taken('alternate'),
    heard: alternate,
  },
  {
    ...asked,
    description: 'processResult: a part cannot be had',
    behaviour: none,
    ...taken('unqualified'),
    heard: unqualified,
  },
  {
    ...asked,
    description: 'processResult: there is no answer yet',
    behaviour: { result: 'pending' },
    ...taken('pending'),
    heard: pending,
  },
  ...refusals(),
  {
    ...asked,
    description: 'processResult: after the answer was accepted',
    state: states.accepted,
    behaviour: { result: 'unqualified' },
    ...refused(
      'Order ORD0000001 asks nothing now: it is completed',
      undefined,
      '^Order ORD\\d{7} asks nothing now: it is completed.*$',
    ),
    status: 409,
    heard: qualified,
  },
  event('StateChange', 'everything can be had', { result: 'qualified' }, qualified),
  event('StateChange', 'something else can be had', instead, alternate),
  event('StateChange', 'a part cannot be had', none, unqualified),
  event('AttributeValueChange', 'there is no answer yet', { result: 'pending' }, pending),
  event('Create', 'the question is there', {}, pending),
  event('StateChange', 'the question a second time, under another id', { wrong: { check: 'check-2' } }, pending),
  { ...event('StateChange', 'a question of somebody else', {}, nobody), state: states.nothing },
  {
    ...event('StateChange', 'a result that nobody knows', { wrong: { result: 'available' } }, pending),
    ...refused(
      'the result "available" is not known',
      `/event/checkServiceQualification${items}/0/qualificationResult`,
      '^the result "available" is not known.*$',
    ),
  },
];

/** The published texts, each as it comes to be said. */
function refusals(): Telling[] {
  const published: [what: string, wrong: object, message: string, datapath?: string][] = [
    ['nothing at all', { text: '' }, 'Invalid payload: Request body missing'],
    ['an empty object', { text: '{}' }, 'Invalid payload: Empty payload'],
    [
      'no item',
      { text: JSON.stringify({ serviceQualificationItem: [] }) },
      'serviceQualificationItem is missing',
      items,
    ],
    [
      'an item without an id',
      said({ qualificationResult: 'qualified' }),
      'serviceQualificationItem id is missing',
      `${items}/0/id`,
    ],
    [
      'an item without a result',
      said({ id: 'so-1' }),
      'serviceQualificationItem qualificationResult is missing',
      `${items}/0/qualificationResult`,
    ],
    [
      'that the answer is not known',
      { result: 'none' },
      'Qualification Result should be one of [alternate, pending, qualified, unqualified]',
      `${items}/0/qualificationResult`,
    ],
    [
      'a result of something that was not asked',
      { item: 'so-0' },
      'Qualification Item id does not exist',
      `${items}/0/id`,
    ],
    [
      'a reason without a label',
      said({ id: 'so-1', qualificationResult: 'unqualified', eligibilityUnavailabilityReason: [{ code: 'CAP-01' }] }),
      'Invalid payload: Mandatory field missing: eligibilityUnavailabilityReason.label',
      `${items}/0/eligibilityUnavailabilityReason/0/label`,
    ],
    [
      'a proposal of nothing',
      said(proposing({ serviceSpecification: { name: 'Internet by radio' } })),
      'Invalid payload: Mandatory field missing: serviceSpecification.id',
      `${items}/0/alternateServiceProposal/0/alternateService/serviceSpecification/id`,
    ],
    [
      'a characteristic without a name',
      said(
        proposing({ serviceSpecification: { id: 'radio-internet' }, serviceCharacteristic: [{ value: '50 Mbps' }] }),
      ),
      'Invalid payload: Mandatory field missing: serviceCharacteristic.name',
      `${items}/0/alternateServiceProposal/0/alternateService/serviceCharacteristic/0/name`,
    ],
  ];
  return [
    ...published.map(
      ([what, wrong, message, datapath]): Telling => ({
        ...asked,
        description: `processResult: ${what}`,
        behaviour: { wrong },
        ...refused(message, datapath),
        heard: pending,
      }),
    ),
    {
      ...asked,
      description: 'processResult: results of two lines',
      state: states.askedTwice,
      behaviour: { wrong: { alsoEarlier: true } },
      ...refused('All Qualification Items must belong to same Top Order Line Item.', `${items}/1/id`),
      heard: { order: 'pending', services: ['radio-internet pending', 'voice pending'] },
    },
  ];
}

function said(item: object): object {
  return { text: JSON.stringify({ serviceQualificationItem: [item] }) };
}

function proposing(alternateService: object): object {
  return { id: 'so-1', qualificationResult: 'alternate', alternateServiceProposal: [{ alternateService }] };
}

/** It answers with the whole question; whoever tells sees of it what was made of the results. */
function taken(result: string): Pick<Telling, 'status' | 'body'> {
  const item = { id: MatchersV3.string('1'), qualificationResult: oneOf(result) };
  const id = MatchersV3.string('order-1');
  return { status: 201, body: { id, qualificationResult: oneOf(result), serviceQualificationItem: eachLike(item) } };
}

/** @param pattern of the whole message, where that has more to say; of a published text every letter counts. */
function refused(message: string, datapath?: string, pattern?: string): Pick<Telling, 'status' | 'body'> {
  const text = pattern === undefined ? message : MatchersV3.regex(pattern, message);
  const reason = MatchersV3.string('Invalid body field');
  // Its code is a number, where that of TMF645 is a text.
  const code = datapath?.startsWith('/event') === true ? MatchersV3.string('24') : MatchersV3.integer(24);
  const where = datapath === undefined ? {} : { details: [{ datapath }] };
  return { status: 400, body: { code, reason, message: text, ...where } };
}

function event(kind: string, what: string, behaviour: object, heard: Heard): Telling {
  return {
    description: `an event: ${what}`,
    state: states.asked,
    behaviour: { report: 'event', ...behaviour },
    path: `${listener}${kind}Event`,
    status: 201,
    heard,
  };
}

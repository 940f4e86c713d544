/** How the policies file speaks of qualification, and what of it is shipped: the request type, and a definition that works at once. */
import { durationMsOfText, textOfDurationMs } from '../../../contracts/schemas/text.ts';
import type { Json } from '../../model/json.ts';
import type {
  MockFinding,
  MockResponse,
  QualificationPolicy,
  RequestAdapter,
  RequestType,
} from '../../model/policies.ts';
import { qualificationInputs, qualificationRequestType } from '../../model/qualification/request-type.ts';
import type { ReportedResult, UnavailabilityReason } from '../../model/qualification/result.ts';
import { type Cells, cellsOf } from './cells.ts';

export interface QualificationInFile {
  readonly start?: 'automatic' | 'manual';
  readonly reserves?: boolean;
  readonly requestTimeout?: string;
  readonly answerTimeout?: string;
  readonly validFor?: string;
  readonly unknownOutweighsUnqualified?: boolean;
  readonly agentsMayApprove?: boolean;
}

export interface MockResponseInFile {
  readonly answers?: 'now' | 'never' | { readonly after: string };
  readonly rules?: readonly {
    readonly when?: Cells;
    readonly characteristics?: { readonly [name: string]: Json };
    readonly then: FindingInFile;
  }[];
  readonly otherwise?: FindingInFile;
}

interface FindingInFile {
  readonly result: ReportedResult;
  readonly reasons?: readonly UnavailabilityReason[];
  readonly proposals?: readonly {
    readonly specification?: string;
    readonly characteristics?: { readonly [name: string]: Json };
    readonly availableAfter?: string;
  }[];
}

/** The adapter of the shipped definition: it makes up an answer, so that everything works before a system is named. */
export const shippedAdapter: RequestAdapter = {
  name: 'Demo Order Qualification (Mock Response)',
  active: true,
  mockResponse: { answersAfterMs: 0, rules: [], otherwise: { result: 'qualified', reasons: [], proposals: [] } },
};

/** Any definition of a lower order that matches goes before it. */
const shippedDefinition: RequestType['definitions'][number] = {
  name: 'Demo Order Qualification Implementation',
  order: 10_000,
  adapter: shippedAdapter.name,
  when: {},
};

/** With what is shipped beside what is written; what is written under the same name stands in its place. */
export function withShipped<Kind extends { requestTypes: readonly RequestType[]; adapters: readonly RequestAdapter[] }>(
  written: Kind,
): Kind {
  const { requestTypes, adapters } = written;
  const own = requestTypes.find(({ name }) => name === qualificationRequestType);
  const inputs = Object.values(qualificationInputs).map((name) => ({ name, mandatory: true }));
  const type: RequestType = own ?? { name: qualificationRequestType, inputs, definitions: [] };
  const isThere = type.definitions.some(({ name }) => name === shippedDefinition.name);
  const whole: RequestType = {
    ...type,
    inputs: own === undefined || own.inputs.length > 0 ? type.inputs : inputs,
    definitions: isThere ? type.definitions : [...type.definitions, shippedDefinition],
  };
  return {
    ...written,
    requestTypes:
      own === undefined ? [...requestTypes, whole] : requestTypes.map((each) => (each === own ? whole : each)),
    adapters: adapters.some(({ name }) => name === shippedAdapter.name) ? adapters : [...adapters, shippedAdapter],
  };
}

export function qualificationPolicyOf(written: QualificationInFile = {}): QualificationPolicy {
  const { requestTimeout, validFor } = written;
  return {
    start: written.start ?? 'manual',
    reserves: written.reserves ?? true,
    ...(requestTimeout === undefined ? {} : { requestTimeoutMs: durationMsOfText(requestTimeout) }),
    answerTimeoutMs: durationMsOfText(written.answerTimeout ?? 'P1D'),
    ...(validFor === undefined ? {} : { validForMs: durationMsOfText(validFor) }),
    unknownOutweighsUnqualified: written.unknownOutweighsUnqualified ?? true,
    agentsMayApprove: written.agentsMayApprove ?? false,
  };
}

export function renderQualificationPolicy(policy: QualificationPolicy): QualificationInFile {
  const { requestTimeoutMs, answerTimeoutMs, validForMs, ...others } = policy;
  return {
    ...others,
    ...(requestTimeoutMs === undefined ? {} : { requestTimeout: textOfDurationMs(requestTimeoutMs) }),
    answerTimeout: textOfDurationMs(answerTimeoutMs),
    ...(validForMs === undefined ? {} : { validFor: textOfDurationMs(validForMs) }),
  };
}

export function mockResponseOf({ answers = 'now', rules = [], otherwise }: MockResponseInFile): MockResponse {
  const answersAfterMs = answers === 'now' ? 0 : answers === 'never' ? 'never' : durationMsOfText(answers.after);
  return {
    answersAfterMs,
    rules: rules.map(({ when, characteristics, then }) => ({
      when: cellsOf(when),
      characteristics: characteristics ?? {},
      finding: findingOf(then),
    })),
    otherwise: findingOf(otherwise ?? { result: 'qualified' }),
  };
}

function findingOf({ result, reasons = [], proposals = [] }: FindingInFile): MockFinding {
  return {
    result,
    reasons,
    proposals: proposals.map(({ specification, characteristics = {}, availableAfter }) => ({
      ...(specification === undefined ? {} : { specification }),
      characteristics: Object.entries(characteristics).map(([name, value]) => ({ name, value })),
      ...(availableAfter === undefined ? {} : { availableAfterMs: durationMsOfText(availableAfter) }),
    })),
  };
}

export function renderMockResponse({ answersAfterMs, rules, otherwise }: MockResponse): MockResponseInFile {
  return {
    answers:
      answersAfterMs === 0 ? 'now' : answersAfterMs === 'never' ? 'never' : { after: textOfDurationMs(answersAfterMs) },
    rules: rules.map(({ when, characteristics, finding }) => ({ when, characteristics, then: renderFinding(finding) })),
    otherwise: renderFinding(otherwise),
  };
}

function renderFinding({ result, reasons, proposals }: MockFinding): FindingInFile {
  return {
    result,
    reasons,
    proposals: proposals.map(({ characteristics, availableAfterMs, ...proposal }) => ({
      ...proposal,
      characteristics: Object.fromEntries(characteristics.map(({ name, value }) => [name, value])),
      ...(availableAfterMs === undefined ? {} : { availableAfter: textOfDurationMs(availableAfterMs) }),
    })),
  };
}

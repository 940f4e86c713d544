/** TMF645 Service Qualification v4.0, southbound: what an inventory system is asked, and what its answers and events say. */
import { pointerTo, shown } from '../../../contracts/schemas/finding.ts';
import { instantOfText } from '../../../contracts/schemas/text.ts';
import type {
  AlternateServiceProposal,
  CheckServiceQualification,
  CheckServiceQualification_Create,
  CheckServiceQualificationItem,
  RelatedParty,
  RelatedPlaceRefOrValue,
  ServiceEligibilityUnavailabilityReason,
  ServiceRefOrValue,
} from '../../../contracts/schemas/tmf645-v4.0.generated.ts';
import type { OutboundItem } from '../../model/payload.ts';
import type { QualificationPayload } from '../../model/qualification/effects.ts';
import type { QualificationReport, ReportedProposal, UnavailabilityReason } from '../../model/qualification/result.ts';
import type { ResultWords } from '../../model/target.ts';
import type { Instant, Party, Place } from '../../model/words.ts';
import { characteristicsOf } from '../captured-orders.ts';
import type { InventoryDialect, ReadCheck } from './inventory-dialect.ts';

export const serviceQualificationBase = '/tmf-api/serviceQualificationManagement/v4';

export const tmf645v4: InventoryDialect = {
  name: 'tmf645-v4.0',
  api: 'TMF645',
  collection: '/checkServiceQualification',
  request: 'CheckServiceQualification_Create',
  answer: 'CheckServiceQualification',
  hub: { path: '/hub', callback: serviceQualificationBase },
  results: { qualified: 'qualified', alternate: 'alternate', unqualified: 'unqualified' },
  render: renderQuestion,
  read: (check, results) => readCheck(check as CheckServiceQualification, results), // checked by whoever asks
};

/** The request's id is the externalId, and each item has the id of its service order. */
export function renderQuestion(payload: QualificationPayload): CheckServiceQualification_Create {
  const { requestId, description, parties, items, reserves } = payload;
  return {
    externalId: requestId,
    ...(description === undefined ? {} : { description }),
    instantSyncQualification: false,
    provideAlternative: true,
    provideUnavailabilityReason: true,
    ...(parties.length === 0 ? {} : { relatedParty: parties.map(renderParty) }),
    serviceQualificationItem: items.map((item) => renderItem(item, reserves)),
    '@type': 'CheckServiceQualification',
  };
}

function renderParty({ id, name, role, referredType }: Party): RelatedParty {
  return {
    id,
    ...(name === undefined ? {} : { name }),
    ...(role === undefined ? {} : { role }),
    '@type': 'RelatedParty',
    '@referredType': referredType,
  };
}

function renderItem(item: OutboundItem, reserves: boolean): CheckServiceQualificationItem {
  const { serviceOrder, children } = item;
  const relationships = children.map((id) => ({ id, relationshipType: 'HasChild' }));
  return {
    id: serviceOrder,
    ...(relationships.length === 0 ? {} : { qualificationItemRelationship: relationships }),
    service: renderService(item, reserves),
    '@type': 'CheckServiceQualificationItem',
  };
}

/** The state that is asked for says whether capacity is to be kept, or only looked at (TMF645 has no other word for it). */
function renderService(
  { inventory, specification, characteristics, place }: OutboundItem,
  reserves: boolean,
): ServiceRefOrValue {
  const { id, name, version, type } = specification;
  return {
    ...(inventory === undefined ? {} : { id: inventory }),
    name,
    serviceType: type,
    state: reserves ? 'reserved' : 'feasibilityChecked',
    ...(place === undefined ? {} : { place: [renderPlace(place)] }),
    serviceSpecification: { id, name, version, '@type': 'ServiceSpecificationRef' },
    serviceCharacteristic: characteristics.map(({ name: called, valueType, value }) => ({
      name: called,
      ...(valueType === undefined ? {} : { valueType }),
      value,
    })),
    '@type': 'Service',
  };
}

function renderPlace({ id, name, role, referredType }: Place): RelatedPlaceRefOrValue {
  return {
    ...(id === undefined ? {} : { id }),
    ...(name === undefined ? {} : { name }),
    role,
    ...(referredType === undefined ? {} : { '@referredType': referredType }),
  };
}

const finalStates: readonly (string | undefined)[] = ['done', 'terminatedWithError'];

/** @param check valid against CheckServiceQualification under `official-lenient`. An item without a result is still open. */
export function readCheck(check: CheckServiceQualification, results: ResultWords): ReadCheck {
  const reports: QualificationReport[] = [];
  for (const [index, item] of (check.serviceQualificationItem ?? []).entries()) {
    const pointer = pointerTo('/serviceQualificationItem', index);
    const { id, qualificationResult: word } = item;
    if (word === undefined || word === '') continue;
    if (id === undefined) {
      return {
        ok: false,
        pointer: `${pointer}/id`,
        reason: 'an item with a result has no id, so nobody knows whose it is',
      };
    }
    const result = Object.hasOwn(results, word) ? results[word] : undefined;
    if (result === undefined) {
      const known = Object.keys(results).join(', ');
      const reason = `the result ${shown(word)} is not known; known are ${known}, and others are named in results of the target`;
      return { ok: false, pointer: `${pointer}/qualificationResult`, reason };
    }
    reports.push({ serviceOrder: id, result, ...foundOf(item, check.expirationDate) });
  }
  const { id, externalId, state } = check;
  const failure = failureOf(check);
  return {
    ok: true,
    content: {
      ...(id === undefined ? {} : { externalId: id }),
      ...(externalId === undefined ? {} : { requestId: externalId }),
      reports,
      isFinal: finalStates.includes(state),
      ...(failure === undefined ? {} : { failure }),
    },
  };
}

function foundOf(
  item: CheckServiceQualificationItem,
  checkExpires: string | undefined,
): Omit<QualificationReport, 'serviceOrder' | 'result'> {
  const availableAt = instantOf(item.expectedServiceAvailabilityDate);
  const expiresAt = instantOf(item.expirationDate) ?? instantOf(checkExpires);
  return {
    reasons: (item.eligibilityUnavailabilityReason ?? []).flatMap(reasonOf),
    proposals: (item.alternateServiceProposal ?? []).map(proposalOf),
    ...(availableAt === undefined ? {} : { availableAt }),
    ...(expiresAt === undefined ? {} : { expiresAt }),
  };
}

/** A date that cannot be read says nothing. */
function instantOf(text: string | undefined): Instant | undefined {
  return text === undefined ? undefined : instantOfText(text);
}

export function reasonOf({ code, label }: ServiceEligibilityUnavailabilityReason): UnavailabilityReason[] {
  const said = label ?? code;
  return said === undefined ? [] : [{ ...(code === undefined ? {} : { code }), label: said }];
}

export function proposalOf({
  alternateService,
  alternateServiceAvailabilityDate,
}: Pick<AlternateServiceProposal, 'alternateService' | 'alternateServiceAvailabilityDate'>): ReportedProposal {
  const specification = alternateService?.serviceSpecification?.id;
  const availableAt = instantOf(alternateServiceAvailabilityDate);
  return {
    ...(specification === undefined ? {} : { specification }),
    characteristics: characteristicsOf(alternateService?.serviceCharacteristic),
    ...(availableAt === undefined ? {} : { availableAt }),
  };
}

/** What it says of the errors that it ended in. */
function failureOf({ state, serviceQualificationItem = [] }: CheckServiceQualification): string | undefined {
  const said = serviceQualificationItem.flatMap(({ terminationError = [] }) =>
    terminationError.flatMap(({ id, value }) => value ?? id ?? []),
  );
  if (said.length > 0) return [...new Set(said)].join('; ');
  return state === 'terminatedWithError' ? 'it ended in an error, and does not say why' : undefined;
}

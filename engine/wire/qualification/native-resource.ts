/** The native interface of order qualification: an order that asks, as it is shown. */
import type {
  AlternateServiceProposal,
  CheckServiceQualification,
  Error as NativeError,
  Place as NativePlace,
  RelatedParty,
  ServiceQualificationItem,
  ServiceQualificationItemShown,
  ServiceShown,
} from '../../../contracts/schemas/servicenow-qualification.generated.ts';
import { inOnePiece, textOfInstant } from '../../../contracts/schemas/text.ts';
import type { ErrorAnswer } from '../../../contracts/schemas/tmf-error.ts';
import type { CustomerOrder, OrderLine } from '../../model/order.ts';
import type { AlternateProposal } from '../../model/qualification/result.ts';
import type { Party, Place } from '../../model/words.ts';
import { typeOf } from '../captured-orders.ts';
import { nativeQualificationBase } from './native-check.ts';
import { Findings } from './question-task.ts';

/**
 * With the states of order management, not those of a task; items under the ids that the requester gave them.
 * @param publicUrl where the API is reached from outside, without a slash at the end.
 */
export function renderNativeCheck(order: CustomerOrder, publicUrl: string): CheckServiceQualification {
  const { id, kept, externalId, description, state, orderedAt, parties, qualificationResult = 'none' } = order;
  const findings = new Findings(order);
  return {
    ...kept,
    id,
    href: inOnePiece(publicUrl, nativeQualificationBase, '/checkServiceQualification/', id),
    ...(externalId === undefined ? {} : { externalId }),
    ...(description === undefined ? {} : { description }),
    qualificationResult,
    state,
    checkServiceQualificationDate: givenDate(kept) ?? textOfInstant(orderedAt),
    relatedParty: parties.map(renderParty),
    serviceQualificationItem: order.lines.map((line) => renderItem(line, findings)),
    '@type': typeOf(kept, 'CheckServiceQualification'),
  };
}

function givenDate({ checkServiceQualificationDate: date }: CustomerOrder['kept']): string | undefined {
  return typeof date === 'string' ? date : undefined;
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

function renderItem(line: OrderLine, findings: Findings): ServiceQualificationItemShown {
  const { reasons, proposals } = findings.about(line);
  // An item is kept as it came, so it is as it was valid.
  const { quantity: _quantity, service, ...item } = line.kept as unknown as Partial<ServiceQualificationItem>;
  return {
    ...item,
    id: line.externalId,
    quantity: String(line.quantity),
    qualificationResult: line.qualificationResult ?? 'none',
    state: line.state,
    service: renderService(line, service),
    ...(reasons.length === 0 ? {} : { eligibilityUnavailabilityReason: reasons.map((reason) => ({ ...reason })) }),
    ...(proposals.length === 0 ? {} : { alternateServiceProposal: proposals.map(renderProposal) }),
    '@type': 'ServiceQualificationItem',
  };
}

/** As it stands now: an accepted proposal has changed what was asked. */
function renderService(line: OrderLine, given: ServiceQualificationItem['service'] | undefined): ServiceShown {
  const { place: _place, serviceSpecification: asked, ...service } = given ?? {};
  const place = line.place === undefined ? undefined : renderPlace(line.place);
  return {
    ...service,
    ...(place === undefined ? {} : { place }),
    serviceSpecification: { ...(asked?.id === line.specification ? asked : {}), id: line.specification },
    serviceCharacteristic: line.characteristics.map((characteristic) => ({ ...characteristic })),
    '@type': 'Service',
  };
}

/** Places are known by their id here; one that has none is not shown. */
function renderPlace({ id, name, role, referredType }: Place): NativePlace | undefined {
  if (id === undefined) return undefined;
  return { id, ...(name === undefined ? {} : { name }), role, '@referredType': referredType ?? 'GeographicSite' };
}

function renderProposal(proposal: AlternateProposal): AlternateServiceProposal {
  const { number, specification, characteristics, availableAt } = proposal;
  return {
    id: number,
    ...(availableAt === undefined ? {} : { alternateServiceAvailabilityDate: textOfInstant(availableAt) }),
    alternateService: {
      serviceSpecification: { id: specification, '@type': 'ServiceSpecification' },
      serviceCharacteristic: characteristics.map((characteristic) => ({ ...characteristic })),
      '@type': 'Service',
    },
    '@type': 'AlternateServiceProposal',
  };
}

/** The error body of this interface: its code is a number. */
export function nativeError({ status, body }: ErrorAnswer): { readonly status: number; readonly body: NativeError } {
  const { code, reason, message, details } = body;
  return {
    status,
    body: {
      code: Number(code),
      reason,
      ...(message === undefined ? {} : { message }),
      ...(Array.isArray(details) ? { details } : {}),
    },
  };
}

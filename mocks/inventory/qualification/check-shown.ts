/** A check as TMF645 and the processResult callback show it. */
import type { ProcessResultItem } from '../../../contracts/schemas/servicenow-qualification.generated.ts';
import { textOfInstant } from '../../../contracts/schemas/text.ts';
import type {
  AlternateServiceProposal,
  CheckServiceQualification,
  CheckServiceQualification_Create,
  CheckServiceQualificationItem,
  ServiceRefOrValue,
} from '../../../contracts/schemas/tmf645-v4.0.generated.ts';
import type { Reservation } from '../stock/reservation.ts';
import type { Told } from '../telling.ts';
import type { Behaviour } from './behaviour.ts';
import type { Proposal, Qualified } from './qualify.ts';
import { rolledUp } from './qualify.ts';

export interface Check {
  readonly id: string;
  readonly request: CheckServiceQualification_Create;
  readonly behaviour: Behaviour;
  readonly askedAt: number;
  /** In the order of the items; absent while there is no result. */
  readonly answers?: readonly Qualified[];
  readonly answeredAt?: number;
  /** When the next thing will be said of it. */
  readonly expectedAt?: number;
  /** The place of the step that comes next. */
  readonly next?: number;
  /** What was told last. */
  readonly told?: Told;
}

/** What the resource shows that is not in the check itself. */
export interface Surroundings {
  readonly href: string;
  readonly reservations: readonly Reservation[];
  nameOf(specification: string): string;
  /** Where a service of this inventory is found, by its id. */
  hrefOf(service: string): string;
}

export function checkShown(check: Check, around: Surroundings): CheckServiceQualification {
  const { id, request, answers, askedAt, answeredAt, expectedAt } = check;
  const { reservations } = around;
  const ending =
    reservations.find(({ state }) => state === 'held') ?? reservations.find(({ state }) => state === 'expired');
  return {
    ...request,
    id,
    href: around.href,
    checkServiceQualificationDate: textOfInstant(askedAt),
    state: answers === undefined ? 'inProgress' : 'done',
    ...(answers === undefined ? {} : { qualificationResult: rolledUp(answers.map(({ result }) => result)) }),
    ...(answeredAt === undefined ? {} : { effectiveQualificationDate: textOfInstant(answeredAt) }),
    ...(answers !== undefined || expectedAt === undefined ? {} : { estimatedResponseDate: textOfInstant(expectedAt) }),
    ...(ending === undefined ? {} : { expirationDate: textOfInstant(ending.expiresAt) }),
    serviceQualificationItem: request.serviceQualificationItem.map((item, index) => {
      const answer = answers?.[index];
      if (answer === undefined) return { ...item, state: 'inProgress' };
      const reservation = reservations.findLast((each) => each.item === answer.id);
      return { ...item, ...itemAnswered(check, item, answer, reservation, around) };
    }),
  };
}

function itemAnswered(
  check: Check,
  item: CheckServiceQualificationItem,
  answer: Qualified,
  reservation: Reservation | undefined,
  around: Surroundings,
): CheckServiceQualificationItem {
  const { result, reasons, proposals } = answer;
  // What has expired says when: without that date, the same result would hold again, and for good.
  const ends = reservation?.state === 'held' || reservation?.state === 'expired';
  return {
    state: 'done',
    qualificationResult: result,
    service: serviceShown(item.service ?? {}, reservation, around),
    ...(ends ? { expirationDate: textOfInstant(reservation.expiresAt) } : {}),
    ...(reasons.length === 0 ? {} : { eligibilityUnavailabilityReason: reasons.map((reason) => ({ ...reason })) }),
    ...(proposals.length === 0 ? {} : { alternateServiceProposal: proposalsShown(check, item, proposals, around) }),
  };
}

/** Reserved as long as it is; once the reservation is used, the service that has used it. */
function serviceShown(
  asked: ServiceRefOrValue,
  reservation: Reservation | undefined,
  { hrefOf }: Surroundings,
): ServiceRefOrValue {
  if (reservation?.state === 'held') return { ...asked, state: 'reserved' };
  if (reservation?.state !== 'used' || reservation.service === undefined) {
    return { ...asked, state: 'feasibilityChecked' };
  }
  const { state: _, ...service } = asked;
  return { ...service, id: reservation.service, href: hrefOf(reservation.service) };
}

function proposalsShown(
  check: Check,
  { service }: CheckServiceQualificationItem,
  proposals: readonly Proposal[],
  { nameOf }: Pick<Surroundings, 'nameOf'>,
): AlternateServiceProposal[] {
  return proposals.map(({ specification, at, characteristics }, index) => ({
    id: String(index + 1),
    alternateServiceAvailabilityDate: textOfInstant(at ?? check.answeredAt ?? check.askedAt),
    alternateService: {
      serviceSpecification: { id: specification, name: nameOf(specification) },
      serviceCharacteristic:
        characteristics === undefined
          ? (service?.serviceCharacteristic ?? [])
          : Object.entries(characteristics).map(([name, value]) => ({ name, value })),
      ...(service?.place === undefined ? {} : { place: service.place }),
    },
  }));
}

/** The items of a check as the processResult callback tells them. */
export function itemsCalledBack(check: Check, around: Pick<Surroundings, 'nameOf'>): ProcessResultItem[] {
  const { request, answers } = check;
  return request.serviceQualificationItem.map((item, index): ProcessResultItem => {
    const answer = answers?.[index];
    const known = { id: item.id ?? '', '@type': 'ServiceQualificationItem' };
    if (answer === undefined) return { ...known, qualificationResult: 'pending' };
    const { result, reasons, proposals } = answer;
    return {
      ...known,
      qualificationResult: result,
      ...(reasons.length === 0 ? {} : { eligibilityUnavailabilityReason: reasons.map((reason) => ({ ...reason })) }),
      ...(proposals.length === 0
        ? {}
        : { alternateServiceProposal: proposalsCalledBack(check, item, proposals, around) }),
    };
  });
}

function proposalsCalledBack(
  check: Check,
  item: CheckServiceQualificationItem,
  proposals: readonly Proposal[],
  around: Pick<Surroundings, 'nameOf'>,
): NonNullable<ProcessResultItem['alternateServiceProposal']> {
  return proposalsShown(check, item, proposals, around).map(({ alternateService = {}, ...proposal }) => {
    const { serviceSpecification, serviceCharacteristic } = alternateService;
    return {
      ...proposal,
      '@type': 'AlternateServiceProposal',
      alternateService: {
        '@type': 'Service',
        ...(serviceSpecification === undefined ? {} : { serviceSpecification }),
        ...(serviceCharacteristic === undefined ? {} : { serviceCharacteristic }),
      },
    };
  });
}

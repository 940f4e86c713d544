/** TMF645 v4.0, northbound: which services can be had at a place, asked without an order, and what was found. */
import { inOnePiece, textOfInstant } from '../../../contracts/schemas/text.ts';
import type {
  QueryServiceQualification,
  QueryServiceQualification_Create,
  ServiceQualificationItem,
  TaskStateType,
} from '../../../contracts/schemas/tmf645-v4.0.generated.ts';
import type { Catalogue } from '../../model/catalogue.ts';
import type { CustomerOrder, OrderLine } from '../../model/order.ts';
import type { AlternateProposal } from '../../model/qualification/result.ts';
import { characteristicsOf, keptOf, placeOf, typeOf } from '../captured-orders.ts';
import { candidatesIn } from './candidates.ts';
import { type Finding, Findings, taskStateOf } from './question-task.ts';
import { headerOf, type ReadQuestion } from './tmf645-v4-check.ts';
import { serviceQualificationBase } from './tmf645-v4-south.ts';

/** What whoever answers says of a query. */
export const answeredOfQuery = [
  'id',
  'href',
  'effectiveQualificationDate',
  'estimatedResponseDate',
  'expirationDate',
  'queryServiceQualificationDate',
  'serviceQualificationItem',
  'state',
];

/**
 * One line for each service that the criteria let through, asked as if by a check; none, where they let nothing through.
 * @param body valid against QueryServiceQualification_Create under `official-lenient`.
 */
export function readQueryQuestion(body: QueryServiceQualification_Create, catalogue: Catalogue): ReadQuestion {
  const { service, category } = body.searchCriteria;
  const wanted = {
    specification: service?.serviceSpecification?.id,
    category: category?.id ?? service?.category,
  };
  return {
    ok: true,
    captured: {
      type: 'CaptureOrder',
      category: 'Service',
      fulfillmentType: 'Qualify',
      ...headerOf(body),
      lines: candidatesIn(catalogue, wanted).map(({ id }) => ({
        externalId: id,
        after: [],
        action: 'add',
        quantity: 1,
        specification: id,
        characteristics: characteristicsOf(service?.serviceCharacteristic),
        ...placeOf(service?.place),
        kept: {},
        pointer: '/searchCriteria',
      })),
      kept: keptOf(body, answeredOfQuery),
    },
  };
}

/** @param publicUrl where the API is reached from outside, without a slash at the end. */
export function renderQuery(order: CustomerOrder, publicUrl: string): QueryServiceQualification {
  const findings = new Findings(order);
  const found = order.lines.flatMap((line) => {
    const finding = findings.of(line);
    return finding === undefined ? [] : [{ line, finding }];
  });
  const state = taskStateOf(order);
  const expiries = found.flatMap(({ finding }) => finding.expiresAt ?? []);
  return {
    ...order.kept,
    id: order.id,
    href: inOnePiece(publicUrl, serviceQualificationBase, '/queryServiceQualification/', order.id),
    queryServiceQualificationDate: textOfInstant(order.orderedAt),
    ...(expiries.length === 0 ? {} : { expirationDate: textOfInstant(Math.min(...expiries)) }),
    state: state as TaskStateType, // the published enum says accepted where the diagram says acknowledged
    ...(state === 'done' || state === 'terminatedWithError' ? { serviceQualificationItem: itemsOf(order, found) } : {}),
    '@type': typeOf(order.kept, 'QueryServiceQualification'),
  };
}

interface FoundLine {
  readonly line: OrderLine;
  readonly finding: Finding;
}

/** What can be had, and what could be had instead of the rest. */
function itemsOf(order: CustomerOrder, found: readonly FoundLine[]): ServiceQualificationItem[] {
  const qualified = found.filter(({ finding }) => finding.answer === 'qualified');
  const isThere = new Set(qualified.map(({ line }) => line.specification));
  const proposed = found.flatMap(({ finding }) =>
    finding.answer === 'alternate' ? finding.proposals.filter(({ specification }) => !isThere.has(specification)) : [],
  );
  return [
    ...qualified.map(({ line, finding }) => qualifiedItem(order, line, finding)),
    ...proposed.map((proposal) => proposedItem(order, proposal)),
  ];
}

function qualifiedItem(order: CustomerOrder, line: OrderLine, finding: Finding): ServiceQualificationItem {
  const { availableAt, expiresAt } = finding;
  return {
    id: line.externalId,
    ...(availableAt === undefined ? {} : { expectedServiceAvailabilityDate: textOfInstant(availableAt) }),
    ...(expiresAt === undefined ? {} : { expirationDate: textOfInstant(expiresAt) }),
    service: serviceOf(order, line.specification, line.characteristics),
    '@type': 'ServiceQualificationItem',
  };
}

function proposedItem(
  order: CustomerOrder,
  { number, specification, characteristics, availableAt }: AlternateProposal,
): ServiceQualificationItem {
  return {
    id: number,
    ...(availableAt === undefined ? {} : { expectedServiceAvailabilityDate: textOfInstant(availableAt) }),
    service: serviceOf(order, specification, characteristics),
    '@type': 'ServiceQualificationItem',
  };
}

/** At the place that was asked about. */
function serviceOf(
  { kept }: CustomerOrder,
  specification: string,
  characteristics: OrderLine['characteristics'],
): NonNullable<ServiceQualificationItem['service']> {
  const { searchCriteria } = kept as unknown as QueryServiceQualification_Create; // as it came, and was valid
  const place = searchCriteria.service?.place;
  return {
    serviceSpecification: { id: specification },
    ...(characteristics.length === 0
      ? {}
      : { serviceCharacteristic: characteristics.map((characteristic) => ({ ...characteristic })) }),
    ...(place === undefined ? {} : { place }),
    '@type': 'Service',
  };
}

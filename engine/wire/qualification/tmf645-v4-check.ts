/** TMF645 v4.0, northbound: whether certain services can be had, asked without an order, and what was found. */
import { inOnePiece, textOfInstant } from '../../../contracts/schemas/text.ts';
import type {
  AlternateServiceProposal,
  CheckServiceQualification,
  CheckServiceQualification_Create,
  CheckServiceQualificationItem,
  TaskStateType,
} from '../../../contracts/schemas/tmf645-v4.0.generated.ts';
import type { Catalogue } from '../../model/catalogue.ts';
import type { CapturedLine, CaptureOrder } from '../../model/inputs.ts';
import type { CustomerOrder, OrderLine } from '../../model/order.ts';
import type { AlternateProposal } from '../../model/qualification/result.ts';
import { type Refusal, refusal } from '../../model/refusals.ts';
import {
  characteristicsOf,
  type ItemInTree,
  type ItemShape,
  itemsInTree,
  keptOf,
  linePlace,
  partiesOf,
  placeOf,
  typeOf,
} from '../captured-orders.ts';
import { candidatesIn } from './candidates.ts';
import { type Answer, type Finding, Findings, taskStateOf } from './question-task.ts';
import { serviceQualificationBase } from './tmf645-v4-south.ts';

/** A question as it is captured, or why it cannot be asked. */
export type ReadQuestion =
  | { readonly ok: true; readonly captured: Omit<CaptureOrder, 'at' | 'orderId'> }
  | { readonly ok: false; readonly refusal: Refusal };

/** What whoever answers says of a check. */
export const answeredOfCheck = [
  'id',
  'href',
  'checkServiceQualificationDate',
  'effectiveQualificationDate',
  'estimatedResponseDate',
  'expirationDate',
  'qualificationResult',
  'state',
];

const answeredOfItem = [
  'alternateServiceProposal',
  'eligibilityUnavailabilityReason',
  'expectedServiceAvailabilityDate',
  'expirationDate',
  'qualificationResult',
  'state',
  'terminationError',
];

type NamedItem = CheckServiceQualificationItem & { readonly id: string };

const shape: ItemShape<NamedItem> = {
  listName: 'serviceQualificationItem',
  nestedIn: () => [],
  relationsOf: ({ qualificationItemRelationship = [] }) =>
    qualificationItemRelationship.flatMap(({ relationshipType, id }) =>
      relationshipType === undefined || id === undefined ? [] : [{ type: relationshipType, id }],
    ),
};

/** @param body valid against CheckServiceQualification_Create under `official-lenient`. */
export function readCheckQuestion(body: CheckServiceQualification_Create, catalogue: Catalogue): ReadQuestion {
  const lines: CapturedLine[] = [];
  for (const entry of itemsInTree(withIds(body.serviceQualificationItem), shape)) {
    const named = specificationOf(entry, catalogue);
    if (!named.ok) return named;
    lines.push(lineOf(entry, named.specification));
  }
  return {
    ok: true,
    captured: {
      type: 'CaptureOrder',
      category: 'Service',
      fulfillmentType: 'Qualify',
      ...headerOf(body),
      lines,
      kept: keptOf(body, [...answeredOfCheck, 'serviceQualificationItem']),
    },
  };
}

/** What a question says beside what it asks. */
export function headerOf(said: {
  readonly externalId?: string;
  readonly description?: string;
  readonly relatedParty?: CheckServiceQualification_Create['relatedParty'];
}): Pick<CaptureOrder, 'externalId' | 'description' | 'parties'> {
  const { externalId, description, relatedParty } = said;
  return {
    ...(externalId === undefined ? {} : { externalId }),
    ...(description === undefined ? {} : { description }),
    parties: partiesOf(relatedParty),
  };
}

/** The answer names each item, so one without an id gets its place in the list, counted from 1. */
function withIds(items: readonly CheckServiceQualificationItem[]): NamedItem[] {
  const given = new Set(items.flatMap(({ id }) => id ?? []));
  return items.map((item, index) => {
    let id = item.id ?? String(index + 1);
    while (item.id === undefined && given.has(id)) id = `${id}'`;
    return { ...item, id };
  });
}

type Named =
  | { readonly ok: true; readonly specification: string | undefined }
  | { readonly ok: false; readonly refusal: Refusal };

/** An item may say no more than a category, as long as there is but one service in it. */
function specificationOf({ item, pointer }: ItemInTree<NamedItem>, catalogue: Catalogue): Named {
  const { id, service, category } = item;
  const specification = service?.serviceSpecification?.id;
  if (specification !== undefined || service?.id !== undefined) return { ok: true, specification };
  const named = category?.id ?? service?.category;
  if (named === undefined) {
    return { ok: false, refusal: refusal('questionNamesNothing', { item: id }, `${pointer}/service`) };
  }
  const [only, ...others] = candidatesIn(catalogue, { category: named });
  if (only !== undefined && others.length === 0) return { ok: true, specification: only.id };
  const known = [only, ...others].flatMap((each) => each?.id ?? []).join(', ') || 'none';
  const at = `${pointer}${category === undefined ? '/service/category' : '/category'}`;
  return { ok: false, refusal: refusal('questionCategoryUnclear', { item: id, category: named, known }, at) };
}

function lineOf(entry: ItemInTree<NamedItem>, specification: string | undefined): CapturedLine {
  const { service } = entry.item;
  return {
    ...linePlace(entry),
    action: service?.id === undefined ? 'add' : 'change',
    quantity: 1,
    ...(specification === undefined ? {} : { specification }),
    ...(service?.id === undefined ? {} : { inventory: service.id }),
    characteristics: characteristicsOf(service?.serviceCharacteristic),
    ...placeOf(service?.place),
    kept: keptOf(entry.item, answeredOfItem),
  };
}

/** @param publicUrl where the API is reached from outside, without a slash at the end. */
export function renderCheck(order: CustomerOrder, publicUrl: string): CheckServiceQualification {
  const findings = new Findings(order);
  const { provideAlternative, provideUnavailabilityReason } = order.kept;
  const shows = { proposals: provideAlternative === true, reasons: provideUnavailabilityReason === true };
  const found = order.lines.map((line) => ({ line, finding: findings.of(line) }));
  const items = found.map(({ line, finding }) => renderItem(line, { finding, findings, shows }));
  const state = taskStateOf(order);
  const expiries = found.flatMap(({ finding }) => finding?.expiresAt ?? []);
  const tops = order.lines.flatMap(({ parent }, index) => (parent === undefined ? [items[index]] : []));
  return {
    ...order.kept,
    id: order.id,
    href: inOnePiece(publicUrl, serviceQualificationBase, '/checkServiceQualification/', order.id),
    checkServiceQualificationDate: textOfInstant(order.orderedAt),
    ...(expiries.length === 0 ? {} : { expirationDate: textOfInstant(Math.min(...expiries)) }),
    ...(state === 'done' ? { qualificationResult: inOne(tops.map((item) => item?.qualificationResult)) } : {}),
    state: state as TaskStateType, // the published enum says accepted where the diagram says acknowledged
    serviceQualificationItem: items,
    '@type': typeOf(order.kept, 'CheckServiceQualification'),
  };
}

/** Unqualified when one is, otherwise alternate when one is (TMF645, qualificationResult). */
function inOne(results: readonly (string | undefined)[]): Answer {
  if (results.includes('unqualified')) return 'unqualified';
  return results.includes('alternate') ? 'alternate' : 'qualified';
}

interface Shows {
  readonly proposals: boolean;
  readonly reasons: boolean;
}

interface Shown {
  readonly finding: Finding | undefined;
  readonly findings: Findings;
  readonly shows: Shows;
}

function renderItem(line: OrderLine, { finding, findings, shows }: Shown): CheckServiceQualificationItem {
  // An item is kept as it came, so it is as it was valid.
  const item = line.kept as unknown as CheckServiceQualificationItem;
  const state = findings.stateOf(line);
  return {
    ...item,
    id: line.externalId,
    state,
    ...(finding === undefined ? {} : renderFinding(line, finding, shows)),
    ...(state === 'terminatedWithError' ? { terminationError: [{ value: findings.whyNone(line) }] } : {}),
  };
}

/**
 * Alternate means that there is a proposal (TMF645, qualificationResult): to somebody who wants none, and where there is
 * none, it is not to be had.
 */
function renderFinding(line: OrderLine, finding: Finding, shows: Shows): Partial<CheckServiceQualificationItem> {
  const { answer, reasons, availableAt, expiresAt } = finding;
  const proposals = shows.proposals ? finding.proposals : [];
  return {
    qualificationResult: answer === 'alternate' && proposals.length === 0 ? 'unqualified' : answer,
    ...(proposals.length === 0
      ? {}
      : { alternateServiceProposal: proposals.map((proposal) => renderProposal(proposal, line)) }),
    ...(reasons.length === 0 || !shows.reasons
      ? {}
      : { eligibilityUnavailabilityReason: reasons.map((reason) => ({ ...reason })) }),
    ...(availableAt === undefined ? {} : { expectedServiceAvailabilityDate: textOfInstant(availableAt) }),
    ...(expiresAt === undefined ? {} : { expirationDate: textOfInstant(expiresAt) }),
  };
}

function renderProposal(proposal: AlternateProposal, line: OrderLine): AlternateServiceProposal {
  const { number, specification, characteristics, availableAt } = proposal;
  const { service } = line.kept as unknown as CheckServiceQualificationItem; // as in renderItem
  return {
    id: number,
    ...(availableAt === undefined ? {} : { alternateServiceAvailabilityDate: textOfInstant(availableAt) }),
    alternateService: {
      serviceSpecification: { id: specification },
      ...(characteristics.length === 0
        ? {}
        : { serviceCharacteristic: characteristics.map((characteristic) => ({ ...characteristic })) }),
      ...(service?.place === undefined ? {} : { place: service.place }),
      '@type': 'Service',
    },
  };
}

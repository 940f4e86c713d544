/** A requester places an order: it is checked against the catalogue and stands as New, or is refused and leaves nothing. */
import type { Specification } from '../model/catalogue.ts';
import { onCircle } from '../model/circle.ts';
import type { Facts } from '../model/facts.ts';
import type { CapturedLine, CaptureOrder } from '../model/inputs.ts';
import type { CustomerOrder, OrderLine } from '../model/order.ts';
import type { Outcome } from '../model/outcome.ts';
import { type Refusal, refusal } from '../model/refusals.ts';
import { decompose, mostDomainOrders } from './decompose.ts';
import { Draft } from './draft.ts';
import { disagreement, fieldOf, itemRefusal, otherSpecification, withSpecifications } from './inventory/lines.ts';
import { standsAsNew } from './life/standing.ts';
import { computedPriority } from './priority.ts';
import { questionOf } from './qualification/question.ts';

/**
 * The most units of one line, and the most levels of lines. Larger lets one request take the stack or the time of
 * thousands; smaller refuses bundles of bundles.
 */
export const captureLimits = { quantity: 10_000, levels: 100 } as const;

export function captureOrder(captured: CaptureOrder, facts: Facts): Outcome {
  const question = questionOf(captured, facts);
  if (!question.ok) return question;
  const { notes } = question;
  const input = withSpecifications(question.input, facts);
  const refused = captureRefusal(input, facts);
  if (refused !== undefined) return { ok: false, refusal: refused };

  const draft = capturedDraft(input, facts);
  for (const { line, text } of notes) {
    draft.note(text, draft.lines.all.find(({ externalId }) => externalId === line)?.id);
  }
  draft.note('Order captured');
  draft.effect({ type: 'NotifyListeners', to: draft.header.state });
  if (input.asDraft === undefined) standsAsNew(draft);
  return draft.finish();
}

function capturedDraft(input: CaptureOrder, facts: Facts): Draft {
  const draft = new Draft(emptyOrder(input), input.at, facts);
  draft.setHeader({ number: draft.number('ORD') });
  draft.born('order', input.orderId, draft.header.number, draft.header.state);
  const lineIds = new Map(input.lines.map((line) => [line.externalId, draft.id()]));
  for (const line of input.lines) addLine(draft, line, lineIds);
  return draft;
}

function emptyOrder(input: CaptureOrder): CustomerOrder {
  const { type: _type, at, orderId, lines: _lines, asDraft, ...header } = input;
  return {
    ...header,
    id: orderId,
    number: '',
    state: asDraft === true ? 'draft' : 'new',
    ...(input.fulfillmentType === 'Qualify' ? { qualificationResult: 'none' } : {}),
    version: 1,
    entries: 0,
    orderedAt: at,
    lines: [],
    domainOrders: [],
    outboundRequests: [],
    dispatches: [],
    qualificationRequests: [],
    tasks: [],
    fallouts: [],
    workNotes: [],
    idsGiven: 0,
  };
}

/** Adds it as new. @param lineIds by `externalId`, those of all lines. */
export function addLine(draft: Draft, captured: CapturedLine, lineIds: ReadonlyMap<string, string>): void {
  const { number, state } = {
    number: draft.number('ORDL'),
    state: draft.header.state === 'draft' ? 'draft' : 'new',
  } as const;
  const line: OrderLine = { ...lineOf(draft, captured, lineIds), number, state };
  draft.lines.put(line);
  draft.born('line', line.id, line.number, line.state);
}

/** What a line is as it is captured; what is questionable about it is noted. */
export function lineOf(
  draft: Draft,
  captured: CapturedLine,
  lineIds: ReadonlyMap<string, string>,
): Omit<OrderLine, 'number' | 'state'> {
  const { externalId, parent: parentExternalId, after, pointer: _pointer, ...others } = captured;
  const { referenceInventory: _reference, specificationAt: _at, ...rest } = others;
  const specification = specificationOf(captured, draft.facts);
  const id = lineIds.get(externalId);
  if (specification === undefined || id === undefined) throw new Error(`line ${externalId} was not checked`);
  const parent = parentExternalId === undefined ? undefined : lineIds.get(parentExternalId);
  for (const warning of characteristicWarnings(captured, specification)) {
    if (!draft.hasNote(warning, id)) draft.note(warning, id);
  }
  const line = {
    ...rest,
    id,
    externalId,
    ...(parent === undefined ? {} : { parent }),
    after: after.flatMap((other) => lineIds.get(other) ?? []),
    specification: specification.id,
  };
  const priority = captured.priority ?? computedPriority(draft.header, line, draft.facts);
  return priority === undefined ? line : { ...line, priority };
}

/** A questionable characteristic does not stop the order; it is noted, to be put right before approval. */
export function characteristicWarnings(
  line: Pick<CapturedLine, 'characteristics'>,
  specification: Pick<Specification, 'name' | 'characteristics'>,
): string[] {
  return line.characteristics.flatMap(({ name, value }) => {
    const known = specification.characteristics.find((characteristic) => characteristic.name === name);
    if (known === undefined) {
      return [
        `The following Order Item characteristics does not exist: ${name}. Review specification ${specification.name} and correct the characteristic and characteristic option in the order line item prior to approving the order.`,
      ];
    }
    const allowed = known.options.length === 0 || known.options.some((option) => option === value);
    return allowed
      ? []
      : [
          `Order Item characteristic: ${name} with characteristic value: ${JSON.stringify(value)} is invalid. Correct the characteristic values before approving the order.`,
        ];
  });
}

/** Whether this could be ordered: the first thing that is wrong with it. */
export function captureRefusal(input: CaptureOrder, facts: Facts): Refusal | undefined {
  const { lines } = input;
  return (
    repeatedId(lines) ??
    brokenParent(lines) ??
    brokenDependency(lines) ??
    firstLineRefusal(input, facts) ??
    disagreement(input, facts) ??
    tooLarge(input, facts)
  );
}

function repeatedId(lines: readonly CapturedLine[]): Refusal | undefined {
  const seen = new Set<string>();
  for (const { externalId, pointer } of lines) {
    if (seen.has(externalId)) return refusal('lineIdRepeated', { item: externalId }, `${pointer}/id`);
    seen.add(externalId);
  }
  return undefined;
}

function brokenParent(lines: readonly CapturedLine[]): Refusal | undefined {
  const lineOf = new Map(lines.map((line) => [line.externalId, line]));
  for (const { externalId: item, parent, pointer } of lines) {
    if (parent !== undefined && !lineOf.has(parent)) return refusal('lineParentUnknown', { item, parent }, pointer);
  }
  const item = onCircle(lineOf.keys(), (id) => parentsOf(lineOf.get(id)));
  if (item !== undefined) return refusal('lineParentCycle', { item }, lineOf.get(item)?.pointer);
  return lines.map((line) => tooDeep(line, lineOf)).find((refused) => refused !== undefined);
}

function tooDeep(line: CapturedLine, lineOf: ReadonlyMap<string, CapturedLine>): Refusal | undefined {
  let levels = 1;
  for (let at = line.parent; at !== undefined && levels <= captureLimits.levels; at = lineOf.get(at)?.parent)
    levels += 1;
  if (levels <= captureLimits.levels) return undefined;
  return refusal('lineTooDeep', { item: line.externalId, most: String(captureLimits.levels) }, line.pointer);
}

function parentsOf(line: CapturedLine | undefined): string[] {
  return line?.parent === undefined ? [] : [line.parent];
}

/**
 * A line starts after its parent has started and after the lines it depends on are done; it is done after it has started
 * and after its children are done. If that goes in a circle, it would wait for itself.
 */
function brokenDependency(lines: readonly CapturedLine[]): Refusal | undefined {
  const lineOf = new Map(lines.map((line) => [line.externalId, line]));
  for (const { externalId: item, after, pointer } of lines) {
    const other = after.find((id) => !lineOf.has(id));
    if (other !== undefined) return refusal('lineDependencyUnknown', { item, other }, pointer);
  }
  if (lines.every(({ after }) => after.length === 0)) return undefined;
  const childrenOf = Map.groupBy(lines, ({ parent }) => parent);
  const waitsFor = (moment: string): string[] => {
    const [kind, id] = [moment.slice(0, 5), moment.slice(5)];
    const line = lineOf.get(id);
    if (line === undefined) return [];
    if (kind === 'done ')
      return [`start${id}`, ...(childrenOf.get(id) ?? []).map((child) => `done ${child.externalId}`)];
    return [
      ...line.after.map((other) => `done ${other}`),
      ...(line.parent === undefined ? [] : [`start${line.parent}`]),
    ];
  };
  const item = onCircle(
    lines.map(({ externalId }) => `done ${externalId}`),
    waitsFor,
  )?.slice(5);
  return item === undefined ? undefined : refusal('lineDependencyCycle', { item }, lineOf.get(item)?.pointer);
}

function firstLineRefusal(input: CaptureOrder, facts: Facts): Refusal | undefined {
  for (const line of input.lines) {
    const refused = lineRefusal(line, input.category, facts);
    if (refused !== undefined) return refused;
  }
  return undefined;
}

function lineRefusal(line: CapturedLine, category: CaptureOrder['category'], facts: Facts): Refusal | undefined {
  const { externalId: item, offering, pointer, quantity } = line;
  const field = fieldOf(category);
  if (offering !== undefined && facts.catalogue.offerings[offering] === undefined) {
    const known = Object.keys(facts.catalogue.offerings).join(', ');
    return refusal('offeringUnknown', { offering, known }, `${pointer}/productOffering/id`);
  }
  const absent = itemRefusal(line, category, facts);
  if (absent !== undefined) return absent;
  if (offering === undefined && line.specification === undefined) return refusal('offeringMissing', { item }, pointer);
  const specification = specificationOf(line, facts);
  if (specification === undefined || specification.kind !== field) {
    const known = Object.values(facts.catalogue.specifications).filter(({ kind }) => kind === field);
    const values = {
      kind: category,
      specification: line.specification ?? '',
      known: known.map(({ id }) => id).join(', '),
    };
    const at = line.specificationAt ?? `/${field}/${field}Specification/id`;
    return refusal('specificationUnknown', values, `${pointer}${at}`);
  }
  if (!Number.isInteger(quantity) || quantity < 1 || quantity > captureLimits.quantity) {
    const values = { item, quantity: String(quantity), most: String(captureLimits.quantity) };
    return refusal('quantityOutOfRange', values, `${pointer}/quantity`);
  }
  return otherSpecification(line, category, specification.id, facts);
}

/** Tries the decomposition only where the catalogue does not rule out that it is too large. */
function tooLarge(input: CaptureOrder, facts: Facts): Refusal | undefined {
  const counts = input.lines.map((line) => line.quantity * (specificationOf(line, facts)?.mostDomainOrders ?? 1));
  // Of what is there, each has one at most, and another where it is moved.
  const known = 2 * Object.keys(facts.inventory).length;
  const atMost = counts.reduce((sum, each) => sum + each, known);
  if (atMost <= mostDomainOrders || decompose(capturedDraft(input, facts))) return undefined;
  return refusal('orderTooLarge', { most: String(mostDomainOrders) });
}

function specificationOf(line: CapturedLine, { catalogue }: Facts): Specification | undefined {
  const offering = line.offering === undefined ? undefined : catalogue.offerings[line.offering];
  const id = offering?.specification ?? line.specification;
  return id === undefined ? undefined : catalogue.specifications[id];
}

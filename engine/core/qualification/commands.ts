/** What an operator does with an order that asks: asks, takes a proposal, sets a result by hand, and decides. */
import type { DomainOrder, OrderLine } from '../../model/order.ts';
import type { QualificationCommand } from '../../model/qualification/inputs.ts';
import type { AlternateProposal, QualificationResult } from '../../model/qualification/result.ts';
import { type Refusal, refusal } from '../../model/refusals.ts';
import { mayDo, rolesFor } from '../../model/roles.ts';
import type { Characteristic } from '../../model/words.ts';
import { characteristicsOf, expandAgain, specificationOf } from '../decompose.ts';
import type { Draft } from '../draft.ts';
import { hierarchyOf, linesOf, topLineOf, topLines } from './hierarchy.ts';
import { qualifyLine, stopWatching, withdrawRequests } from './request.ts';
import { resultRefusal } from './response.ts';
import { rollUpResults } from './roll-up.ts';

/** A refusal, or nothing, and the draft has changed. */
export function commandQualification(draft: Draft, command: QualificationCommand): Refusal | undefined {
  if (!mayDo(command.type, command.roles)) {
    return refusal('roleMissing', { command: command.type, roles: rolesFor[command.type].join(', ') });
  }
  const { fulfillmentType, number: order, state } = draft.header;
  if (fulfillmentType !== 'Qualify') return refusal('orderAsksNothing', { order });
  if (state !== 'in_progress') return refusal('qualificationOver', { order, where: `it is ${state}` });
  switch (command.type) {
    case 'QualifyOrder':
      return withLines(draft, command.line, qualify);
    case 'DecideQualification':
      return withLines(draft, command.line, (lines) => decide(draft, lines, command));
    case 'AcceptProposal':
      return acceptProposal(draft, command.serviceOrder, command.proposal);
    case 'SetQualificationResult':
      return setResult(draft, command.about, command.result);
  }

  function qualify(lines: readonly OrderLine[]): undefined {
    for (const line of lines) qualifyLine(draft, line);
  }
}

/** Does it with that line at the top, or with each that is open. */
function withLines(
  draft: Draft,
  id: string | undefined,
  act: (lines: readonly OrderLine[]) => Refusal | undefined,
): Refusal | undefined {
  const { number: order } = draft.header;
  if (id === undefined) return act(topLines(draft).filter(({ state }) => state === 'in_progress'));
  const line = draft.lines.find(id);
  if (line === undefined || line.parent !== undefined) {
    const known = topLines(draft).map((each) => `${each.number} (${each.id})`);
    return refusal('topLineUnknown', { order, line: id, known: known.join(', ') });
  }
  return resultRefusal(draft, line) ?? act([line]);
}

/** An answer that can be decided on. */
const answers: readonly QualificationResult[] = ['qualified', 'alternate', 'unqualified'];

type Decision = Extract<QualificationCommand, { type: 'DecideQualification' }>;

function decide(draft: Draft, lines: readonly OrderLine[], { decision, note }: Decision): Refusal | undefined {
  const undecided = lines.find(({ qualificationResult = 'none' }) => !answers.includes(qualificationResult));
  if (decision === 'accept' && undecided !== undefined) {
    const { number: line, qualificationResult: result = 'none' } = undecided;
    return refusal('resultNotKnown', { line, result });
  }
  for (const line of lines) {
    const said = note === undefined ? '' : `: ${note}`;
    if (decision === 'accept') {
      for (const { id, state } of hierarchyOf(draft, line.id)) {
        draft.moveDomainOrder(
          draft.domainOrders.get(id),
          state === 'draft' ? ['qualify', 'start', 'close'] : ['close'],
        );
      }
      for (const request of draft.qualificationRequests.all) {
        if (request.line === line.id) stopWatching(draft, request.id);
      }
      draft.note(`Qualification accepted as ${line.qualificationResult}${said}`, line.id);
    } else {
      decline(draft, line);
      draft.note(`Qualification declined${said}`, line.id);
    }
  }
  endWhenDeclined(draft);
  return undefined;
}

const cancellation = ['requestCancellation', 'approveCancellation', 'cancellationDone'] as const;

function decline(draft: Draft, line: OrderLine): void {
  withdrawRequests(draft, line.id);
  for (const { id } of hierarchyOf(draft, line.id)) {
    draft.moveDomainOrder(draft.domainOrders.get(id), ['cancel', 'cancellationDone']);
  }
  for (const { id } of linesOf(draft, line.id)) {
    for (const event of cancellation) draft.moveLine(draft.lines.get(id), event);
  }
}

/** An order of which nothing is left is canceled. Where something was accepted, it is completed like every other. */
function endWhenDeclined(draft: Draft): void {
  if (draft.lines.all.some(({ state }) => state !== 'canceled')) return;
  for (const event of cancellation) draft.moveOrder(event);
}

function acceptProposal(draft: Draft, id: string, number: string): Refusal | undefined {
  const serviceOrder = draft.domainOrders.find(id);
  if (serviceOrder?.kind !== 'service') {
    return refusal('serviceOrderUnknown', { order: draft.header.number, serviceOrder: id });
  }
  const line = topLineOf(draft, serviceOrder.line);
  const over = resultRefusal(draft, line);
  if (over !== undefined) return over;
  const proposals = serviceOrder.qualification?.proposals ?? [];
  const proposal = proposals.find((each) => each.number === number);
  if (proposal === undefined) {
    const known = proposals.map((each) => each.number).join(', ') || 'none';
    return refusal('proposalUnknown', { proposal: number, serviceOrder: serviceOrder.number, known });
  }
  const { specifications } = draft.facts.catalogue;
  if (specifications[proposal.specification]?.kind !== 'service') {
    const known = Object.values(specifications).filter(({ kind }) => kind === 'service');
    const values = { kind: 'Service', specification: proposal.specification };
    return refusal('specificationUnknown', { ...values, known: known.map((each) => each.id).join(', ') });
  }
  withdrawRequests(draft, line.id);
  changeAsProposed(draft, serviceOrder, proposal);
  draft.note(`Proposal ${number} accepted: ${proposal.specification} instead of ${serviceOrder.specification}`, id);
  qualifyLine(draft, draft.lines.get(line.id));
  return undefined;
}

/** The order is as if the proposal had been asked for: what the service consists of too. */
function changeAsProposed(
  draft: Draft,
  serviceOrder: DomainOrder,
  { specification, characteristics }: AlternateProposal,
): void {
  const { id, line: lineId, parent } = serviceOrder;
  const given = [...characteristics, ...serviceOrder.characteristics];
  const values = characteristicsOf(specificationOf(draft.facts.catalogue, specification), given);
  const { qualification: _old, ...rest } = serviceOrder;
  draft.domainOrders.put({ ...rest, specification, characteristics: values });
  const above = parent === undefined ? undefined : draft.domainOrders.find(parent);
  if (above?.line !== lineId) {
    const line = draft.lines.get(lineId);
    draft.lines.put({ ...line, specification, characteristics: withValues(line.characteristics, characteristics) });
  }
  if (specification !== serviceOrder.specification) expandAgain(draft, id);
}

function withValues(before: readonly Characteristic[], given: readonly Characteristic[]): Characteristic[] {
  const names = new Set(given.map(({ name }) => name));
  return [...before.filter(({ name }) => !names.has(name)), ...given];
}

function setResult(draft: Draft, about: string, result: QualificationResult): Refusal | undefined {
  const serviceOrder = draft.domainOrders.find(about);
  const line = draft.lines.find(serviceOrder?.line ?? about);
  if (line === undefined) return refusal('qualificationItemUnknown', { item: about });
  const over = resultRefusal(draft, topLineOf(draft, line.id));
  if (over !== undefined) return over;
  const meant = serviceOrder === undefined ? hierarchyOf(draft, line.id) : [serviceOrder];
  for (const each of meant) {
    const { reasons = [], proposals = [] } = each.qualification ?? {};
    draft.domainOrders.put({ ...each, qualification: { result, reasons, proposals } });
    draft.note(`Qualification result set by hand: ${result}`, each.id);
  }
  rollUpResults(draft);
  return undefined;
}

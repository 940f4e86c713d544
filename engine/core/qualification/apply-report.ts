/** What an inventory system says of one service order becomes its result. */
import type { DomainOrder } from '../../model/order.ts';
import type { ReportQualification } from '../../model/qualification/inputs.ts';
import type {
  ProposedService,
  Qualification,
  QualificationReport,
  QualificationRequest,
} from '../../model/qualification/result.ts';
import type { Draft } from '../draft.ts';
import { setQualification } from './request.ts';

/** How it came: in the answer to the request, or later by itself. */
export type Via = 'answer' | ReportQualification['via'];

/** @param request the question that it answers; absent when nobody asked. */
export function applyReport(
  draft: Draft,
  report: QualificationReport,
  { request, via }: { readonly request: QualificationRequest | undefined; readonly via: Via },
): void {
  const serviceOrder = draft.domainOrders.get(report.serviceOrder);
  const before = serviceOrder.qualification;
  const { result, reasons, availableAt } = report;
  const { validForMs } = draft.facts.policies.qualification;
  const expiresAt =
    report.expiresAt ?? (validForMs === undefined || result === 'pending' ? undefined : draft.at + validForMs);
  if (result !== 'pending' && expiresAt !== undefined && expiresAt <= draft.at) {
    setQualification(draft, serviceOrder.id, { result: 'none' });
    draft.note(`Qualification result ${result} by ${via} has expired already`, serviceOrder.id);
    return;
  }
  // The same once more, as an event right after the answer is, changes nothing: proposals keep their numbers.
  if (before !== undefined && saysTheSame(before, report, serviceOrder)) return;
  // Proposals of an answer take the place of earlier ones; a word that more is to come leaves them.
  const proposals =
    result === 'pending'
      ? (before?.proposals ?? [])
      : proposedIn(report, serviceOrder).map((proposal) => ({ number: draft.number('AP'), ...proposal }));
  const qualification: Qualification = {
    result,
    reasons,
    proposals,
    ...(availableAt === undefined ? {} : { availableAt }),
    ...(expiresAt === undefined ? {} : { expiresAt }),
  };
  draft.domainOrders.put({ ...serviceOrder, qualification });
  const contradicts = isResult(before) && before.result !== result && request?.state === 'answered';
  const why = reasons.length === 0 ? '' : `: ${reasons.map(({ label }) => label).join(', ')}`;
  const instead = contradicts ? `, which contradicts ${before.result} before` : '';
  const proposed =
    proposals.length === 0 || result === 'pending'
      ? ''
      : `; proposed: ${proposals.map(({ specification, number }) => `${number} ${specification}`).join(', ')}`;
  draft.note(`Qualification result ${result} by ${via}${instead}${why}${proposed}`, serviceOrder.id);
}

function saysTheSame(before: Qualification, report: QualificationReport, serviceOrder: DomainOrder): boolean {
  const known = before.proposals.map(({ number: _number, ...proposal }) => proposal);
  const isPending = report.result === 'pending';
  return (
    before.result === report.result &&
    before.availableAt === report.availableAt &&
    (report.expiresAt === undefined || before.expiresAt === report.expiresAt) &&
    JSON.stringify(before.reasons) === JSON.stringify(report.reasons) &&
    (isPending || JSON.stringify(known) === JSON.stringify(proposedIn(report, serviceOrder)))
  );
}

/** One that names no specification is what was asked for, at another date. */
function proposedIn({ proposals }: QualificationReport, { specification: asked }: DomainOrder): ProposedService[] {
  return proposals.map(({ specification = asked, characteristics, availableAt }) => ({
    specification,
    characteristics,
    ...(availableAt === undefined ? {} : { availableAt }),
  }));
}

function isResult(qualification: Qualification | undefined): qualification is Qualification {
  return qualification !== undefined && qualification.result !== 'pending' && qualification.result !== 'none';
}

/** The adapter that answers by itself, so that orders can be qualified where no inventory system is at hand. */

import { sameJson } from '../../model/json.ts';
import type { DomainOrder } from '../../model/order.ts';
import type { MockFinding, MockResponse, RequestAdapter } from '../../model/policies.ts';
import type { QualificationReport } from '../../model/qualification/result.ts';
import { firstMismatch } from '../decision-table.ts';
import type { Draft } from '../draft.ts';
import { requestColumnsOf } from '../outbound/columns.ts';
import { reportExchange } from './response.ts';

/** The moment for its answer has come. */
export function answerByMock(draft: Draft, requestId: string): void {
  const request = draft.qualificationRequests.find(requestId);
  if (request?.state !== 'sent') return;
  const adapter = draft.facts.policies.adapters.find(({ name }) => name === request.target);
  const reports = request.serviceOrders.map((id) => reportOf(draft, draft.domainOrders.get(id), adapter));
  const outcome = { kind: 'answered', httpStatus: 200, reports, isFinal: true } as const;
  reportExchange(draft, { requestId, outcome });
}

function reportOf(draft: Draft, serviceOrder: DomainOrder, adapter: RequestAdapter | undefined): QualificationReport {
  const { result, reasons, proposals } = findingOf(draft, serviceOrder, adapter);
  return {
    serviceOrder: serviceOrder.id,
    result,
    reasons,
    proposals: proposals.map(({ specification, characteristics, availableAfterMs }) => ({
      specification: specification ?? serviceOrder.specification,
      characteristics,
      ...(availableAfterMs === undefined ? {} : { availableAt: draft.at + availableAfterMs }),
    })),
  };
}

/** An adapter that was taken away meanwhile finds that everything can be had, as the shipped one does. */
function findingOf(draft: Draft, serviceOrder: DomainOrder, adapter: RequestAdapter | undefined): MockFinding {
  if (adapter === undefined || !('mockResponse' in adapter)) return { result: 'qualified', reasons: [], proposals: [] };
  const { rules, otherwise }: MockResponse = adapter.mockResponse;
  const columns = requestColumnsOf(draft, serviceOrder);
  const givenFor = (name: string) => serviceOrder.characteristics.find((each) => each.name === name)?.value ?? null;
  const rule = rules.find(
    ({ when, characteristics }) =>
      firstMismatch(when, columns) === undefined &&
      Object.entries(characteristics).every(([name, value]) => sameJson(givenFor(name), value)),
  );
  return rule?.finding ?? otherwise;
}

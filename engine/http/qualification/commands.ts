/** What operators do with orders that ask: ask, take a proposal, set a result by hand, and decide. */
import type {
  ProposalAccepted,
  QualificationDecision,
  QualificationResultSet,
  Qualify,
} from '../../../contracts/schemas/southbound-api.generated.ts';
import { type HttpResponse, jsonResponse } from '../../../exchange/message.ts';
import type { RoutedRequest } from '../../../exchange/router.ts';
import type { QualificationCommandKind } from '../../model/qualification/inputs.ts';
import { renderOrderView } from '../../wire/order-view.ts';
import { errorOfRefusal } from '../../wire/tmf-error.ts';
import { errorResponse, type Route } from '../answers.ts';
import { type OperationParts, operationsBase, readBody } from '../operations.ts';
import { rolesOf } from '../roles.ts';

export function qualificationCommandRoutes(parts: OperationParts): Route[] {
  const order = `${operationsBase}/order/{id}`;
  const route = <Body>(path: string, type: string, command: Reader<Body>): Route => ({
    method: 'POST',
    path: `${order}${path}`,
    handle: (request) => perform(parts, request, type, command),
  });
  return [
    route<Qualify>('/qualify', 'Qualify', ({ line }) => ({ type: 'QualifyOrder', ...about(line) })),
    route<ProposalAccepted>(
      '/serviceOrder/{serviceOrder}/acceptProposal',
      'ProposalAccepted',
      ({ proposal }, { serviceOrder = '' }) => ({ type: 'AcceptProposal', serviceOrder, proposal }),
    ),
    route<QualificationResultSet>('/qualificationResult', 'QualificationResultSet', ({ about, result }) => ({
      type: 'SetQualificationResult',
      about,
      result,
    })),
    route<QualificationDecision>('/decideQualification', 'QualificationDecision', (body) => ({
      type: 'DecideQualification',
      ...about(body.line),
      decision: body.decision,
      ...(body.note === undefined ? {} : { note: body.note }),
    })),
  ];
}

function about(line: string | undefined): { line?: string } {
  return line === undefined ? {} : { line };
}

type Reader<Body> = (body: Body, params: RoutedRequest['params']) => QualificationCommandKind;

async function perform<Body>(
  { mailbox, nobodyMay }: OperationParts,
  request: RoutedRequest,
  type: string,
  command: Reader<Body>,
): Promise<HttpResponse> {
  // Nothing has to be said to ask about everything.
  const read = readBody<Body>(
    request.body === undefined ? { ...request, body: { text: '{}', json: {} } } : request,
    type,
  );
  if (!read.ok) return read.response;
  const { id = '' } = request.params;
  const roles = rolesOf(request, nobodyMay);
  const asked = { ...command(read.body, request.params), orderId: id };
  const result = await mailbox.submit(roles === undefined ? asked : { ...asked, roles });
  return result.ok ? jsonResponse(200, renderOrderView(result.order)) : errorResponse(errorOfRefusal(result.refusal));
}

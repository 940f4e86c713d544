/** What operators do with orders that ask: ask, take a proposal, set a result by hand, and decide. */
import type {
  ProposalAccepted,
  QualificationDecision,
  QualificationResultSet,
  Qualify,
} from '../../../contracts/schemas/southbound-api.generated.ts';
import type { Route } from '../answers.ts';
import type { OperationParts } from '../operations.ts';
import { commandRoute } from './commanding.ts';

export function qualificationCommandRoutes(parts: OperationParts): Route[] {
  return [
    commandRoute<Qualify>(parts, '/qualify', 'Qualify', ({ line }) => ({ type: 'QualifyOrder', ...about(line) })),
    commandRoute<ProposalAccepted>(
      parts,
      '/serviceOrder/{serviceOrder}/acceptProposal',
      'ProposalAccepted',
      ({ proposal }, { serviceOrder = '' }) => ({ type: 'AcceptProposal', serviceOrder, proposal }),
    ),
    commandRoute<QualificationResultSet>(
      parts,
      '/qualificationResult',
      'QualificationResultSet',
      ({ about, result }) => ({ type: 'SetQualificationResult', about, result }),
    ),
    commandRoute<QualificationDecision>(parts, '/decideQualification', 'QualificationDecision', (body) => ({
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

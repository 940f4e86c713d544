/** Why a verification showed nothing: the vendor was not reached, or let nobody in. */
import type { CapabilityStatement } from '../../contracts/records/capabilities.ts';
import type { Trace, TracedExchange } from '../../contracts/records/trace.ts';

/** @returns undefined when there is something to judge. */
export function whyHopeless({ exchanges }: Trace, statement: CapabilityStatement): string | undefined {
  const asked = exchanges.filter(({ from }) => from === 'verifier');
  const answered = asked.filter(({ outcome }) => 'status' in outcome);
  if (answered.length === 0)
    return `nobody answers there (${asked[0]?.outcome.kind ?? 'nothing was sent'}). Is it running, and is the address right?`;
  const creates = asked.filter(({ request, aim }) => request.method === 'POST' && aim?.experiment === 'minimal');
  const statuses = new Set(creates.map(statusOf));
  const isAnyTaken = asked.some(
    (each) => each.request.method === 'POST' && each.aim?.wrong === undefined && isTaken(each),
  );
  if (creates.length === 0 || isAnyTaken) return undefined;
  if (statuses.has(401) || statuses.has(403))
    return `an order was answered ${[...statuses].join(', ')}. Give credentials with --auth.`;
  if (statuses.has(404) || statuses.has(405) || statuses.has(501)) {
    return `POST /serviceOrder was answered ${[...statuses].join(', ')}. Give where the API starts, such as http://vendor.example/tmf-api/serviceOrdering/v4`;
  }
  if (statement.specifications !== undefined || [...statuses].some((status) => (status ?? 0) >= 500)) return undefined;
  return `an order was answered ${[...statuses].join(', ')}${saidIn(creates[0])}. Say with --capabilities what can be ordered: specifications: [{ id: ... }]`;
}

function isTaken(each: TracedExchange): boolean {
  return (statusOf(each) ?? 500) < 300 && each.request.path.endsWith('/serviceOrder');
}

function saidIn(create: TracedExchange | undefined): string {
  const text = create !== undefined && 'body' in create.outcome ? create.outcome.body?.text : undefined;
  return text === undefined ? '' : `: ${text.slice(0, 300)}`;
}

function statusOf({ outcome }: TracedExchange): number | undefined {
  return 'status' in outcome ? outcome.status : undefined;
}

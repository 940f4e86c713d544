/** Why a verification showed nothing: the vendor was not reached, is somewhere else, or let nobody in. */
import type { Trace, TracedExchange } from '../../contracts/records/trace.ts';
import type { Wanted } from './options.ts';

/** @returns undefined when there is something to judge. */
export function whyHopeless(
  { exchanges }: Trace,
  { target, statement, known }: Pick<Wanted, 'target' | 'statement' | 'known'>,
): string | undefined {
  const asked = exchanges.filter(({ from }) => from === 'verifier');
  if (asked.every((each) => statusOf(each) === undefined)) return whyUnanswered(asked[0], target);
  const creates = asked.filter(({ request, aim }) => request.method === 'POST' && aim?.experiment === 'minimal');
  const isAnyTaken = asked.some(
    (each) => each.request.method === 'POST' && each.aim?.wrong === undefined && isTaken(each),
  );
  const [create] = creates;
  if (create === undefined || isAnyTaken) return undefined;
  const status = statusOf(create) ?? 500;
  const answered = `an order was answered ${status}`;
  if (status === 401 || status === 403) {
    return known === undefined
      ? `${answered}. Give credentials with --auth, such as --auth bearer=NAME_OF_A_VARIABLE.`
      : `${answered}, with the credentials of --auth. Are they the right ones, and may they order?`;
  }
  if (status >= 300 && status < 400)
    return `${answered}, which leads to ${headerOf(create, 'location') ?? 'another place'}. Give the address where the API itself is.`;
  if (status === 404 || status === 405 || status === 501) {
    return `POST ${create.request.path} was answered ${status}. Give where the API starts, such as http://vendor.example/tmf-api/serviceOrdering/v4`;
  }
  if (statement.specifications !== undefined || status >= 500) return undefined;
  return `${answered}${saidIn(create)}. Say with --capabilities what can be ordered: specifications: [{ id: ... }]`;
}

function whyUnanswered(first: TracedExchange | undefined, target: string): string {
  const what = first === undefined ? 'nothing was sent' : (unanswered[first.outcome.kind] ?? first.outcome.kind);
  const certificate = target.startsWith('https:')
    ? ' If its certificate is signed by an authority of your own, name that in NODE_EXTRA_CA_CERTS.'
    : '';
  return `nobody answers there (${what}). Is it running, and is the address right?${certificate}`;
}

const unanswered: { readonly [kind: string]: string } = {
  refused: 'no connection',
  reset: 'the connection broke',
  timeout: 'no answer in time',
};

function isTaken(each: TracedExchange): boolean {
  return (statusOf(each) ?? 500) < 300 && each.request.path.endsWith('/serviceOrder');
}

function saidIn({ outcome }: TracedExchange): string {
  const text = 'body' in outcome ? outcome.body?.text : undefined;
  return text === undefined ? '' : `: ${text.slice(0, 300)}`;
}

function headerOf({ outcome }: TracedExchange, name: string): string | undefined {
  return 'headers' in outcome ? outcome.headers[name] : undefined;
}

function statusOf({ outcome }: TracedExchange): number | undefined {
  return 'status' in outcome ? outcome.status : undefined;
}

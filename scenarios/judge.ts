/** Holds every message on the wire against its contract, in both directions; one declared invalid must be caught. */
import { checkRequest, checkResponse, contractOf } from '../contracts/profile/contract.ts';
import type { ProfileName } from '../contracts/profile/profile.ts';
import type { ExchangeRecord } from '../contracts/records/exchange.ts';
import type { RunFinding } from '../contracts/records/run.ts';
import { type Finding, findingText } from '../contracts/schemas/finding.ts';
import type { Outcome } from '../exchange/client.ts';
import { type HttpRequest, pathAndQuery } from '../exchange/message.ts';
import { asksForToken } from '../exchange/redact.ts';

/** By it a message says that it breaks its contract on purpose. */
export const faultHeader = 'x-southbound-fault';

/**
 * Findings on one exchange; none when both messages are as they should be, or as they were declared to be.
 * @param real parties that are no part of this product, and are held to what anyone is.
 */
export function judgeExchange(
  record: ExchangeRecord,
  messages: { readonly request: HttpRequest; readonly outcome: Outcome },
  real: ReadonlySet<string> = nobody,
): RunFinding[] {
  const { request, outcome } = messages;
  // The contract of a token endpoint is RFC 6749; whoever asks for a token checks the answer, and what is wrong stays there.
  if (asksForToken(request)) return [];
  const { path, query } = pathAndQuery(request.url);
  const contract = contractOf(request.method, path);
  const asked =
    contract === undefined
      ? [unknownOperation(request.method, path)]
      : request.body?.json === undefined && request.body !== undefined
        ? [notJson(request.body.text)]
        : checkRequest(contract, requestProfile(record, real), request.body?.json);
  const findings = verdictOn(record, 'request', asked, request.headers[faultHeader]);
  if (outcome.kind === 'malformed') {
    const { body, headers } = outcome.response;
    return [...findings, ...verdictOn(record, 'answer', [notJson(body?.text ?? '')], headers[faultHeader])];
  }
  if (outcome.kind !== 'answered' || contract === undefined || query.fields !== undefined) return findings;
  const { status, body, headers } = outcome.response;
  const answered = checkResponse(contract, answerProfile(record, real), { status, body: body?.json });
  return [...findings, ...verdictOn(record, 'answer', answered, headers[faultHeader])];
}

const nobody: ReadonlySet<string> = new Set();

/** What is ours from end to end is held to everything; what passes on what others sent, to `conformance`. */
export function requestProfile({ from, to }: ExchangeRecord, real: ReadonlySet<string> = nobody): ProfileName {
  if (real.has(from)) return 'conformance';
  return isSystem(from) || (from === 'om' && isSystem(to)) ? 'own' : 'conformance';
}

export function answerProfile({ to }: ExchangeRecord, real: ReadonlySet<string> = nobody): ProfileName {
  return isSystem(to) && !real.has(to) ? 'own' : 'conformance';
}

/** What service orders go to; the CRM sends and gets what people captured, as they captured it. */
function isSystem(party: string): boolean {
  return party !== 'crm' && party !== 'om' && party !== 'elsewhere';
}

function verdictOn(
  record: ExchangeRecord,
  part: 'request' | 'answer',
  findings: readonly Finding[],
  declared: string | undefined,
): RunFinding[] {
  if (declared === undefined && findings.length === 0) return [];
  if (declared !== undefined && findings.length > 0) return [];
  const what = titleOf(record, part);
  if (declared !== undefined) {
    const message = `${what}: declared invalid (${declared}), and nothing is wrong with it`;
    return [{ check: 'contract', message, exchange: record.id }];
  }
  return findings.map((finding) => {
    const message = `${what}: ${findingText(finding)}`;
    return { check: 'contract', message, pointer: finding.pointer, exchange: record.id };
  });
}

function titleOf({ from, to, request, outcome }: ExchangeRecord, part: 'request' | 'answer'): string {
  const asked = `${request.method} ${request.path}`;
  if (part === 'request') return `${from} -> ${to} ${asked}`;
  return `${to} -> ${from}${'status' in outcome ? ` ${outcome.status}` : ''} to ${asked}`;
}

function unknownOperation(method: string, path: string): Finding {
  return { pointer: '', rule: 'known-operation', expected: 'an operation of some contract', got: `${method} ${path}` };
}

function notJson(text: string): Finding {
  return { pointer: '', rule: 'json', expected: 'JSON', got: JSON.stringify(text.slice(0, 80)) };
}

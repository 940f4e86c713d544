/** Messages to and from real systems as their contracts know them: at the published path, and without any excuse. */
import type { ExchangeRecord } from '../../contracts/records/exchange.ts';
import { type ApiName, publishedApis } from '../../contracts/schemas/documents.ts';
import type { Target } from '../../engine/index.ts';
import type { Outcome } from '../../exchange/client.ts';
import type { Headers, HttpRequest } from '../../exchange/message.ts';
import { faultHeader } from '../judge.ts';

interface Messages {
  readonly request: HttpRequest;
  readonly outcome: Outcome;
}

const apiOf: { readonly [dialect in NonNullable<Target['dialect']>]: ApiName } = {
  'tmf641-v4.1': 'TMF641',
  servicenow: 'ServiceNow',
  flowone: 'FlowOne',
  'tmf652-v4.0': 'TMF652',
  'tmf697-v4.0': 'TMF697',
  'tmf645-v4.0': 'TMF645',
};

/** The real system whose API a URL lies in; where one lies below another, the nearest. */
export function targetAt(url: string, targets: readonly Target[]): Target | undefined {
  const above = targets.filter(({ baseUrl }) => url === baseUrl || url.startsWith(`${baseUrl}/`));
  return above.toSorted((one, other) => other.baseUrl.length - one.baseUrl.length)[0];
}

/** A real system has its API where it likes, and cannot declare its own messages invalid and so be excused. */
export function asPublished({ from }: ExchangeRecord, messages: Messages, targets: readonly Target[]): Messages {
  const { request, outcome } = messages;
  if (targets.some(({ name }) => name === from)) {
    return { request: { ...request, url: withEventType(request), headers: withoutFault(request.headers) }, outcome };
  }
  const target = targetAt(request.url, targets);
  if (target === undefined) return messages;
  const { basePath } = publishedApis[apiOf[target.dialect ?? 'tmf641-v4.1']];
  const url = `http://${target.name}.test${basePath}${request.url.slice(target.baseUrl.length)}`;
  return { request: { ...request, url }, outcome: withoutExcuse(outcome) };
}

/** Specifications leave it open whether an event goes to the listener or to a place of its kind below it. */
function withEventType({ url, body }: HttpRequest): string {
  const { json } = body ?? {};
  if (!/\/listener\/?$/.test(url) || typeof json !== 'object' || json === null || !('eventType' in json)) return url;
  const type = String(json.eventType);
  return `${url.replace(/\/$/, '')}/${type.charAt(0).toLowerCase()}${type.slice(1)}`;
}

function withoutExcuse(outcome: Outcome): Outcome {
  if (outcome.kind !== 'answered' && outcome.kind !== 'malformed') return outcome;
  return { ...outcome, response: { ...outcome.response, headers: withoutFault(outcome.response.headers) } };
}

function withoutFault(headers: Headers): Headers {
  const { [faultHeader]: _excuse, ...others } = headers;
  return others;
}

/** An exchange as it is unfolded in a page: when, by whom, why, and every word of both sides as it came. */
import type { RecordedBody } from '../../../contracts/records/exchange.ts';
import type { TracedExchange } from '../../../contracts/records/trace.ts';
import type { VerificationRecord } from '../../../contracts/records/verification.ts';
import { escaped } from '../../markup.ts';
import { since, told } from '../evidence.ts';
import { jsonLines } from '../json-lines.ts';
import { durationText } from '../standing.ts';

/** More of a body is not read in a page; the whole is in the record. Less, and a plain order no longer fits. */
const mostCharacters = 8000;

/** @param pointer where in what the vendor said the breach is, to mark the place. */
export function exchangeMarkup(
  record: VerificationRecord,
  exchange: TracedExchange,
  id: string,
  pointer?: string,
): string {
  const { asked, answered, tone } = told(exchange, record.trace);
  const { from, request, outcome } = exchange;
  const [ofRequest, ofAnswer] = from === 'vendor' ? [pointer, undefined] : [undefined, pointer];
  const answer =
    'status' in outcome
      ? part(`Answer ${outcome.status}`, outcome.headers, outcome.body, ofAnswer)
      : `<figure class="empty"><figcaption>No answer</figcaption><pre>${answered}</pre></figure>`;
  const took = durationText(exchange.endedAt - exchange.sentAt);
  return `<details class="exchange ${from} ${tone}" id="${escaped(id)}">
<summary><span class="when">${since(record.startedAt, exchange.sentAt)}</span><span class="way">${from} <b>→</b> ${exchange.to}</span><code class="asked">${escaped(asked)}</code><span class="answered">${escaped(answered)}</span><span class="took">${took}</span></summary>
<p class="about">${aboutText(record, exchange)}</p>
<div class="pair">${part(`${request.method} ${request.path}`, request.headers, request.body, ofRequest)}${answer}</div>
</details>`;
}

/** When exactly, and what the verifier wanted to see. */
function aboutText({ startedAt }: VerificationRecord, { id, sentAt, endedAt, aim }: TracedExchange): string {
  const start = Date.parse(startedAt);
  const times = `${escaped(id)}: sent ${instant(sentAt, start)}, ended ${instant(endedAt, start)}`;
  if (aim === undefined) return times;
  const wrong = aim.wrong === undefined ? '' : `, wrong on purpose: <b>${escaped(aim.wrong)}</b>`;
  const credentials = aim.credentials === undefined ? '' : `, credentials: <b>${aim.credentials}</b>`;
  return `${times} · for ${escaped(aim.experiment)}: ${escaped(aim.step)}${wrong}${credentials}`;
}

/** An instant of a trace that was put together by hand need not be one. */
function instant(at: number, start: number): string {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? since(new Date(start).toISOString(), at) : date.toISOString();
}

function part(
  title: string,
  headers: { readonly [name: string]: string },
  body: RecordedBody | undefined,
  pointer: string | undefined,
): string {
  const lines = Object.entries(headers).map(([name, value]) => escaped(`${name}: ${value}`));
  const head = lines.length === 0 ? '' : `<span class="headers">${lines.join('\n')}</span>\n\n`;
  return `<figure${body === undefined ? ' class="empty"' : ''}><figcaption>${escaped(title)}</figcaption><pre>${head}${body === undefined ? '<i>no body</i>' : bodyMarkup(body.text, pointer)}</pre></figure>`;
}

/** Laid out when it is JSON, and as it came otherwise; `pointer` is marked. */
export function bodyMarkup(text: string, pointer?: string): string {
  const short = text.slice(0, mostCharacters);
  const cut = text.length - short.length;
  const lines = cut > 0 ? undefined : jsonLines(text);
  if (lines !== undefined)
    return lines
      .map((line) =>
        pointer !== undefined && samePlace(line.pointer, pointer)
          ? `<mark>${escaped(line.text)}</mark>`
          : escaped(line.text),
      )
      .join('\n');
  return `${escaped(short)}${cut > 0 ? `<i>… and ${cut} characters more</i>` : ''}`;
}

/** A place in a resource is the same in an answer, in a list of many, and in an event about it. */
function samePlace(one: string | undefined, other: string): boolean {
  const inResource = (pointer: string | undefined) => pointer?.replace(/^(?:\/event\/[^/]+|\/\*)(?=\/)/, '');
  return inResource(one) === inResource(other);
}

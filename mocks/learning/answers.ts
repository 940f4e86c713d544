/** The answer to a create as it was seen -> the answer of a script. */
import {
  answeredJson,
  isSaidObject,
  type SaidObject,
  saidObject,
  saidText,
  statusOf,
} from '../../contracts/records/said.ts';
import type { TracedExchange } from '../../contracts/records/trace.ts';
import { textOfDurationMs } from '../../contracts/schemas/text.ts';
import type { AnswerInFile, WrittenAnswer } from '../script/answer.ts';
import type { State } from '../script/lifecycle.ts';
import { stateIn } from './looks.ts';
import { isSuccess } from './reading.ts';

export type Answered =
  | { readonly kind: 'taken'; readonly id: string | undefined; readonly state: State; readonly written: WrittenAnswer }
  | { readonly kind: 'not taken'; readonly written: WrittenAnswer };

/** @param taken the order as it was seen elsewhere before it was asked for again: it was taken, whatever the answer says. */
export function answerIn(exchange: TracedExchange, taken: SaidObject | undefined): Answered {
  const { outcome } = exchange;
  const json = answeredJson(exchange);
  if (isSuccess(exchange) && outcome.kind === 'answered' && (isSaidObject(json) || outcome.body === undefined)) {
    return acceptance(exchange, saidObject(json), taken);
  }
  const lost = { reset: 'reset', timeout: 'silence', malformed: 'truncated' } as const;
  if (taken !== undefined && outcome.kind in lost) {
    const lose = lost[outcome.kind as keyof typeof lost]; // as just checked
    return { kind: 'taken', id: saidText(taken.id), state: 'acknowledged', written: { accept: 'acknowledged', lose } };
  }
  if (outcome.kind === 'timeout') return { kind: 'not taken', written: 'silence' };
  if (!('status' in outcome)) return { kind: 'not taken', written: 'reset' };
  if (outcome.status >= 400 && isSaidObject(json)) return { kind: 'not taken', written: refusalIn(exchange, json) };
  const { status, body, headers } = outcome;
  const [mediaType] = (headers['content-type'] ?? 'text/plain').split(';');
  const text = { text: body?.text ?? '', status, mediaType: mediaType ?? 'text/plain' };
  return { kind: 'not taken', written: text };
}

function acceptance(exchange: TracedExchange, order: SaidObject, taken: SaidObject | undefined): Answered {
  const status = statusOf(exchange) ?? 201;
  const isEmpty = Object.keys(order).length === 0;
  const state = stateIn(order) ?? 'acknowledged';
  const foreign = order.state !== undefined && stateIn(order) === undefined ? { set: { state: order.state } } : {};
  const without = (['id', 'state'] as const).filter((name) => !isEmpty && order[name] === undefined);
  const odd: AnswerInFile = {
    ...(status === 201 ? {} : { status }),
    ...(isEmpty ? { body: 'none' as const } : {}),
    ...foreign,
    ...(without.length === 0 ? {} : { without }),
  };
  const isPlain = Object.keys(odd).length === 0;
  const written = isPlain && state === 'acknowledged' ? ('accept' as const) : { accept: state, ...odd };
  return { kind: 'taken', id: saidText(order.id) ?? saidText(taken?.id), state, written };
}

function refusalIn({ outcome }: TracedExchange, error: SaidObject): AnswerInFile {
  const status = 'status' in outcome ? outcome.status : 500;
  const waited = 'status' in outcome ? outcome.headers['retry-after'] : undefined;
  const { code, reason, message } = error;
  const seconds = Number(waited ?? Number.NaN);
  return {
    refuse: status,
    ...(code === undefined ? {} : { code: String(code) }),
    ...(saidText(reason) === undefined ? {} : { reason: String(reason) }),
    ...(saidText(message) === undefined || message === reason ? {} : { message: String(message) }),
    ...(Number.isInteger(seconds) && seconds >= 0 ? { retryAfter: textOfDurationMs(1_000 * seconds) } : {}),
  };
}

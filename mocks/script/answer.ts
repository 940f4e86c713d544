/** What an order is answered with: as a script says it, and as the interpreter reads it. */

import { durationMsOfText } from '../../contracts/schemas/text.ts';
import { jsonMediaType } from '../../exchange/message.ts';
import type { State } from './lifecycle.ts';

export type ScriptedAnswer =
  | Acceptance
  | Refusal
  | { readonly kind: 'text'; readonly status: number; readonly text: string; readonly mediaType: string }
  | { readonly kind: 'silence' }
  | { readonly kind: 'reset' };

export interface Acceptance {
  readonly kind: 'accept';
  readonly state: State;
  /** Present when the answer is not the one its contract asks for. */
  readonly broken?: Broken;
  /** The order is taken, and whoever sent it never learns it. */
  readonly lose?: Loss;
  /** Attributes that the order does not bring are made up. */
  readonly generate?: true;
}

export interface Broken {
  readonly status: number;
  readonly empty: boolean;
  readonly set: { readonly [attribute: string]: unknown };
  readonly without: readonly string[];
}

export type Loss = 'reset' | 'silence' | 'halfway' | 'truncated';

export interface Refusal {
  readonly kind: 'refuse';
  readonly status: number;
  readonly code: string;
  readonly reason: string;
  readonly message?: string;
  readonly retryAfterMs?: number;
}

export interface AnswerInFile {
  readonly accept?: State;
  readonly set?: { readonly [attribute: string]: unknown };
  readonly without?: readonly string[];
  readonly body?: 'none';
  readonly lose?: Loss;
  readonly generate?: boolean;
  readonly refuse?: number;
  readonly code?: string;
  readonly reason?: string;
  readonly message?: string;
  readonly retryAfter?: string;
  readonly text?: string;
  readonly status?: number;
  readonly mediaType?: string;
}

export type WrittenAnswer = 'accept' | 'silence' | 'reset' | AnswerInFile;

export function answerOf(written: WrittenAnswer): ScriptedAnswer {
  if (written === 'accept') return { kind: 'accept', state: 'acknowledged' };
  if (typeof written === 'string') return { kind: written };
  const { accept, text, status, mediaType } = written;
  if (accept !== undefined) return acceptanceOf(accept, written);
  if (text !== undefined) return { kind: 'text', status: status ?? 201, text, mediaType: mediaType ?? jsonMediaType };
  return refusalOf(written);
}

function acceptanceOf(state: State, { status, set, without, body, lose, generate }: AnswerInFile): Acceptance {
  const breaks = status !== undefined || set !== undefined || without !== undefined || body !== undefined;
  const broken = { status: status ?? 201, empty: body === 'none', set: set ?? {}, without: without ?? [] };
  return {
    kind: 'accept',
    state,
    ...(breaks ? { broken } : {}),
    ...(lose === undefined ? {} : { lose }),
    ...(generate === true ? { generate } : {}),
  };
}

function refusalOf({ refuse, code, reason, message, retryAfter }: AnswerInFile): Refusal {
  return {
    kind: 'refuse',
    status: refuse ?? 500,
    code: code ?? '2',
    reason: reason ?? 'Refused by the script',
    ...(message === undefined ? {} : { message }),
    ...(retryAfter === undefined ? {} : { retryAfterMs: durationMsOfText(retryAfter) }),
  };
}

/** Who may call: the tokens that are taken, and the roles of whoever shows one. */
import type { Secret } from '../target.ts';

export interface AccessToken {
  /** Of whoever holds it, for people. */
  readonly name: string;
  /** The token itself, or only by what it is known: its SHA-256, in lower-case hex digits. */
  readonly token: Secret | { readonly sha256: string };
  /** As they were given, with or without their scope. */
  readonly roles: readonly string[];
  /** Epoch milliseconds of the first instant at which it is not taken any more; absent: it is always taken. */
  readonly expiresAt?: number;
}

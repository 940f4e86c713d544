/** Lets in whoever shows a token, and no further than the roles of the token go. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { textOfInstant } from '../../../contracts/schemas/text.ts';
import { type ErrorAnswer, errorAnswer } from '../../../contracts/schemas/tmf-error.ts';
import type { HttpResponse, ReceivedRequest } from '../../../exchange/message.ts';
import type { Routing } from '../../../exchange/router.ts';
import type { Instant } from '../../../kernel/kernel.ts';
import type { AccessToken } from '../../model/access/token.ts';
import { refusal } from '../../model/refusals.ts';
import { grantedOf, mayDo } from '../../model/roles.ts';
import { Secret } from '../../model/target.ts';
import { errorOfRefusal } from '../../wire/tmf-error.ts';
import { errorResponse, type Route } from '../answers.ts';
import { rolesHeader, rolesOf } from '../roles.ts';
import { permissionsOf, rolesForAny } from './permissions.ts';

export interface Guard {
  /** The same routes, each for those only who may use it. */
  around(routes: readonly Route[]): readonly Route[];
  /**
   * Asks for a token before anything else, a path that nothing is served at included: whoever has none does not learn what
   * there is.
   */
  before(routing: Routing<HttpResponse>): Routing<HttpResponse>;
}

export function openGuard(options: { tokens: readonly AccessToken[]; now: () => Instant }): Guard {
  const { now } = options;
  const known = options.tokens.map((token): Known => ({ token, digest: digestOf(token) }));
  return {
    around: (routes) => routes.map(forThoseWhoMay),
    before: (routing) => (request) => {
      const admission = admit(request, known, now());
      return admission.ok ? routing(admission.request) : admission.response;
    },
  };
}

interface Known {
  readonly token: AccessToken;
  readonly digest: Buffer;
}

function digestOf({ token }: AccessToken): Buffer {
  return token instanceof Secret ? digest(token.reveal()) : Buffer.from(token.sha256, 'hex');
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

type Admission =
  | { readonly ok: true; readonly request: ReceivedRequest }
  | { readonly ok: false; readonly response: HttpResponse };

/** RFC 6750, 2.1. */
const bearer = /^Bearer +([A-Za-z0-9\-._~+/]+=*)$/i;

function admit(request: ReceivedRequest, known: readonly Known[], now: Instant): Admission {
  const { authorization = '', ...headers } = request.headers;
  if (!/^Bearer\b/i.test(authorization.trim())) return refused(missing);
  const shown = bearer.exec(authorization.trim())?.[1];
  const token = shown === undefined ? undefined : tokenOf(shown, known);
  if (token === undefined) return refused(unknown);
  if (token.expiresAt !== undefined && now >= token.expiresAt) return refused(expired(token, token.expiresAt));
  const asked = rolesOf(request, 'everything');
  // What a request says of roles may take some away, for once; it never adds any.
  const roles = asked === undefined ? token.roles : grantedOf(asked, token.roles);
  return { ok: true, request: { ...request, headers: { ...headers, [rolesHeader]: roles.join(',') } } };
}

/**
 * Digests are compared, each with every token's, and to the end: how long it takes tells nothing about how much of a token was
 * guessed.
 */
function tokenOf(shown: string, known: readonly Known[]): AccessToken | undefined {
  const digested = digest(shown);
  const matching = known.filter((each) => timingSafeEqual(each.digest, digested));
  return matching[0]?.token;
}

/** Application codes of TMF630: 40 missing, 41 invalid, 42 expired credentials. */
const missing = errorAnswer(
  401,
  '40',
  'Missing credentials',
  'Send a token of this order management: Authorization: Bearer TOKEN',
);

const unknown = errorAnswer(
  401,
  '41',
  'Invalid credentials',
  'The bearer token is not known here. Send one that the tokens file of this order management names',
);

function expired({ name }: AccessToken, at: Instant): ErrorAnswer {
  const message = `The token ${name} was taken until ${textOfInstant(at)}. Have it replaced, or its date put off`;
  return errorAnswer(401, '42', 'Expired credentials', message);
}

/** Where no token was sent, no error is named (RFC 6750, 3.1). */
function refused(error: ErrorAnswer): Admission {
  const challenge = `Bearer realm="southbound"${error === missing ? '' : ', error="invalid_token"'}`;
  return { ok: false, response: errorResponse(error, { 'www-authenticate': challenge }) };
}

function forThoseWhoMay(route: Route): Route {
  const enough = permissionsOf(route);
  return {
    ...route,
    handle: (request) => {
      const roles = rolesOf(request, 'nothing');
      if (enough.some((permission) => mayDo(permission, roles))) return route.handle(request);
      const values = { command: enough.join(' or '), roles: rolesForAny(enough).join(', ') };
      return errorResponse(errorOfRefusal(refusal('roleMissing', values)));
    },
  };
}

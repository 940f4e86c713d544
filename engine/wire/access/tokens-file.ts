/** Tokens as people write them -> tokens as the order management takes them, those of the environment looked up. */
import { type Finding, pointerTo, shown } from '../../../contracts/schemas/finding.ts';
import { instantOfText } from '../../../contracts/schemas/text.ts';
import tokensSchema from '../../../contracts/schemas/tokens.schema.json' with { type: 'json' };
import { checkOfSchema } from '../../../contracts/schemas/validator.ts';
import type { AccessToken } from '../../model/access/token.ts';
import { isKnownRole, knownRoles } from '../../model/roles.ts';
import { Secret } from '../../model/target.ts';
import type { ReadFile } from '../catalogue-file.ts';
import { type Environment, secretIn } from '../targets-file.ts';

interface TokenInFile {
  readonly name: string;
  readonly token?: { readonly env: string };
  readonly tokenSha256?: string;
  readonly roles: readonly string[];
  readonly expires?: string;
}

/** Characters of a token. Shorter ones can be guessed by asking often; longer is only inconvenient. */
const shortestToken = 16;

/** What a token may consist of (RFC 6750, 2.1). */
const tokenText = /^[A-Za-z0-9\-._~+/]+=*$/;

const checkFile = checkOfSchema(tokensSchema);

/**
 * @param file what the YAML or JSON says: a list of tokens.
 * @param environment where `{ env: NAME }` is looked up.
 */
export function readTokens(file: unknown, environment: Environment): ReadFile<readonly AccessToken[]> {
  const findings = [...checkFile(file)];
  if (findings.length > 0) return { ok: false, findings };
  const written = file as TokenInFile[]; // by its schema, one line above
  const tokens = written.map((each, index) => tokenOf(each, pointerTo('', index), { environment, findings }));
  findings.push(...repeated(tokens));
  return findings.length > 0 ? { ok: false, findings } : { ok: true, content: tokens };
}

interface Reading {
  readonly environment: Environment;
  readonly findings: Finding[];
}

function tokenOf(
  { name, token, tokenSha256 = '', roles, expires }: TokenInFile,
  at: string,
  reading: Reading,
): AccessToken {
  for (const [index, role] of roles.entries()) {
    if (isKnownRole(role)) continue;
    const expected = `one of ${knownRoles.join(', ')}`;
    reading.findings.push({ pointer: `${at}/roles/${index}`, rule: 'known-role', expected, got: shown(role) });
  }
  const expiresAt = expires === undefined ? undefined : instantOfText(expires);
  return {
    name,
    token: token === undefined ? { sha256: tokenSha256.toLowerCase() } : bearerToken(token, `${at}/token`, reading),
    roles,
    ...(expiresAt === undefined ? {} : { expiresAt }),
  };
}

/** The token of a variable; none that a header could not carry, or that could be guessed. */
function bearerToken(written: { readonly env: string }, at: string, reading: Reading): Secret {
  const secret = secretIn(written, at, reading);
  const text = secret.reveal();
  if (text !== '' && (text.length < shortestToken || !tokenText.test(text))) {
    const expected = `at least ${shortestToken} letters, digits and -._~+/ in the environment variable ${written.env}, such as "openssl rand -hex 32" makes`;
    const got = 'something else, not shown here';
    reading.findings.push({ pointer: `${at}/env`, rule: 'environment-variable', expected, got });
  }
  return secret;
}

/** Two entries for one token, or of one name: nobody could say which roles it has, or whose it is. */
function repeated(tokens: readonly AccessToken[]): Finding[] {
  const [names, texts] = [new Set<string>(), new Set<string>()];
  return tokens.flatMap(({ name, token }, index) => {
    const text = token instanceof Secret ? token.reveal() : `sha256:${token.sha256}`;
    const at = pointerTo('', index);
    const findings = [
      ...(names.has(name)
        ? [{ pointer: `${at}/name`, rule: 'once', expected: 'each name once', got: shown(name) }]
        : []),
      ...(text !== '' && texts.has(text)
        ? [{ pointer: at, rule: 'once', expected: 'each token once', got: 'that of an entry before it' }]
        : []),
    ];
    names.add(name);
    texts.add(text);
    return findings;
  });
}

/**
 * A Pact broker as far as these tests need one. What it is sent is held against what the broker's documentation asks for:
 * its pages on publish-contracts, provider-pacts-for-verification, publish-verification-results and branch versions, and the
 * validations that it answers 400 by.
 */
import { createHash } from 'node:crypto';
import fastify, { type FastifyReply } from 'fastify';

type Json = { readonly [name: string]: unknown };

export interface StandInBroker {
  readonly url: string;
  /** Every pact by consumer and provider, as it was published last. */
  readonly pacts: Map<string, { readonly text: string; readonly version: string; readonly branch: unknown }>;
  readonly results: Json[];
  /** Such as `SOM main 1.0`. */
  readonly branches: string[];
  /** Headers of every request. */
  readonly asked: { readonly method: string; readonly url: string; readonly headers: Json }[];
  close(): Promise<void>;
}

/** @param options.token what every request has to carry. @param options.lacks links that an older broker does not have. */
export async function openBroker(options: { token?: string; lacks?: readonly string[] } = {}): Promise<StandInBroker> {
  const { token, lacks = [] } = options;
  const server = fastify();
  const [pacts, results, branches, asked]: [StandInBroker['pacts'], Json[], string[], StandInBroker['asked']] = [
    new Map(),
    [],
    [],
    [],
  ];
  const hal = (reply: FastifyReply, status: number, body: object) =>
    reply.code(status).header('content-type', 'application/hal+json;charset=utf-8').send(JSON.stringify(body));
  server.addHook('onRequest', async (request, reply) => {
    asked.push({ method: request.method, url: request.url, headers: { ...request.headers } });
    if (token !== undefined && request.headers.authorization !== `Bearer ${token}`) return hal(reply, 401, {});
    if (request.headers.accept !== 'application/hal+json')
      return hal(reply, 406, { error: 'send Accept: application/hal+json' });
    return undefined;
  });
  server.get('/', (_request, reply) => hal(reply, 200, { _links: indexLinks(url, lacks) }));

  server.post('/contracts/publish', (request, reply) => {
    const body = objectIn(request.body);
    const errors = publishErrors(body);
    if (Object.keys(errors).length > 0) return hal(reply, 400, { errors });
    for (const contract of listIn(body.contracts)) {
      const text = Buffer.from(String(contract.content), 'base64').toString('utf8');
      const version = String(body.pacticipantVersionNumber);
      pacts.set(`${contract.consumerName}/${contract.providerName}`, { text, version, branch: body.branch });
    }
    const text = `Pact successfully published for ${body.pacticipantName} version ${body.pacticipantVersionNumber}.`;
    const notices = [
      { type: 'debug', text: 'Events detected: contract_published' },
      { type: 'success', text },
    ];
    return hal(reply, 200, { notices, logs: [], _embedded: {}, _links: {} });
  });

  server.post<{ Params: { provider: string } }>('/pacts/provider/:provider/for-verification', (request, reply) => {
    const { consumerVersionSelectors = [] } = objectIn(request.body);
    if (!Array.isArray(consumerVersionSelectors))
      return hal(reply, 400, { errors: { consumerVersionSelectors: ['must be an array'] } });
    const known = listIn(consumerVersionSelectors).every((selector) =>
      Object.keys(selector).every((key) => selectors.has(key)),
    );
    if (!known) return hal(reply, 400, { errors: { consumerVersionSelectors: ['unknown selector'] } });
    const { provider } = request.params;
    const found = [...pacts].filter(([key]) => key.endsWith(`/${provider}`));
    const links = found.map(([key, { text }]) => ({
      _links: { self: { href: `${url}${pactPath(key, text)}/metadata/abc`, name: key } },
      verificationProperties: { notices: [] },
    }));
    return hal(reply, 200, { _embedded: { pacts: links }, _links: { self: { href: request.url } } });
  });

  const version = '/pacts/provider/:provider/consumer/:consumer/pact-version/:sha';
  type At = { Params: { provider: string; consumer: string; sha: string } };
  server.get<At>(`${version}/metadata/:metadata`, (request, reply) => {
    const key = `${request.params.consumer}/${request.params.provider}`;
    const { text = '{}' } = pacts.get(key) ?? {};
    const href = `${url}${pactPath(key, text)}/metadata/abc/verification-results`;
    return hal(reply, 200, {
      ...JSON.parse(text),
      _links: { 'pb:publish-verification-results': { href, title: 'Publish verification results' } },
    });
  });
  server.post<At>(`${version}/metadata/:metadata/verification-results`, (request, reply) => {
    const body = objectIn(request.body);
    const { success, providerApplicationVersion, buildUrl } = body;
    const errors: Record<string, string[]> = {};
    if (typeof success !== 'boolean') errors.success = ['must be boolean'];
    if (!isFilled(providerApplicationVersion)) errors.providerApplicationVersion = ["can't be blank"];
    if (buildUrl !== undefined && !URL.canParse(String(buildUrl))) errors.buildUrl = ['is invalid URL'];
    if (Object.keys(errors).length > 0) return hal(reply, 400, { errors });
    results.push({ ...body, ...request.params });
    return hal(reply, 201, { ...body, _links: { self: { href: `${url}${request.url}/1` } } });
  });

  type Branch = { Params: { name: string; branch: string; version: string } };
  server.put<Branch>('/pacticipants/:name/branches/:branch/versions/:version', (request, reply) => {
    if (request.headers['content-type'] !== 'application/json') return hal(reply, 415, {});
    const { name, branch, version: number } = request.params;
    branches.push(`${name} ${branch} ${number}`);
    return hal(reply, 201, { _links: {} });
  });
  const url = await server.listen({ host: '127.0.0.1', port: 0 });
  return { url, pacts, results, branches, asked, close: () => server.close() };
}

const selectors = new Set([
  'mainBranch',
  'branch',
  'matchingBranch',
  'deployed',
  'released',
  'deployedOrReleased',
  'environment',
  'latest',
  'consumer',
  'tag',
]);

function indexLinks(url: string, lacks: readonly string[]): object {
  const links = {
    self: { href: url, title: 'Index', templated: false },
    'pb:publish-contracts': { href: `${url}/contracts/publish`, title: 'Publish contracts', templated: false },
    'pb:provider-pacts-for-verification': {
      href: `${url}/pacts/provider/{provider}/for-verification`,
      templated: true,
    },
    'pb:pacticipant-branch-version': {
      href: `${url}/pacticipants/{pacticipant}/branches/{branch}/versions/{version}`,
      templated: true,
    },
    curies: [{ name: 'pb', href: `${url}/doc/{rel}?context=index`, templated: true }],
  };
  return Object.fromEntries(Object.entries(links).filter(([name]) => !lacks.includes(name)));
}

function publishErrors(body: Json): Record<string, string[]> {
  const errors: Record<string, string[]> = {};
  const add = (name: string, problem: string) => {
    errors[name] = [...(errors[name] ?? []), problem];
  };
  for (const name of ['pacticipantName', 'pacticipantVersionNumber'])
    if (!isFilled(body[name])) add(name, 'is missing');
  if (body.branch !== undefined && !isFilled(body.branch)) add('branch', "can't be blank");
  if (body.buildUrl !== undefined && !isFilled(body.buildUrl)) add('buildUrl', 'must be a single line');
  if (listIn(body.contracts).length === 0) add('contracts', 'is missing');
  for (const contract of listIn(body.contracts)) {
    if (contract.contentType !== 'application/json') add('contentType', 'must be one of: application/json');
    if (contract.specification !== 'pact') add('specification', 'must be one of: pact');
    const pact = decoded(contract.content);
    if (pact === undefined) add('content', 'is not valid Base64 of JSON');
    if (contract.consumerName !== body.pacticipantName) add('consumerName', 'does not match pacticipantName');
    if (objectIn(pact?.consumer).name !== contract.consumerName)
      add('consumerName', 'in contract content does not match');
    if (objectIn(pact?.provider).name !== contract.providerName)
      add('providerName', 'in contract content does not match');
  }
  return errors;
}

function decoded(content: unknown): Json | undefined {
  if (typeof content !== 'string' || !/^[A-Za-z0-9+/]+={0,2}$/.test(content)) return undefined;
  try {
    return objectIn(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(content, 'base64'))));
  } catch {
    return undefined;
  }
}

function pactPath(key: string, text: string): string {
  const [consumer = '', provider = ''] = key.split('/').map(encodeURIComponent);
  const sha = createHash('sha1').update(text).digest('hex');
  return `/pacts/provider/${provider}/consumer/${consumer}/pact-version/${sha}`;
}

function objectIn(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
}

function listIn(value: unknown): Json[] {
  return Array.isArray(value) ? value.map(objectIn) : [];
}

function isFilled(value: unknown): boolean {
  return typeof value === 'string' && value.trim() !== '' && !value.includes('\n');
}

/** What we ask of others holds for us: our simulated SOM and our own TMF641 pass a verification, and a fault would be found. */
import { beforeAll, describe, expect, it } from 'vitest';
import { type CapabilityStatement, capabilities } from '../../../contracts/records/capabilities.ts';
import { themes } from '../../../contracts/rules/catalogue.ts';
import { judge } from '../../../contracts/rules/judge.ts';
import { verificationRecordOf } from '../../../contracts/rules/record-of.ts';
import { readStatement } from '../../../contracts/verify/files.ts';
import { planLines } from '../../../contracts/verify/plan.ts';
import { openVerification, type Verification } from '../../../contracts/verify/verify.ts';
import {
  memoryStore,
  openEngine,
  readCatalogue,
  readPolicies,
  readTargets,
  serviceOrderingBase,
} from '../../../engine/index.ts';
import type { Client, Outcome } from '../../../exchange/client.ts';
import { directClient } from '../../../exchange/direct.ts';
import type { Answer, Endpoint } from '../../../exchange/endpoint.ts';
import { jsonBody, type ReceivedRequest } from '../../../exchange/message.ts';
import type { TimedKernel } from '../../../kernel/timed-kernel.ts';
import { virtualKernel } from '../../../kernel/virtual-kernel.ts';
import { Som } from '../../../mocks/som.ts';
import { promptScript, readSomScript } from '../../../mocks/som-script.ts';
import { verificationHtml } from '../../../reports/verification/html.ts';
import { readContent } from '../../../scenarios/files.ts';
import { usualPolicies } from '../../../scenarios/scenario.ts';

const somUrl = 'http://som.test';
const omUrl = 'http://om.test';
const verifierUrl = 'http://verifier.test';
const targets = { som: { url: `${somUrl}${serviceOrderingBase}` } };

interface World {
  readonly kernel: TimedKernel;
  readonly network: Map<string, Endpoint>;
  readonly client: Client;
}

interface Vendor {
  readonly url: string;
  readonly endpoint: Endpoint;
}

/** @param client how it reaches those that listen to it. */
type Opening = (world: World, client: Client) => Promise<Vendor>;

function read<Content>(result: { ok: true; content: Content } | { ok: false }): Content {
  if (!result.ok) throw new Error('what is shipped cannot be read');
  return result.content;
}

/** As `southbound mock som` opens it. */
const openSom: Opening = async ({ kernel }, client) => {
  const result = readSomScript(promptScript);
  if (!result.ok) throw new Error('the usual script cannot be read');
  const { script } = result;
  const { endpoint } = new Som({ kernel, script, client, publicUrl: somUrl, callbackUrl: omUrl });
  return { url: somUrl, endpoint };
};

/** As `southbound serve` opens it, with the simulated SOM behind it. */
const openOrderManagement: Opening = async (world, client) => {
  const { kernel, network } = world;
  network.set(somUrl, (await openSom(world, world.client)).endpoint);
  const engine = await openEngine({
    kernel,
    client,
    catalogue: readContent('scenarios/catalogues/broadband.yaml', readCatalogue),
    policies: read(readPolicies(usualPolicies)),
    targets: read(readTargets(targets, {})),
    publicUrl: omUrl,
    store: memoryStore(),
  });
  network.set(omUrl, engine.endpoint);
  await engine.start();
  await kernel.run(kernel.now());
  return { url: omUrl, endpoint: engine.endpoint };
};

/** Something wrong between the two parties. */
interface Fault {
  /** With what is asked, before it is. */
  readonly asked?: (request: ReceivedRequest) => ReceivedRequest;
  readonly answered?: (answer: Answer, request: ReceivedRequest) => Answer;
  /** How often an event is delivered. */
  readonly times?: (event: string) => number;
}

interface Verified {
  readonly verification: Verification;
  readonly plan: readonly string[];
  /** Requests to the SOM that do not come from the verifier. */
  readonly toSom: number;
}

async function verified(open: Opening, statement: CapabilityStatement, fault: Fault = {}): Promise<Verified> {
  const { asked = (request) => request, answered = (answer) => answer, times = () => 1 } = fault;
  const kernel = virtualKernel({ seed: '1' });
  const network = new Map<string, Endpoint>();
  const client = directClient(kernel, network);
  const telling: Client = {
    send: async (request, limits) => {
      if (!request.url.startsWith(verifierUrl)) return client.send(request, limits);
      let outcome: Outcome = { kind: 'refused' };
      for (let left = times(request.url.split('/').at(-1) ?? ''); left > 0; left -= 1) {
        outcome = await client.send(request, limits);
      }
      return outcome;
    },
  };
  const { url, endpoint } = await open({ kernel, network, client }, telling);
  network.set(url, async (request) => answered(await endpoint(asked(request)), request));
  const som = network.get(somUrl);
  let toSom = 0;
  if (som !== undefined && url !== somUrl) {
    network.set(somUrl, (request) => {
      toSom += 1;
      return som(request);
    });
  }
  const opened = openVerification({
    kernel,
    client,
    baseUrl: `${url}${serviceOrderingBase}`,
    callbackUrl: `${verifierUrl}/events`,
    statement,
    mayDelete: true,
  });
  network.set(verifierUrl, opened.listener);
  let verification: Verification | undefined;
  kernel.call('verify', async () => {
    verification = await opened.run();
  });
  await kernel.run(undefined, () => verification !== undefined);
  if (verification === undefined) throw new Error('the verification did not end');
  return { verification, plan: planLines(opened.plan), toSom };
}

function judged({ trace }: Verification, statement: CapabilityStatement) {
  return judge(trace, { themes, statement, origin: 'http://own.test', on: '2026-01-05' });
}

/** The statement without one of its lines, for each of them. */
function linesOf(statement: object): [line: string, without: CapabilityStatement][] {
  return Object.entries(statement).flatMap(([name, value]): [string, CapabilityStatement][] => {
    const { [name]: _, ...others } = statement as { [name: string]: unknown }; // with its names as keys
    if (typeof value !== 'object' || value === null || Array.isArray(value) || name === 'load') return [[name, others]];
    return linesOf(value).map(([line, without]) => [`${name}.${line}`, { ...others, [name]: without }]);
  });
}

const withoutSort: NonNullable<Fault['asked']> = ({ query: { sort: _, ...query }, ...request }) => ({
  ...request,
  query,
});

/** An order that is answered has another state than it has. */
const withState =
  (state: string): NonNullable<Fault['answered']> =>
  (answer, { method }) => {
    if (answer.kind !== 'reply' || method !== 'POST' || answer.response.status !== 201) return answer;
    const created = answer.response.body?.json as { state?: string } | undefined; // an order, a subscription, or nothing
    if (created?.state === undefined) return answer;
    return { ...answer, response: { ...answer.response, body: jsonBody({ ...created, state }) } };
  };

const withoutHeader =
  (name: string): NonNullable<Fault['answered']> =>
  (answer) => {
    if (answer.kind !== 'reply') return answer;
    const { [name]: _, ...headers } = answer.response.headers;
    return { ...answer, response: { ...answer.response, headers } };
  };

const lost = (event: string) => ({ times: (told: string) => (told === event ? 0 : 1) });

const faults: [what: string, fault: Fault, rule: string][] = [
  ['sort is passed over', { asked: withoutSort }, 'sort-order'],
  ['a new order has another state than it says', { answered: withState('inProgress') }, 'initial-state'],
  ['nobody counts', { answered: withoutHeader('x-total-count') }, 'result-counts'],
  ['a new order is not announced', lost('serviceOrderCreateEvent'), 'change-announced'],
  ['a change is not announced', lost('serviceOrderStateChangeEvent'), 'change-announced'],
  ['everything is told twice', { times: () => 2 }, 'event-repeated'],
];

const patchFaults: typeof faults = [
  ['a patch is not announced', lost('serviceOrderAttributeValueChangeEvent'), 'attribute-change-announced'],
  [
    'a patch is passed over',
    { asked: (request) => (request.method === 'PATCH' ? { ...request, body: jsonBody({}) } : request) },
    'patch-applied',
  ],
];

describe.each([
  {
    name: 'the simulated SOM',
    file: 'scenarios/capabilities/som-mock.yaml',
    open: openSom,
    own: patchFaults,
    undecided: [],
  },
  {
    name: 'the order management',
    file: 'scenarios/capabilities/southbound.yaml',
    open: openOrderManagement,
    own: [],
    // Its orders are approved at once: none stands long enough to be deleted, or to be patched before it is in progress.
    undecided: ['deleted-is-gone', 'patch-state-legal'],
  },
])('$name', ({ file, open, own, undecided }) => {
  const statement = readContent(file, readStatement);
  let clean: Verified;
  beforeAll(async () => {
    clean = await verified(open, statement);
  });

  it('passes with no finding at all', () => {
    const { verdict, findings } = judged(clean.verification, statement);
    expect(findings).toEqual([]);
    expect(verdict).toBe(undecided.length === 0 ? 'pass' : 'inconclusive');
    expect(clean.verification.leftOut).toEqual([]);
  });

  it('leaves no rule open that what it offers is judged by', () => {
    const { rules, offers } = judged(clean.verification, statement);
    const open = rules.filter(({ verdict }) => verdict === 'inconclusive').map(({ id }) => id);
    expect(open).toEqual(undecided);
    expect(rules.filter(({ verdict }) => verdict === 'pass').length).toBeGreaterThan(40);
    expect(offers.map(({ known }) => known)).toEqual(offers.map(() => 'declared'));
  });

  it('states what is so: asked without a statement, it offers the same', () => {
    const { offers } = judged(clean.verification, { ...statement, offers: {} });
    const stated = capabilities.map((each) => [each, statement.offers?.[each] === true ? 'yes' : 'no']);
    expect(offers.map(({ capability, offered }) => [capability, offered])).toEqual(stated);
  });

  it.each(linesOf(statement))('states nothing for nothing: %s', (_line, without) => {
    const shown = (of: CapabilityStatement) => {
      const plan = planOf(of);
      const judgement = judged(clean.verification, of);
      const record = { ...clean.verification, version: '1', target: '', seed: '1', statement: of, judgement };
      return [plan, verificationHtml(verificationRecordOf(record))];
    };
    expect(shown(without)).not.toEqual(shown(statement));
  });

  it.each([...faults, ...own])('is found out when %s', async (_what, fault, rule) => {
    const { verification } = await verified(open, statement, fault);
    expect(judged(verification, statement).findings.map((finding) => finding.rule)).toContain(rule);
  });
});

describe('the order management', () => {
  it('has the SOM do what it was asked for', async () => {
    const statement = readContent('scenarios/capabilities/southbound.yaml', readStatement);
    const { toSom, verification } = await verified(openOrderManagement, statement);
    expect(toSom).toBeGreaterThanOrEqual(verification.used.orders);
  });
});

/** What would be sent. */
function planOf(statement: CapabilityStatement): readonly string[] {
  const kernel = virtualKernel({ seed: '1' });
  const client = { send: () => Promise.reject(new Error('a plan sends nothing')) };
  const options = { kernel, client, baseUrl: somUrl, callbackUrl: verifierUrl, statement, mayDelete: true };
  return planLines(openVerification(options).plan);
}

/** `southbound pact verify`: does an endpoint answer what a pact reads of its answers? */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { durationMsOfText, isDuration } from '../../contracts/schemas/text.ts';
import { errorOfStatus } from '../../contracts/schemas/tmf-error.ts';
import { credentialsOf } from '../../contracts/verify/credentials.ts';
import type { Client } from '../../exchange/client.ts';
import { serveEndpoint } from '../../exchange/fastify.ts';
import { fetchClient } from '../../exchange/fetch.ts';
import { jsonResponse } from '../../exchange/message.ts';
import { freshSeed } from '../../kernel/chance.ts';
import { SystemKernel } from '../../kernel/system-kernel.ts';
import { colour, say, WrongUse } from '../terminal.ts';
import { knownCredentials, targetOf } from '../verify/options.ts';
import { version } from '../version.ts';
import { type Interaction, type Pact, readPact, requestsFiles } from './documents.ts';
import { interactionHeader, VerifiedEndpoint } from './endpoint.ts';
import { pactLibrary } from './library.ts';
import { brokerAt } from './publish.ts';
import { countOf, type InteractionResult, type PactResult, type Results, sayResult } from './results.ts';
import { type Prepared, prepared } from './states.ts';
import { type Verification, verification } from './verifier.ts';

export interface PactVerifyOptions {
  readonly as?: keyof typeof requestsFiles;
  readonly pact?: readonly string[];
  readonly broker?: string;
  readonly provider?: string;
  readonly tokenFrom?: string;
  readonly auth?: string;
  readonly timeLimit: string;
  readonly out?: string;
}

interface Sourced extends Pick<PactResult, 'source' | 'publishAt'> {
  readonly pact: Pact;
}

/** 0 all hold, 1 findings, 2 nothing could be verified. */
export async function verifyPacts(url: string, options: PactVerifyOptions): Promise<number> {
  const target = targetOf(url);
  const { timeLimit, auth } = options;
  if (!isDuration(timeLimit))
    throw new WrongUse(`--time-limit expects a duration, for example PT2M; got ${timeLimit}.`);
  const known = knownCredentials(auth, {}, process.env);
  const library = pactLibrary();
  const kernel = new SystemKernel({ seed: freshSeed(), onFault: (fault) => console.error(fault) });
  const client = fetchClient(kernel);
  const limitMs = durationMsOfText(timeLimit);
  const held = known === undefined ? undefined : credentialsOf(known, { kernel, client, statement: {} });
  const credentials = async () => (await held?.headers()) ?? {};
  const endpoint = new VerifiedEndpoint({ client, url: target, credentials, limitMs });
  try {
    const sources = await pactsOf(options, client);
    const collection = options.as === 'inventory' ? '/checkServiceQualification' : '/serviceOrder';
    const { trouble } = await endpoint.ask('GET', `${collection}?limit=1`);
    if (trouble !== undefined) throw new WrongUse(`${target}: ${trouble}.`);
    const pacts = await resultsOf(sources, { kernel, endpoint, library, limitMs, timeLimit });
    return concluded({ tool: 'southbound', version, target, pacts }, options.out);
  } finally {
    await endpoint.settled();
    kernel.close();
  }
}

/** Behind a server of our own, for as long as it takes. */
async function resultsOf(sources: readonly Sourced[], parts: Omit<Parts, 'relayUrl'>): Promise<PactResult[]> {
  const { kernel, endpoint } = parts;
  const refuse = (status: number, message: string) => jsonResponse(status, errorOfStatus(status, message).body);
  const served = await serveEndpoint({ kernel, endpoint: endpoint.relay, host: '127.0.0.1', port: 0, refuse });
  try {
    const pacts: PactResult[] = [];
    for (const source of sources) {
      const result = await resultOf(source, { ...parts, relayUrl: served.url });
      sayResult(result);
      pacts.push(result);
    }
    return pacts;
  } finally {
    await endpoint.leave();
    await served.close();
  }
}

async function pactsOf(options: PactVerifyOptions, client: Client): Promise<Sourced[]> {
  const { as, pact, broker, provider, tokenFrom } = options;
  if (as !== undefined && (pact ?? broker) !== undefined)
    throw new WrongUse('--as takes one of our pacts, --pact and --broker take others: name one of the three.');
  if (broker === undefined) {
    if (provider !== undefined || tokenFrom !== undefined)
      throw new WrongUse('--provider and --token-from go with --broker.');
    return (pact ?? [requestsFiles[as ?? 'som']]).map((file) => ({ pact: readPact(file), source: file }));
  }
  if (pact !== undefined) throw new WrongUse('--pact and --broker are two places to take pacts from: name one.');
  if (provider === undefined) throw new WrongUse('--broker needs --provider: what the endpoint is called there.');
  const found = await brokerAt({ broker, tokenFrom }, client).pactsFor(provider);
  if (found.length === 0) throw new WrongUse(`The broker has no pact with ${provider}.`);
  return found.map(({ publishAt, ...each }) => (publishAt === undefined ? each : { ...each, publishAt }));
}

interface Parts {
  readonly kernel: SystemKernel;
  readonly endpoint: VerifiedEndpoint;
  readonly library: string;
  readonly relayUrl: string;
  readonly limitMs: number;
  readonly timeLimit: string;
}

async function resultOf({ pact, source, publishAt }: Sourced, parts: Parts): Promise<PactResult> {
  const { kernel, endpoint, library, relayUrl, limitMs } = parts;
  const namespace = `southbound-pact-${kernel.chance('pact.namespace').hex(8)}-`;
  const all: Prepared[] = [];
  for (const [place, interaction] of pact.interactions.entries()) {
    all.push(await prepared(interaction, place, { kernel, endpoint, namespace }));
  }
  const ready = all.flatMap((each, place) => (each.kind === 'ready' ? [marked(each.interaction, place)] : []));
  const done: Verification =
    ready.length === 0
      ? { kind: 'verified', verdict: {} }
      : await inFolder((file) => {
          writeFileSync(file, JSON.stringify({ ...pact, interactions: ready }));
          return verification({ pact: file, provider: pact.provider.name, providerUrl: relayUrl, library }, limitMs);
        });
  if (done.kind === 'ended') throw new WrongUse(`Pact ended without a verdict, having said:\n${done.said}`);
  if (done.kind === 'stopped') {
    say();
    say(colour('red', `Pact was still at it after ${parts.timeLimit}, and was stopped. --time-limit gives it longer.`));
  }
  const interactions = pact.interactions.map(({ description }, place): InteractionResult => {
    const preparation = all[place];
    if (preparation?.kind === 'skipped') return { description, outcome: 'skipped', because: [preparation.why] };
    const trouble = endpoint.troubleWith(place);
    if (trouble !== undefined) return { description, outcome: 'broken', because: [trouble] };
    const mismatches = done.kind === 'verified' ? done.verdict[description] : undefined;
    if (mismatches === undefined) return { description, outcome: 'not reached', because: [] };
    return { description, outcome: mismatches.length === 0 ? 'holds' : 'broken', because: mismatches };
  });
  const { consumer, provider } = pact;
  const named = { consumer: consumer.name, provider: provider.name, source, interactions };
  return publishAt === undefined ? named : { ...named, publishAt };
}

/** So that the server in front of the endpoint knows which interaction a request is for. */
function marked(interaction: Interaction, place: number): Interaction {
  const { request } = interaction;
  if (request === undefined) return interaction;
  const headers = { ...request.headers, [interactionHeader]: [String(place)] };
  return { ...interaction, request: { ...request, headers } };
}

async function inFolder<Result>(work: (file: string) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'southbound-pact-'));
  try {
    return await work(join(folder, 'pact.json'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function concluded(results: Results, out: string | undefined): number {
  const [holds, broken, skipped, unreached] = (['holds', 'broken', 'skipped', 'not reached'] as const).map((outcome) =>
    countOf(results.pacts, outcome),
  );
  say();
  const unknown = `${skipped} skipped${unreached === 0 ? '' : `, ${unreached} not reached`}`;
  say(colour('bold', `${holds} interactions hold, ${broken} are broken, ${unknown}`));
  if (out !== undefined) {
    writeFileSync(out, `${JSON.stringify(results, undefined, 2)}\n`);
    say(`results in ${out}`);
  }
  if (broken !== 0 || unreached !== 0) return 1;
  if (holds !== 0) return 0;
  say('Nothing could be verified: no state that the pact asks for can be brought about through the API.');
  return 2;
}

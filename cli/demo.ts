/** `southbound demo`: one order from capture to completion, told as it happens; then everything stays up to be tried. */
import { fileURLToPath } from 'node:url';
import { jsonBody, jsonMediaType } from '../exchange/message.ts';
import { pacedKernel } from '../kernel/paced-kernel.ts';
import { type StoryLine, sinceStart, storyOfAnswer, storyOfRequest, storyOfStep } from '../reports/story.ts';
import { readDocument } from '../scenarios/files.ts';
import { readScenario } from '../scenarios/scenario.ts';
import { openWorld, type World } from '../scenarios/world.ts';
import { colour, portTaken, say, toned, untilInterrupted } from './terminal.ts';
import { shippedFolder } from './version.ts';

export interface DemoOptions {
  readonly port: number;
  readonly speed: number;
  readonly seed: string;
  readonly exit?: boolean;
}

const shipped = (path: string) => fileURLToPath(new URL(path, shippedFolder));

export async function demo({ port, speed, seed, exit }: DemoOptions): Promise<number> {
  const scenario = readScenario(shipped('scenarios/suites/spine/hierarchical-async.scenario.yaml'));
  const order = readDocument(shipped('scenarios/orders/broadband-100.json'));
  const kernel = pacedKernel({ seed, speed });
  const start = kernel.now();
  const tell = (line: StoryLine) => say(`${colour('dim', sinceStart(line.at, start).padStart(9))}  ${toned(line)}`);
  const ports = port === 0 ? {} : { om: port, som: port + 1, crm: port + 2 };
  let told = false;
  const world = await openWorld({
    ...scenario,
    kernel,
    transport: 'sockets',
    ports,
    keepJournal: false,
    onStep: (entry) => {
      if (told) for (const line of storyOfStep({ kind: 'step', order: 0, ...entry })) tell(line);
    },
    onSent: (sent) => {
      if (told) tell(storyOfRequest(sent));
    },
    onExchange: (record) => {
      const answer = storyOfAnswer(record);
      if (told && answer !== undefined) tell(answer);
    },
  }).catch((failure: unknown) => {
    throw portTaken(failure, '--port <n>');
  });
  try {
    introduce(world, speed);
    told = true;
    const id = await placeOrder(world, order);
    await kernel.run(Number.POSITIVE_INFINITY, () => kernel.waiting === 0);
    const ended = await world.engine.order(id);
    say();
    say(
      ended?.state === 'completed'
        ? colour('green', `${ended.number} is completed.`)
        : colour('red', `${id} is ${ended?.state}.`),
    );
    for (const { message } of world.findings) say(colour('red', message));
    if (exit !== true) await stayUp(world, id);
    return ended?.state === 'completed' && world.findings.length === 0 ? 0 : 1;
  } finally {
    await world.close();
  }
}

function introduce({ urlOf }: World, speed: number): void {
  say(colour('bold', 'Southbound: a broadband order, from capture to completion'));
  say(`  order management  ${urlOf('om')}`);
  say(`  simulated SOM     ${urlOf('som')}`);
  say(`  CRM               ${urlOf('crm')}`);
  say(colour('dim', `  one second here is ${speed} in the story`));
  say();
}

async function placeOrder(world: World, order: unknown): Promise<string> {
  const path = '/tmf-api/productOrderingManagement/v4/productOrder';
  const headers = { 'content-type': jsonMediaType };
  const outcome = await world.ask('crm', { to: 'om', method: 'POST', path, headers, body: jsonBody(order) });
  const body = outcome.kind === 'answered' ? outcome.response.body?.json : undefined;
  if (typeof body !== 'object' || body === null || !('id' in body)) throw new Error('the demo order was not taken');
  return String(body.id);
}

async function stayUp({ kernel, urlOf }: World, id: string): Promise<void> {
  say();
  say('Everything stays up; Ctrl-C ends it. Try:');
  say(`  curl ${urlOf('om')}/tmf-api/productOrderingManagement/v4/productOrder/${id}`);
  say(`  curl ${urlOf('om')}/southbound/v1/order/${id}`);
  say(`  curl ${urlOf('som')}/tmf-api/serviceOrdering/v4/serviceOrder`);
  say(`  curl -X POST ${urlOf('om')}/tmf-api/productOrderingManagement/v4/productOrder \\`);
  say(`       -H 'content-type: application/json' -d @${shipped('scenarios/orders/broadband-100.json')}`);
  say();
  await kernel.runUntilAborted(untilInterrupted());
}

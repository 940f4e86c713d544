/**
 * The command line: every command with its options, and what a mistake in them says. What a command does is read when it is
 * asked for: reading everything takes longer than most of them.
 */
import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { KernelFault } from '../kernel/kernel.ts';
import type { Personality } from '../mocks/som-script.ts';
import { FileProblem } from '../scenarios/files.ts';
import { order, orderCommandsTold } from './order/order.ts';
import { pactCommand } from './pact.ts';
import { recordCommand } from './recording/command.ts';
import { colour, WrongUse } from './terminal.ts';
import { verifyCommands } from './verify/commands.ts';
import { version } from './version.ts';

/** What a command ends with: 0 all is well, 1 findings, 2 wrong use. */
export const exitCodes = { ok: 0, findings: 1, wrongUse: 2 } as const;

/** @param argv as the process has it: runtime, script, arguments. Sets the exit code, and never throws. */
export async function main(argv: readonly string[]): Promise<void> {
  try {
    await program().parseAsync(argv);
  } catch (failure) {
    process.exitCode = reported(failure);
  }
}

function program(): Command {
  const southbound = new Command('southbound')
    .description('A simulator and contract-test harness for telecom order management.')
    .version(version)
    .exitOverride()
    // So that a command may have a --version of its own.
    .enablePositionalOptions()
    .showHelpAfterError('(add --help for what is possible)')
    .configureHelp({ sortSubcommands: false })
    .addHelpText(
      'after',
      `
Examples:
  southbound demo                                  watch an order being fulfilled
  southbound run scenarios --out report            run every scenario below a folder
  southbound run --order order.json --catalog catalogue.yaml
  southbound explore --seeds 1000                  storms over orders and systems drawn from seeds
  southbound serve                                 the order management alone, on port 8620
  southbound mock som                              a simulated SOM alone, on port 8621
  southbound verify http://127.0.0.1:8621/tmf-api/serviceOrdering/v4   a vendor's endpoint, judged

Exit codes: 0 all is well, 1 findings, 2 wrong use; verify adds 3, undecided.`,
    );
  demoCommand(southbound);
  runCommand(southbound);
  exploreCommand(southbound);
  serveCommand(southbound);
  mockCommand(southbound);
  orderCommand(southbound);
  verifyCommands(southbound);
  recordCommand(southbound);
  pactCommand(southbound);
  return southbound;
}

function demoCommand(southbound: Command): void {
  southbound
    .command('demo')
    .description(
      'Starts the order management and a simulated SOM on loopback, places a broadband order and tells its story.',
    )
    .option('--port <n>', 'first of three ports: order management, SOM, CRM (0: any free ones)', portNumber, 8620)
    .option('--speed <n>', 'seconds of the story that pass in one second', positiveNumber, 1800)
    .option('--seed <seed>', 'same seed, same ids', '1')
    .option('--exit', 'end when the story ends, instead of staying up')
    .action(async (options) => {
      const { demo } = await import('./demo.ts');
      process.exitCode = await demo(options);
    });
}

function runCommand(southbound: Command): void {
  southbound
    .command('run')
    .description('Runs scenarios in virtual time, or one order of your own through the whole journey.')
    .argument('[paths...]', 'scenario files, or folders with them; the shipped suites when left out, or not here')
    .option('--seed <seed>', 'ids and chance are drawn from it; 1 by default, with --target a new one each time')
    .option('--out <dir>', 'writes report.html, report.md, junit.xml and run.json there')
    .option('--live', 'over real sockets on loopback, with the same end states')
    .option('--order <file>', 'a TMF622 product order of your own (JSON or YAML)')
    .option('--catalog <file>', 'the catalogue it is ordered from (YAML or JSON)')
    .option('--policies <file>', 'policies for it; by default everything goes to som')
    .option('--som <file>', 'a script for the SOM; by default it completes every order')
    .option('--target <name=url>', 'a real system in place of the simulated one, in real time; repeatable', listed)
    .option('--config <file>', 'with --target: dialect, credentials and more of real systems, as for serve')
    .option('--listen <host:port>', 'with --target: where calls of real systems are taken; a free port of 127.0.0.1')
    .option('--callback-url <url>', 'with --target: where they reach that, when it is another address')
    .option('--patience <duration>', 'with --target: how long an order may take; PT2M by default')
    .addHelpText(
      'after',
      `
Examples:
  southbound run                                   the shipped suites
  southbound run scenarios/suites/spine --seed 7
  southbound run my.scenario.yaml --live --out report
  southbound run scenarios --target som=http://127.0.0.1:8621/tmf-api/serviceOrdering/v4
  southbound run --order order.json --catalog catalogue.yaml`,
    )
    .action(async (paths, options) => {
      const { run } = await import('./run.ts');
      process.exitCode = await run(paths, options);
    });
}

function exploreCommand(southbound: Command): void {
  southbound
    .command('explore')
    .description('Storms: orders, systems, commands and weather drawn from seeds, each held against every law.')
    .option('--seeds <n>', 'how many storms; 100 by default', wholeNumber)
    .option('--from <seed>', 'the first seed; 1 by default', wholeNumber)
    .option('--seed <seed>', 'one storm alone, with its story')
    .option('--out <dir>', 'writes the reports of storms that fail there, or of the one')
    .addHelpText(
      'after',
      `
Examples:
  southbound explore --seeds 1000
  southbound explore --seed 38 --out report        the story of one storm, and its reports`,
    )
    .action(async (options) => {
      const { explore } = await import('./explore.ts');
      process.exitCode = await explore(options);
    });
}

function serveCommand(southbound: Command): void {
  southbound
    .command('serve')
    .description(
      'The order management alone, in real time: orders in by TMF622, TMF641 and TMF652, out by TMF641, TMF652 and TMF697.',
    )
    .option('--config <file>', 'catalogue, policies, targets and listener address (YAML)')
    .option('--host <address>', 'the address that it listens on; 127.0.0.1 by default')
    .option('--port <n>', 'where it listens; 8620 by default', portNumber)
    .option('--auth <file>', 'the tokens that it takes, and what each may do (YAML); nothing is asked by default')
    .option('--insecure', 'listens beyond this machine without asking for tokens')
    .option('--quiet', 'does not tell what happens')
    .action(async (options) => {
      const { serve } = await import('./serve.ts');
      process.exitCode = await serve(options);
    });
}

function mockCommand(southbound: Command): void {
  const mocks = southbound.command('mock').description('A simulated counterparty alone, in real time.');
  partyCommand(mocks, 'som', 'A service order management system that speaks TMF641 v4.1.', 8621);
  partyCommand(mocks, 'tom', 'A technical order management system that speaks TMF641 v4.1.', 8623);
  partyCommand(mocks, 'flowone', 'A FlowOne that speaks its own dialect of TMF641.', 8624);
  partyCommand(mocks, 'rom', 'A resource order manager that speaks TMF652 v4.0.', 8627);
  partyCommand(mocks, 'wom', 'A work order manager that speaks TMF697 v4.0.', 8628);
  inventoryCommand(mocks);
}

/** Where the order management asks for tokens. */
const callbackToken = [
  '--callback-token-from <name>',
  'the variable that holds the token for it: callbacks and events that go to --callback carry it',
] as const;

function inventoryCommand(mocks: Command): void {
  mocks
    .command('inventory')
    .description(
      'An inventory system: says which services can be had (TMF645), holds capacity, keeps services (TMF638) and resources (TMF639).',
    )
    .option('--stock <file>', 'what it has and how it answers (YAML); by default 100 sites made up from the seed')
    .option('--sites <n>', 'so many sites made up from the seed, such as 10000', wholeNumber)
    .option('--port <n>', 'where it listens', portNumber, 8626)
    .option(
      '--callback <url>',
      'the root of the order management, for processResult callbacks',
      'http://127.0.0.1:8620',
    )
    .option(...callbackToken)
    .option('--seed <seed>', 'same seed, same sites and ids; by default the sites of seed 1, and ids drawn anew')
    .option('--quiet', 'does not tell what happens')
    .addHelpText(
      'after',
      `
Examples:
  southbound mock inventory --stock scenarios/inventories/north-fibre.yaml
  southbound mock inventory --sites 10000 --seed 7

What is left at a site, of each limited specification:
  curl 'http://127.0.0.1:8626/tmf-api/resourceInventoryManagement/v4/logicalResource?place.id=site-00001'
Whether a service can be had there; "state": "reserved" in the service holds it for a week:
  curl http://127.0.0.1:8626/tmf-api/serviceQualificationManagement/v4/checkServiceQualification -H 'content-type: application/json' -d '
    { "provideAlternative": true, "provideUnavailabilityReason": true, "serviceQualificationItem": [ { "id": "1", "service":
      { "serviceSpecification": { "id": "access-line" }, "place": [ { "id": "site-00001", "role": "installation" } ] } } ] }'`,
    )
    .action(async (options) => {
      const { mockInventory } = await import('./mock-inventory.ts');
      process.exitCode = await mockInventory(options);
    });
}

function partyCommand(mocks: Command, personality: Personality, description: string, port: number): void {
  mocks
    .command(personality)
    .description(description)
    .option('--script <file>', 'how it behaves (YAML); by default it completes every order within seconds')
    .option('--port <n>', 'where it listens', portNumber, port)
    .option(
      '--callback <url>',
      'the root of the order management, for outboundresponse callbacks',
      'http://127.0.0.1:8620',
    )
    .option(...callbackToken)
    .option('--seed <seed>', 'same seed, same ids; drawn anew by default')
    .option('--quiet', 'does not tell what happens')
    .action(async (options) => {
      const { mock } = await import('./mock.ts');
      process.exitCode = await mock(personality, options);
    });
}

function orderCommand(southbound: Command): void {
  southbound
    .command('order')
    .description('Looks into an order of a running "serve", and does by hand what its operators can do.')
    .argument('<id>', 'the id of the order')
    .argument('[command]', 'what to do with it; shows it when left out', 'show')
    .argument(
      '[about...]',
      'service orders or lines by number, id or specification; tasks by number or name; a fallout by number; name=value',
    )
    .option('--url <url>', 'where the order management is', 'http://127.0.0.1:8620')
    .option('--as <roles>', 'the roles you have, or of those of your token the ones to use, separated by commas')
    .option('--token-from <name>', 'the variable that holds your token, where tokens are asked for')
    .option('--note <text>', 'what you found and did; goes into the work notes')
    .addHelpText(
      'after',
      `
${orderCommandsTold()}

Examples:
  southbound order 5b3c...                         the order as it is
  southbound order 5b3c... create SO0000001 --as service_order_agent
  southbound order 5b3c... update access-line "downstreamSpeed=1 Gbps"
  southbound order 5b3c... complete home-router --note "Installed by the customer"
  southbound order 5b3c... close-task "Survey the site" ductFree=true
  southbound order 5b3c... revise-order 1 router=own --note "They have one"
  southbound order 5b3c... cancel-order --note "Ordered by mistake"
  southbound order 5b3c... accept-proposal access-line AP0000002`,
    )
    .action(async (id, command, about, options) => {
      process.exitCode = await order(id, command, about, options);
    });
}

function listed(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}

function portNumber(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_533)
    throw new InvalidArgumentError('Expected a port from 0 to 65533.');
  return port;
}

function wholeNumber(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 1) throw new InvalidArgumentError('Expected a whole number above 0.');
  return number;
}

function positiveNumber(text: string): number {
  const number = Number(text);
  if (!(number > 0)) throw new InvalidArgumentError('Expected a number above 0.');
  return number;
}

/** Says what went wrong and what to do, and gives the exit code. */
function reported(failure: unknown): number {
  if (failure instanceof CommanderError) return failure.exitCode === 0 ? exitCodes.ok : exitCodes.wrongUse;
  if (failure instanceof FileProblem || failure instanceof WrongUse) {
    console.error(colour('red', failure.message, process.stderr));
    return exitCodes.wrongUse;
  }
  const what =
    failure instanceof KernelFault ? 'This is a bug in southbound. To see it again:' : 'This is a bug in southbound.';
  console.error(colour('red', what, process.stderr));
  console.error(failure);
  return exitCodes.wrongUse;
}

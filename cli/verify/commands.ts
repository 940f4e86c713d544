/** The commands `verify` and `recheck`, with their options. */
import type { Command } from 'commander';
import { recheck } from './recheck.ts';

export function verifyCommands(southbound: Command): void {
  southbound
    .command('verify')
    .description(
      "Judges a vendor's TMF641 endpoint by its behaviour: sends it orders, patches, cancels and queries, and listens.",
    )
    .argument('<url>', 'where its API starts, such as http://vendor.example/tmf-api/serviceOrdering/v4')
    .option('--capabilities <file>', 'what the vendor says of it (YAML); what is left unsaid is found out by asking')
    .option('--callback-url <url>', 'where the vendor reaches the listener; needed unless it runs on this machine')
    .option('--listen <[host:]port>', 'where the listener stands; by default at the port of --callback-url, or any')
    .option(
      '--untrusted-callback-url <url>',
      'where it reaches a second one, whose certificate nobody should trust (https)',
    )
    .option(
      '--auth <scheme=NAMES>',
      'bearer=TOKEN, basic=USER:PASSWORD, apiKey=KEY, oauth2=ID:SECRET: names of variables',
    )
    .option('--callback-secret-from <NAME>', 'the variable with the secret that callbacks carry')
    .option('--only <rules>', 'judges these rules only, separated by commas; as much is sent as without')
    .option('--plan', 'says what would be sent, and sends nothing')
    .option('--seed <seed>', 'same seed, same plan; drawn anew by default')
    .option('--budget <limits>', 'orders=80,requests=2000,perSecond=50 by default; give those that should be less')
    .option('--allow-delete', 'deletes orders of its own, to see that they are gone')
    .option('--restart-command <command>', 'restarts the vendor, to see what survives; ends when that is done')
    .option('--waivers <file>', 'findings that are accepted for a while (YAML): finding, reason, until')
    .option('--out <dir>', 'writes HTML, Markdown, JSON, JUnit and SARIF reports there, and the evidence')
    .addHelpText('after', verifyHelp)
    .action(async (url, options) => {
      const { verify } = await import('./verify.ts');
      process.exitCode = await verify(url, options);
    });
  southbound
    .command('recheck')
    .description('Judges the evidence of a verification again, without a network, and notices a changed byte.')
    .argument('<bundle>', 'the file evidence.bundle that verify --out has written')
    .addHelpText(
      'after',
      `
Example:
  southbound recheck report/evidence.bundle

Exit codes: 0 every verdict is reproduced, 1 some are not (written by another version), 2 it is no bundle, or was changed.`,
    )
    .action((bundle) => {
      process.exitCode = recheck(bundle);
    });
}

const verifyHelp = `
Examples:
  southbound verify http://127.0.0.1:8621/tmf-api/serviceOrdering/v4
  southbound verify https://som.example/tmf-api/serviceOrdering/v4 --plan
  southbound verify https://som.example/tmf-api/serviceOrdering/v4 --budget orders=20,perSecond=5
  SOM_TOKEN=... southbound verify https://som.example/tmf-api/serviceOrdering/v4 \\
      --callback-url http://me.example:8090/events --auth bearer=SOM_TOKEN --out report

It is safe by default: a bounded number of orders, all with an externalId of its own, so many requests a second, no
deletions, and every subscription of its own is ended, at Ctrl-C as well. Orders that were placed stay.

A capability statement, every part of which may be left out:
  offers: { cancel: true, delete: false, filters: [externalId, state] }
  specifications: [{ id: internet-access }, { id: needs-a-visit, leadsTo: held }]
  completesWithin: PT2M
  events: { delivery: at-least-once, within: PT5S }

Exit codes: 0 pass, 1 findings, 2 could not run, 3 a MUST of what the vendor declares stayed undecided.
All of it, with examples: docs/verify.md`;

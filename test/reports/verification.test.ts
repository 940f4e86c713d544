/** Reports of a verification: complete, the same for the same record, and safe from whatever a vendor says. */
import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import type { VerificationRecord } from '../../contracts/records/verification.ts';
import { escaped } from '../../reports/markup.ts';
import { columnsOf, wrapped } from '../../reports/verification/columns.ts';
import { pointerOf, since, told } from '../../reports/verification/evidence.ts';
import { verificationHtml } from '../../reports/verification/html.ts';
import { verificationJson } from '../../reports/verification/json.ts';
import { jsonLines } from '../../reports/verification/json-lines.ts';
import { verificationJunit } from '../../reports/verification/junit.ts';
import { verificationMarkdown } from '../../reports/verification/markdown.ts';
import { messagesOf, orderTraces } from '../../reports/verification/order-traces.ts';
import { bodyMarkup } from '../../reports/verification/page/exchange.ts';
import { verificationSarif } from '../../reports/verification/sarif.ts';
import { shellLines } from '../../reports/verification/shell-lines.ts';
import { durationText, headline, restText } from '../../reports/verification/standing.ts';
import { summary } from '../../reports/verification/terminal.ts';
import { tagsOf } from '../support/tags.ts';
import { failing, hostile, passing } from './verification-record.ts';

const terminal = (record: VerificationRecord) =>
  summary(record)
    .map(({ text }) => text)
    .join('\n');

const reports = {
  html: verificationHtml,
  markdown: verificationMarkdown,
  junit: verificationJunit,
  json: verificationJson,
  sarif: verificationSarif,
  terminal,
};

/** The record with the strings of a vendor at their worst wherever one can get in. */
const attacked: VerificationRecord = {
  ...failing,
  target: `http://x.test/"><img src=x>${hostile.controls}`,
  seed: `${hostile.script}${hostile.markdown}`,
  rules: failing.rules.map((rule) => ({
    ...rule,
    theme: `${rule.theme}<"|`,
    reason: `${hostile.script}${hostile.controls}`,
  })),
  findings: failing.findings.map((finding) => ({
    ...finding,
    message: `${hostile.script}${hostile.markdown}${hostile.controls}`,
    path: `GET /"><script> 200 ${hostile.markdown}`,
    valueClass: hostile.script,
    curl: [`curl '${hostile.script.replaceAll("'", "'\\''")}' "${'x'.repeat(300)}"`],
  })),
  trace: {
    ...failing.trace,
    exchanges: failing.trace.exchanges.map((exchange) => ({
      ...exchange,
      request: {
        ...exchange.request,
        path: `${exchange.request.path}?q=${hostile.script}`,
        headers: { location: hostile.script },
      },
    })),
  },
};

describe.each(Object.entries(reports))('the %s report', (_name, report) => {
  it('is the same from the same record, and from the record read back', () => {
    expect(report(failing)).toBe(report(failing));
    expect(report(JSON.parse(JSON.stringify(failing)))).toBe(report(failing));
  });

  it('names the target, the seed, every rule and every finding', () => {
    const text = report(failing);
    // In a terminal it is enough to count the rules that are kept.
    const rules = failing.rules.filter(({ verdict }) => report !== terminal || verdict !== 'pass');
    for (const part of [failing.target, failing.seed, ...rules.map(({ id }) => id)]) expect(text).toContain(part);
    for (const { id, waiver } of failing.findings)
      expect(text.includes(id) || (report === verificationJunit && waiver !== undefined), id).toBe(true);
  });

  it('has something to say about an endpoint without a fault, and about one of which nothing is known', () => {
    expect(report(passing).length).toBeGreaterThan(100);
    const nothing = { ...passing, rules: [], offers: [], trace: { ...passing.trace, exchanges: [] } };
    expect(report({ ...nothing, verdict: 'inconclusive' })).toMatch(/inconclusive|tests="0"/i);
  });

  it('takes whatever a vendor says', () => {
    const text = report(attacked);
    for (const character of ['\u0000', '\u001b', '\u0007', '\ud800']) expect(text).not.toContain(character);
  });
});

describe('the numbers', () => {
  it('count waived, noted and unjudged rules for themselves', () => {
    expect(headline(failing)).toBe('5 of 16 judged rules are broken: 4 MUST, 1 SHOULD');
    expect(restText(failing)).toBe('9 kept, 1 waived, 1 noted, 3 inconclusive, 4 not applicable');
    expect(headline(passing)).toBe('None of 23 judged rules is broken');
  });

  it('count a rule as broken as long as one of its findings is not waived', () => {
    const [first] = failing.findings;
    const another = { ...first, id: 'answers-in-time-2', rule: 'answers-in-time' };
    const rules = failing.rules.map((rule) =>
      rule.id === 'answers-in-time' ? { ...rule, findings: [...rule.findings, another.id] } : rule,
    );
    const record = { ...failing, rules, findings: [...failing.findings, another] } as VerificationRecord; // the first finding is there
    expect(headline(record)).toContain('5 MUST');
    expect(verificationJunit(record)).toContain('failures="6"');
  });

  it('tell durations and times in few words', () => {
    expect([0, 999, 5000, 12_340, 72_340, 3_720_000].map(durationText)).toEqual([
      '0 ms',
      '999 ms',
      '5 s',
      '12.3 s',
      '1 min 12 s',
      '1 h 2 min',
    ]);
    const start = '2026-11-20T09:00:00.000Z';
    const times = [0, 61_234, 3_661_005, -20].map((gone) => since(start, Date.parse(start) + gone));
    expect(times).toEqual(['+0:00.000', '+1:01.234', '+1:01:01.005', '-0:00.020']);
  });
});

describe('what was not tried', () => {
  it('is told once for each reason by whoever tells people', () => {
    const leftOut = [
      'patches: the budget of 3 orders is spent',
      'load: nobody was there',
      'hub-slow: the budget of 3 orders is spent',
    ];
    for (const report of [terminal, verificationHtml, verificationMarkdown]) {
      const text = report({ ...failing, leftOut }).replaceAll('**', '');
      expect(text).toMatch(/Not tried.*patches, hub-slow: the budget of 3 orders is spent/);
      expect(text).toContain('load: nobody was there');
      expect(report(failing)).not.toContain('Not tried');
    }
  });
});

describe('the HTML report', () => {
  it.each([
    ['as it is', failing],
    ['without findings', passing],
    ['under attack', attacked],
  ])('is well-formed, needs nothing else, and lets nothing through: %s', (_name, record) => {
    const html = verificationHtml(record);
    const { unclosed, ids, links } = tagsOf(html);
    expect({ unclosed, repeated: ids.repeated }).toEqual({ unclosed: [], repeated: [] });
    expect(links.filter((link) => !ids.all.includes(link.slice(1)))).toEqual([]);
    expect(html).not.toMatch(/<(?:script|img|link|iframe|object)|\bsrc=(?!x)|url\(|@import/i);
    expect(html).not.toMatch(/(?:src|href)="(?!#)/);
    // Only attributes are in quotes: all others are written as references.
    expect(html.replaceAll(/"[^"]*"/g, '""')).not.toMatch(/<[^>]*\son\w+/i);
  });

  it('shows of every finding the law, the remedy, the evidence, the command and the waiver', () => {
    const html = verificationHtml(failing);
    for (const { message, path, evidence, curl, waiver, rule } of failing.findings) {
      const card =
        html.split('<article').find((each) => each.includes(`id="rule-${rule}"`) || each.includes(escaped(message))) ??
        '';
      for (const part of [message, path, ...curl, waiver?.reason ?? '', waiver?.until ?? ''])
        expect(card).toContain(escaped(part));
      for (const id of evidence) expect(card, id).toMatch(new RegExp(`id="f\\d+-${id}"|Not in the trace: ${id}`));
      expect(card).toContain(escaped(failing.rules.find(({ id }) => id === rule)?.remedy ?? 'no rule'));
    }
  });

  it('marks where in the body the breach is, and only in what the vendor said', () => {
    const marks = [...verificationHtml(failing).matchAll(/<mark>([^<]*)<\/mark>/g)].map(([, text = '']) => text.trim());
    expect(marks).toContain('&quot;state&quot;: &quot;inProgress&quot;,');
    expect(marks.every((mark) => mark.startsWith('&quot;state') || mark.startsWith('&quot;orderDate'))).toBe(true);
  });

  it('gives every rule its place in the map and in the table, with the reason where it was not judged', () => {
    const html = verificationHtml(failing);
    for (const { id, reason } of failing.rules) {
      expect(html.match(new RegExp(`href="#rule-${id}"`, 'g')), id).not.toBeNull();
      expect(html).toContain(`<tr id="rule-${id}">`);
      expect(html).toContain(escaped(reason ?? ''));
    }
  });

  it('says how much of a long body it leaves out', () => {
    expect(bodyMarkup('x'.repeat(8100))).toMatch(/x{8000}<i>… and 100 characters more<\/i>$/);
  });
});

describe('the picture of an order', () => {
  const traces = orderTraces(failing);
  const html = verificationHtml(failing);

  it('is there for each order that a finding is about', () => {
    expect(traces.map(({ order }) => order)).toEqual(['SO-1001', 'urn:so:2/"&<']);
    expect(traces.map(({ findings }) => findings.map(({ rule }) => rule))).toEqual([
      ['terminal-is-final', 'event-after-terminal', 'state-facts'],
      ['cancel-outcome', 'answers-in-time'],
    ]);
    expect(html.match(/<svg class="trace"/g)).toHaveLength(2);
  });

  it('has every evidence and all that brought news, and says how many it leaves out', () => {
    const [{ steps = [], leftOut = 0 } = {}] = traces;
    const shown = steps.flatMap((step) => (step.kind === 'exchange' ? [step.exchange] : []));
    for (const id of failing.findings[0]?.evidence ?? []) expect(shown.map((each) => each.id)).toContain(id);
    expect(steps.flatMap((step) => (step.kind === 'exchange' ? (step.state ?? []) : []))).toEqual([
      'acknowledged',
      'inProgress',
      'completed',
      'inProgress',
    ]);
    const gaps = steps.flatMap((step) => (step.kind === 'gap' ? [step.count] : []));
    expect(gaps.reduce((sum, each) => sum + each, 0)).toBe(leftOut);
    expect(leftOut).toBeGreaterThan(20);
    // In its own place: behind the answer of what was asked before.
    expect(html).toMatch(
      new RegExp(`ServiceOrderStateChangeEvent: inProgress[^\n]*\n[^\n]*${gaps[0]} exchanges left out`),
    );
    expect(html).toMatch(/\(204\)[^\n]*\n[^\n]*1 exchange left out[^\n]*\n<\/svg>/);
  });

  it('finds an order by an id that is written otherwise in a path and in JSON', () => {
    const asked = (traces[1]?.steps ?? []).flatMap((step) =>
      step.kind === 'exchange' ? told(step.exchange, failing.trace).asked : [],
    );
    expect(asked).toEqual([
      'POST /serviceOrder (1 item)',
      'POST /cancelServiceOrder',
      'CancelServiceOrderCreateEvent: accepted, to s1',
      'GET /serviceOrder/urn%3Aso%3A2%2F%22%26%3C',
      'GET /cancelServiceOrder/T-1',
      'GET /serviceOrder/urn%3Aso%3A2%2F%22%26%3C',
      'GET /serviceOrder/urn%3Aso%3A2%2F%22%26%3C',
    ]);
  });

  it('has at most forty messages, however much there is to tell', () => {
    const changes = Array.from({ length: 200 }, (_, index) => {
      const [exchange] = failing.trace.exchanges.slice(2, 3);
      return { ...exchange, id: `y${index}`, sentOrder: 1000 + index, endedOrder: 1000.5 + index };
    });
    const trace = { ...failing.trace, exchanges: [...failing.trace.exchanges, ...changes] };
    const [{ steps = [] } = {}] = orderTraces({ ...failing, trace } as VerificationRecord); // the third exchange is there
    const messages = steps.reduce((sum, step) => sum + (step.kind === 'exchange' ? messagesOf(step.exchange) : 0), 0);
    expect(messages).toBeLessThanOrEqual(40);
    expect(messages).toBeGreaterThan(35);
  });

  it('takes a list for no order in particular', () => {
    expect(traces.flatMap(({ findings }) => findings.map(({ rule }) => rule))).not.toContain('sort-order');
  });
});

describe('an exchange', () => {
  const last = failing.trace.exchanges.at(-1);
  const toned = (aim: object) => last && told({ ...last, ...aim }, failing.trace).tone;

  it('is bad news when it is an error that the verifier did not provoke', () => {
    expect(last?.outcome).toMatchObject({ status: 401 });
    expect(toned({})).toBe('plain');
    expect(toned({ aim: { experiment: 'a', step: 'b', wrong: 'no items' } })).toBe('plain');
    expect(toned({ aim: { experiment: 'a', step: 'b' } })).toBe('bad');
    expect(toned({ aim: undefined })).toBe('bad');
    expect(toned({ outcome: { kind: 'reset' } })).toBe('bad');
  });

  it.each([
    ['GET /serviceOrder/{id} 200 /state', '/state'],
    ['ServiceOrder /serviceOrderItem/*/state', '/serviceOrderItem/*/state'],
    ['EVENT ServiceOrderStateChangeEvent /event/serviceOrder/state', '/event/serviceOrder/state'],
    ['GET /serviceOrder', undefined],
    ['POST /serviceOrder location', undefined],
    ['hub', undefined],
  ])('is looked at where a finding points: %s', (path, pointer) => {
    const [finding] = failing.findings;
    expect(finding && pointerOf({ ...finding, path })).toBe(pointer);
  });

  it('is marked at the same place of a resource in an answer, a list and an event', () => {
    const resource = { id: '1', state: 'held', more: { state: 'x' } };
    const marked = (body: unknown) => bodyMarkup(JSON.stringify(body), '/state').match(/<mark>[^<]*<\/mark>/g);
    for (const body of [resource, [resource], { event: { serviceOrder: resource } }])
      expect(marked(body)?.map((each) => each.replaceAll(/\s/g, ''))).toEqual([
        '<mark>&quot;state&quot;:&quot;held&quot;,</mark>',
      ]);
  });
});

describe('JSON laid out', () => {
  const joined = (text: string) =>
    jsonLines(text)
      ?.map((line) => line.text)
      .join('\n');

  it('is what JSON.stringify writes, but for what that would lose', () => {
    const value = { a: [], b: {}, c: [1, [true, null], { 'd/e~': 'x:,[{"\\' }], f: '' };
    expect(joined(JSON.stringify(value))).toBe(JSON.stringify(value, undefined, 2));
    expect(joined('[]')).toBe('[]');
    expect(joined('"text"')).toBe('"text"');
    expect(joined('{"n":12345678901234567890,"n":1.0e2,"2":0,"1":0}')).toBe(
      '{\n  "n": 12345678901234567890,\n  "n": 1.0e2,\n  "2": 0,\n  "1": 0\n}',
    );
  });

  it('knows where each line is', () => {
    const lines = jsonLines('{"a":[{"b/c":1},{"b/c":2}],"__proto__":{"x":1}}') ?? [];
    expect(lines.map(({ pointer }) => pointer)).toEqual([
      ...['', '/a', '/a/*', '/a/*/b~1c', undefined, '/a/*', '/a/*/b~1c', undefined, undefined],
      ...['/__proto__', '/__proto__/x', undefined, undefined],
    ]);
  });

  it('is not asked of what is none, and stays small for what is nested a thousand deep', () => {
    expect(jsonLines('<html>')).toBeUndefined();
    const deep = '['.repeat(1000) + ']'.repeat(1000);
    expect(joined(deep)?.length).toBeLessThan(80_000);
    expect(joined(deep)?.replaceAll(/\s/g, '')).toBe(deep);
  });
});

describe('the JUnit report', () => {
  it('is well-formed XML, with a suite for each theme and a case for each rule', () => {
    for (const record of [failing, passing, attacked]) {
      const xml = verificationJunit(record);
      expect(tagsOf(xml.replace(/^<\?xml[^>]*>/, '')).unclosed).toEqual([]);
      expect(xml.match(/<testsuite /g)).toHaveLength(new Set(record.rules.map(({ theme }) => theme)).size);
      expect(xml.match(/<testcase /g)).toHaveLength(record.rules.length);
    }
  });

  it('counts as it shows', () => {
    const xml = verificationJunit(failing);
    expect(xml).toContain('tests="23" failures="5" errors="0" skipped="8" time="72.34">');
    expect(xml.match(/<failure /g)).toHaveLength(5);
    expect(xml.match(/<skipped /g)).toHaveLength(8);
  });

  it('fails for MUST and SHOULD, notes MAY, and skips with the reason what is waived or was not judged', () => {
    const caseOf = (rule: string) =>
      verificationJunit(failing)
        .split('<testcase ')
        .find((each) => each.startsWith(`name="${rule}"`)) ?? '';
    expect(caseOf('terminal-is-final')).toMatch(
      /<failure type="MUST" message="Order SO-1001[^>]*>[\s\S]*x37 [\s\S]*curl /,
    );
    expect(caseOf('state-facts')).toContain('<failure type="SHOULD"');
    expect(caseOf('sort-order')).not.toContain('<failure');
    expect(caseOf('sort-order')).toContain('<system-out>sort=-orderDate');
    expect(caseOf('answers-in-time')).toContain(
      `<skipped message="waived: ${escaped(failing.findings[5]?.waiver?.reason ?? '')} (until 2027-01-31)"/>`,
    );
    expect(caseOf('second-cancel')).toContain('<skipped message="inconclusive: No order was in progress');
    expect(caseOf('survives-restart')).toContain('<skipped message="not applicable: The verifier');
  });
});

/** A line without its code spans and escaped characters: what Markdown itself would look at. */
function withoutCode(line: string): string {
  let rest = line;
  let seen = '';
  while (rest !== '') {
    const [run = ''] = /^`+/.exec(rest) ?? [];
    const end = run === '' ? -1 : rest.search(new RegExp(`(?<=[^\`])${run}(?!\`)`));
    if (end > 0) rest = rest.slice(end + run.length);
    else if (rest.startsWith('\\')) rest = rest.slice(2);
    else {
      seen += rest[0];
      rest = rest.slice(1);
    }
  }
  return seen;
}

describe('the Markdown report', () => {
  it.each([
    ['as it is', failing],
    ['under attack', attacked],
  ])('keeps its tables and its fences whole: %s', (_name, record) => {
    const outside: string[] = [];
    let fence = '';
    for (const line of verificationMarkdown(record).split('\n')) {
      const [run = ''] = /^`{3,}/.exec(line) ?? [];
      if (fence === '' && run !== '') fence = run;
      else if (fence !== '' && line === fence) fence = '';
      else if (fence === '') outside.push(line);
    }
    expect(fence).toBe('');
    // Of a table every row has the columns of its head.
    const columns = (row: string) => row.replaceAll(/\\./gs, '').split('|').length;
    outside.forEach((line, index) => {
      if (line.startsWith('|') && outside[index - 1]?.startsWith('|'))
        expect(columns(line), line).toBe(columns(outside[index - 1] ?? ''));
    });
    expect(outside.filter((line) => line.startsWith('|')).length).toBe(
      record.findings.length + record.rules.length + record.offers.length + 6,
    );
    // Nothing of a vendor is a tag or a heading.
    const text = outside.map(withoutCode).join('\n');
    expect(text).not.toMatch(/<[a-z/!]/i);
    expect(text.split('\n').filter((line) => line.startsWith('# '))).toHaveLength(1);
  });

  it('has of every finding the exchanges that show it, and the command', () => {
    const sections = verificationMarkdown(failing).split('\n### ').slice(1);
    expect(sections).toHaveLength(failing.findings.length);
    failing.findings.forEach(({ evidence, curl }, index) => {
      for (const id of evidence.filter((each) => each !== 'x999')) expect(sections[index]).toContain(`${id}, +0:`);
      for (const command of curl) expect(sections[index]).toContain(command);
    });
  });
});

describe('the JSON report', () => {
  it('is the record itself', () => {
    expect(JSON.parse(verificationJson(failing))).toEqual(JSON.parse(JSON.stringify(failing)));
  });
});

describe('the terminal report', () => {
  it.each([
    ['as it is', failing],
    ['without findings', passing],
    ['under attack', attacked],
  ])('keeps to a hundred columns and to one line each: %s', (_name, record) => {
    for (const { text } of summary(record)) {
      expect(columnsOf(text), text).toBeLessThanOrEqual(100);
      expect(text).not.toMatch(/[\p{Cc}\u202e]/u);
    }
  });

  it('says without colours what is wrong, how often, why and what to do', () => {
    const text = terminal(failing);
    expect(text).toMatch(/^FAIL: 5 of 16 judged rules are broken: 4 MUST, 1 SHOULD\n/);
    for (const part of [
      '1. MUST terminal-is-final',
      '12 times, in 3 orders',
      'Likely cause finding 1, terminal-is-final-3f2a91c0',
      '6. MUST answers-in-time (waived)',
      'until 2027-01-31: Known',
      '  No order was in progress long enough to be cancelled twice:\n    second-cancel, cancel-task-life\n',
      'Not applicable (4): concurrent-create, ends-in-time, deleted-is-gone, survives-restart\n',
      '  delete       no      probed   DELETE',
    ])
      expect(text).toContain(part);
    expect(text).toMatch(/\nmessages +2 +- +1 +2 +- +-\n/);
  });

  it('tells bad news in the tone of bad news', () => {
    const tones = new Map(summary(failing).map(({ text, tone }) => [text, tone]));
    expect(tones.get('1. MUST terminal-is-final')).toBe('bad');
    expect(tones.get('6. MUST answers-in-time (waived)')).toBe('plain');
    expect(summary(passing)[0]).toEqual({ tone: 'good', text: 'PASS: None of 23 judged rules is broken' });
  });
});

describe('text for a terminal', () => {
  it('breaks at blanks, and within a word only if it has to', () => {
    expect(wrapped('one two three', 7)).toEqual(['one two', 'three']);
    expect(wrapped('abcdefghij kl', 4)).toEqual(['abcd', 'efgh', 'ij', 'kl']);
    expect(wrapped('', 4)).toEqual(['']);
    expect(wrapped('注文注文', 4)).toEqual(['注文', '注文']);
  });

  it.each([
    `curl -sS -X POST 'http://vendor.test/serviceOrder' -H 'content-type: application/json' -d '{"a":"it'\\''s","b":"\\\\n  two  blanks","c":"${'long '.repeat(60)}"}'`,
    `curl "double \\" quoted \\$HOME ${'x'.repeat(250)}" 'single \\' bare\\ blank ''`,
    `curl ${'u'.repeat(321)} 'with\na line break ${'y'.repeat(200)}'`,
    `curl -X GET \\\n  'http://vendor.test/${'z'.repeat(150)}' \\\n  -H 'accept: */*'`,
    `curl 'ends in a backslash \\' '${'v'.repeat(150)} \\' "${'w'.repeat(150)}"`,
    `curl '${"'\\''".repeat(90)}' '日本語${'語'.repeat(120)}'`,
  ])('gives the shell the same words on short lines: %s', (command) => {
    const lines = shellLines(command, 100);
    for (const line of lines) expect(columnsOf(line), line).toBeLessThanOrEqual(100);
    const words = (script: string) =>
      execFileSync('sh', ['-c', `curl() { printf '<%s>\\n' "$@"; }\n${script}`], { encoding: 'utf8' });
    expect(words(lines.join('\n'))).toBe(words(command));
  });
});

/** By hand after the official schema, sarif-schema-2.1.0.json: properties that an object may have, `!` those it must. */
const sarifShapes: { readonly [place: string]: readonly string[] } = {
  log: ['$schema', 'version!', 'runs!'],
  run: ['tool!', 'invocations', 'artifacts', 'automationDetails', 'results', 'properties'],
  driver: ['name!', 'version', 'rules'],
  rule: ['id!', 'shortDescription', 'fullDescription', 'help', 'defaultConfiguration', 'properties'],
  invocation: ['executionSuccessful!', 'startTimeUtc', 'endTimeUtc', 'toolExecutionNotifications'],
  notification: ['message!', 'level', 'associatedRule'],
  result: [
    ...['ruleId', 'ruleIndex', 'kind', 'level', 'message!', 'locations', 'relatedLocations', 'occurrenceCount'],
    ...['fingerprints', 'suppressions', 'webRequest', 'webResponse', 'properties'],
  ],
  location: ['id', 'physicalLocation', 'logicalLocations', 'message'],
  logicalLocation: ['name', 'fullyQualifiedName', 'kind'],
  suppression: ['kind!', 'status', 'justification', 'properties'],
  webRequest: ['protocol', 'target', 'method', 'headers', 'body'],
  webResponse: ['protocol', 'statusCode', 'headers', 'body', 'noResponseReceived', 'properties'],
};

function expectShape(place: string, value: object): void {
  const shape = sarifShapes[place] ?? [];
  const allowed = shape.map((name) => name.replace('!', ''));
  const names = Object.keys(value);
  expect(
    names.filter((name) => !allowed.includes(name)),
    place,
  ).toEqual([]);
  expect(
    shape.filter((name) => name.endsWith('!') && !names.includes(name.slice(0, -1))),
    place,
  ).toEqual([]);
}

describe.each([
  ['as it is', failing],
  ['without findings', passing],
  ['under attack', attacked],
])('the SARIF report %s', (_name, record) => {
  const log = JSON.parse(verificationSarif(record));
  const [run] = log.runs;

  it('has the structure that SARIF 2.1.0 demands', () => {
    expectShape('log', log);
    expect([log.version, log.runs.length]).toEqual(['2.1.0', 1]);
    expectShape('run', run);
    expectShape('driver', run.tool.driver);
    for (const rule of run.tool.driver.rules) {
      expectShape('rule', rule);
      for (const text of [rule.shortDescription, rule.fullDescription, rule.help])
        expect(typeof text.text).toBe('string');
      expect(['none', 'note', 'warning', 'error']).toContain(rule.defaultConfiguration.level);
      expect(new Set(rule.properties.tags).size).toBe(rule.properties.tags.length);
    }
    for (const invocation of run.invocations) {
      expectShape('invocation', invocation);
      expect(typeof invocation.executionSuccessful).toBe('boolean');
      for (const notification of invocation.toolExecutionNotifications) expectShape('notification', notification);
    }
  });

  it('has a result for each finding, with its rule, level, place, evidence and fingerprint', () => {
    expect(run.results).toHaveLength(record.findings.length);
    record.findings.forEach((finding, index) => {
      const result = run.results[index];
      expectShape('result', result);
      expect(run.tool.driver.rules[result.ruleIndex].id).toBe(finding.rule);
      expect(result).toMatchObject({
        ruleId: finding.rule,
        kind: 'fail',
        level: { MUST: 'error', SHOULD: 'warning', MAY: 'note' }[finding.level],
        occurrenceCount: finding.count,
        fingerprints: { 'southbound/v1': finding.id },
        properties: { evidence: finding.evidence, curl: finding.curl },
      });
      const [location] = result.locations;
      expect(location.logicalLocations[0].fullyQualifiedName).toBe(finding.path);
      expect(location.physicalLocation.artifactLocation).toEqual({ uri: 'verification.json', index: 0 });
      const shown = result.relatedLocations.map(
        (each: { logicalLocations: { name: string }[] }) => each.logicalLocations[0]?.name,
      );
      expect(shown).toEqual(finding.evidence.filter((id) => id !== 'x999'));
      for (const each of [location, ...result.relatedLocations]) expectShape('location', each);
      for (const each of [location, ...result.relatedLocations])
        expectShape('logicalLocation', each.logicalLocations[0]);
      expectShape('webRequest', result.webRequest);
      expectShape('webResponse', result.webResponse);
    });
  });

  it('suppresses what is waived, and says of all others that they are not', () => {
    record.findings.forEach(({ waiver }, index) => {
      const { suppressions } = run.results[index];
      expect(suppressions).toHaveLength(waiver === undefined ? 0 : 1);
      for (const suppression of suppressions) {
        expectShape('suppression', suppression);
        expect(suppression).toMatchObject({ kind: 'external', status: 'accepted', justification: waiver?.reason });
      }
    });
  });

  it('has no braces that stand for an argument, and no link in a message', () => {
    const messages: string[] = run.results.map((result: { message: { text: string } }) => result.message.text);
    for (const text of messages) {
      expect(text.replaceAll('{{', '').replaceAll('}}', '')).not.toMatch(/[{}]/);
      expect(text).not.toContain('](');
    }
  });
});

it('tells of each rule that is inconclusive in the invocation of the SARIF report', () => {
  const [run] = JSON.parse(verificationSarif(failing)).runs;
  const rules = run.invocations[0].toolExecutionNotifications.map(
    (each: { associatedRule: { id: string; index: number } }) => each.associatedRule,
  );
  expect(rules.map(({ id }: { id: string }) => id)).toEqual(['lost-update', 'second-cancel', 'cancel-task-life']);
  for (const { id, index } of rules) expect(run.tool.driver.rules[index].id).toBe(id);
});

/** Reports are pure texts over the record: the same record gives the same bytes, and nothing in it can break out. */
import { describe, expect, it } from 'vitest';
import type { RunRecord } from '../../contracts/records/run.ts';
import { htmlReport } from '../../reports/html.ts';
import { jsonReport } from '../../reports/json.ts';
import { junitReport } from '../../reports/junit.ts';
import { markdownReport } from '../../reports/markdown.ts';
import { escaped } from '../../reports/markup.ts';
import { sequenceDiagram } from '../../reports/sequence-diagram.ts';
import { sinceStart, storyOf } from '../../reports/story.ts';
import { runScenario } from '../../scenarios/run.ts';
import { readScenario } from '../../scenarios/scenario.ts';
import { tagsOf } from '../support/tags.ts';

const suite = 'scenarios/suites/spine';
const run = (name: string) =>
  runScenario(readScenario(`${suite}/${name}.scenario.yaml`), { seed: '1', transport: 'direct' });
const usual = await run('hierarchical-async');
const fallout = await run('silent-for-good');

const hostile: RunRecord = {
  ...fallout,
  scenario: `</title><script>alert("1")</script> & 'x' | \u0000 ]]>`,
  about: '<img src=x onerror=alert(1)>',
  file: '"><b>',
  seed: '`|<i>',
  verdict: 'failed',
  findings: [{ check: 'expectation', message: 'expected <b> & "c", got \u0001', pointer: '/then/<x>' }],
  orders: fallout.orders.map((order) => ({
    ...order,
    workNotes: [{ at: '2026-01-05T08:00:00.000Z', text: '<script>alert(2)</script>' }],
    fallouts: [{ number: 'FO1', type: '<u>', state: 'open', description: '</pre><script>' }],
  })),
};

const reports = { html: htmlReport, markdown: markdownReport, junit: junitReport, json: jsonReport };

describe.each(Object.entries(reports))('the %s report', (_name, report) => {
  it('is the same from the same run, and from the record read back', async () => {
    const again = await run('hierarchical-async');
    expect(report([again])).toBe(report([usual]));
    expect(report(JSON.parse(JSON.stringify([usual])))).toBe(report([usual]));
  });

  it('names every scenario, its verdict and its seed', () => {
    const text = report([usual, { ...fallout, seed: 'seed-of-the-other', verdict: 'failed' }]);
    for (const part of [usual.scenario, fallout.scenario, 'seed-of-the-other']) expect(text).toContain(part);
    expect(text).toContain(usual.digest.slice(0, 12));
  });
});

describe('the HTML report', () => {
  it('is well-formed, needs nothing else, and lets nothing through', () => {
    for (const runs of [[usual, fallout], [hostile]]) {
      const html = htmlReport(runs);
      expect(tagsOf(html)).toMatchObject({ unclosed: [], ids: { repeated: [] } });
      expect(html).not.toMatch(/<script|<img|<link|https?:\/\/(?!www\.w3\.org)[^<]*["'] *(src|href)/i);
      expect(html).not.toMatch(/(?:src|href)="(?!#)/);
    }
  });

  it('leads from every arrow to its messages', () => {
    const { links, ids } = tagsOf(htmlReport([usual, fallout]));
    expect(links.filter((link) => !ids.all.includes(link.slice(1)))).toEqual([]);
    expect(links.length).toBeGreaterThan(20);
  });

  it('shows the order tree with states, outbound requests and fallouts', () => {
    const html = htmlReport([usual, fallout]);
    for (const { number } of usual.orders[0]?.domainOrders ?? []) expect(html).toContain(number);
    expect(html).toContain('closed complete');
    for (const { number, description } of fallout.orders[0]?.fallouts ?? []) {
      expect(html).toContain(number);
      expect(html).toContain(escaped(description));
    }
  });
});

describe('the JUnit report', () => {
  it('is well-formed XML with a failure for each finding', () => {
    const xml = junitReport([usual, hostile]);
    expect(tagsOf(xml).unclosed).toEqual([]);
    expect(xml).toContain('<testsuites name="southbound" tests="2" failures="1">');
    expect(xml.match(/<failure /g)).toHaveLength(1);
    for (const character of '\u0000\u0001') expect(xml).not.toContain(character);
  });

  it('tells the time of the story in seconds', () => {
    const seconds = (Date.parse(usual.endedAt) - Date.parse(usual.startedAt)) / 1000;
    expect(junitReport([usual])).toContain(`time="${seconds}"`);
  });
});

describe('the Markdown report', () => {
  it('keeps its tables and its fences whole', () => {
    const markdown = markdownReport([usual, hostile]);
    const [head = '', ...rows] = markdown.split('\n').filter((line) => line.startsWith('|'));
    const columns = (row: string) => row.replaceAll('\\|', '').split('|').length;
    for (const row of rows) expect(columns(row), row).toBe(columns(head));
    expect(markdown.split('\n').filter((line) => line.startsWith('```')).length % 2).toBe(0);
  });
});

describe('the JSON report', () => {
  it('is the record itself', () => {
    expect(JSON.parse(jsonReport([usual]))).toEqual({ tool: 'southbound', runs: [JSON.parse(JSON.stringify(usual))] });
  });
});

describe('the story', () => {
  it('goes from capture to completion in the order of what happened', () => {
    const lines = storyOf(usual);
    expect(lines.map(({ at }) => at)).toEqual(lines.map(({ at }) => at).toSorted((one, other) => one - other));
    const said = lines.map(({ text }) => text);
    const milestones = [
      'ORD0000001 captured',
      'ORD0000001 approved',
      '4 outbound requests made',
      'om -> som POST serviceOrder (4 items)',
      'som answers om 201: acknowledged',
      'FO0000001 to FO0000004 pending',
      'FO0000002 fulfilled',
      'ORD0000001 completed',
    ];
    const places = milestones.map((milestone) => said.findIndex((text) => text.startsWith(milestone)));
    expect(places, said.join('\n')).toEqual(places.toSorted((one, other) => one - other));
    expect(places).not.toContain(-1);
  });

  it('tells silence and fallout as bad news', () => {
    const bad = storyOf(fallout).filter(({ tone }) => tone === 'bad');
    expect(bad.map(({ text }) => text).join('\n')).toMatch(/som did not answer in time.*\n[\s\S]*Fallout FO\d{7} open/);
  });

  it('counts time from the start', () => {
    expect([0, 999, 3_661_000, 90_061_000].map((at) => sinceStart(at, 0))).toEqual([
      '+00:00:00',
      '+00:00:00',
      '+01:01:01',
      '+1d 01:01:01',
    ]);
  });
});

describe('the sequence diagram', () => {
  it('draws a line for every party and two arrows for every exchange', () => {
    const svg = sequenceDiagram(usual, (id) => id);
    const exchanges = usual.journal.filter(({ kind }) => kind === 'exchange').length;
    expect(svg.match(/class="life"/g)).toHaveLength(usual.parties.length);
    expect(svg.match(/<g class="arrow/g)).toHaveLength(2 * exchanges);
    expect(tagsOf(svg).unclosed).toEqual([]);
  });
});

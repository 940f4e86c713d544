/** The exchanges of a run as a sequence diagram, drawn as SVG: who asked whom what, when, and what came of it. */
import type { ExchangeRecord } from '../contracts/records/exchange.ts';
import type { RunRecord, StepRecord } from '../contracts/records/run.ts';
import type { WeatherRecord } from '../contracts/records/weather.ts';
import { escaped } from './markup.ts';
import { linesOf, sinceStart, storyOfAnswer, storyOfRequest } from './story.ts';

/** One horizontal line of the diagram, placed by the order of what happened. */
type Row =
  | {
      readonly order: number;
      readonly at: number;
      readonly kind: 'asked' | 'answered';
      readonly exchange: ExchangeRecord;
    }
  | { readonly order: number; readonly at: number; readonly kind: 'note'; readonly texts: readonly string[] };

const layout = { left: 120, width: 800, leastBetween: 215, top: 56, row: 30, noteLine: 17, noteWidth: 380 } as const;

const titles: { readonly [party: string]: string } = {
  crm: 'CRM',
  om: 'Order management',
  som: 'SOM',
  tom: 'TOM',
  flowone: 'FlowOne',
};

/** @param anchor turns the id of an exchange into the id of the place in the page where its messages are. */
export function sequenceDiagram(run: RunRecord, anchor: (exchangeId: string) => string): string {
  const rows = rowsOf(run);
  const start = Date.parse(run.startedAt);
  // As wide as a page, with however many parties; but never so narrow that labels run into each other.
  const between = Math.max(layout.leastBetween, layout.width / Math.max(1, run.parties.length - 1));
  const columns = new Map(run.parties.map((party, index) => [party, layout.left + 60 + index * between]));
  const drawn: string[] = [];
  let y = layout.top;
  let shownTime = '';
  for (const row of rows) {
    const time = sinceStart(row.at, start);
    if (time !== shownTime) drawn.push(`<text class="time" x="8" y="${y + 4}">${time}</text>`);
    shownTime = time;
    drawn.push(
      row.kind === 'note' ? note(row.texts, columns.get('om') ?? layout.left, y) : arrow(row, columns, y, anchor),
    );
    y += row.kind === 'note' ? row.texts.length * layout.noteLine + 14 : layout.row;
  }
  const width = layout.left + 120 + (run.parties.length - 1) * between;
  const lifelines = run.parties.map((party) => lifeline(titles[party] ?? party, columns.get(party) ?? 0, y));
  const label = `Sequence of ${rows.length} steps between ${run.parties.map((party) => titles[party] ?? party).join(', ')}`;
  return `<svg class="sequence" role="img" aria-label="${escaped(label)}" viewBox="0 0 ${width} ${y + 10}" width="${width}" height="${y + 10}">
${lifelines.join('\n')}
${drawn.join('\n')}
</svg>`;
}

function rowsOf(run: RunRecord): Row[] {
  const rows = run.journal.flatMap((record): Row[] =>
    record.kind === 'exchange'
      ? [
          { order: record.sentOrder, at: record.sentAt, kind: 'asked', exchange: record },
          { order: record.endedOrder, at: record.endedAt, kind: 'answered', exchange: record },
        ]
      : noteRow(record),
  );
  return rows.toSorted((one, other) => one.order - other.order);
}

function noteRow(record: StepRecord | WeatherRecord): Row[] {
  const texts = linesOf(record).map(({ text }) => text);
  return texts.length === 0 ? [] : [{ order: record.order, at: record.at, kind: 'note', texts }];
}

function lifeline(title: string, x: number, bottom: number): string {
  return `<text class="party" x="${x}" y="22">${escaped(title)}</text><line class="life" x1="${x}" y1="32" x2="${x}" y2="${bottom}"/>`;
}

function arrow(
  { kind, exchange }: Extract<Row, { kind: 'asked' | 'answered' }>,
  columns: ReadonlyMap<string, number>,
  y: number,
  anchor: (exchangeId: string) => string,
): string {
  const asked = kind === 'asked';
  const from = columns.get(asked ? exchange.from : exchange.to) ?? layout.left;
  const to = columns.get(asked ? exchange.to : exchange.from) ?? layout.left;
  const bad = !asked && storyOfAnswer(exchange)?.tone === 'bad';
  const label = asked ? storyOfRequest(exchange).text.replace(/^\S+ -> \S+ /, '') : answerLabel(exchange);
  const head =
    to > from
      ? `${to - 9},${y - 4} ${to - 1},${y} ${to - 9},${y + 4}`
      : `${to + 9},${y - 4} ${to + 1},${y} ${to + 9},${y + 4}`;
  const line = `<line class="${asked ? 'asked' : 'answered'}" x1="${from}" y1="${y}" x2="${to}" y2="${y}"/><polygon points="${head}"/>`;
  const words = `<text class="label" x="${(from + to) / 2}" y="${y - 6}">${escaped(shortened(label))}</text>`;
  return `<a href="#${anchor(exchange.id)}"><g class="${bad ? 'arrow bad' : 'arrow'}">${line}${words}</g></a>`;
}

function answerLabel({ outcome, to }: ExchangeRecord): string {
  if (!('status' in outcome)) return `${outcome.kind} (${to} gave no answer)`;
  const state = /"state":"(\w+)"/.exec(outcome.body?.text ?? '')?.[1];
  const reason = /"reason":"([^"]+)"/.exec(outcome.body?.text ?? '')?.[1];
  const detail = outcome.status >= 400 ? reason : state;
  return `${outcome.status}${detail === undefined ? '' : ` ${detail}`}`;
}

function note(texts: readonly string[], x: number, y: number): string {
  const height = texts.length * layout.noteLine + 6;
  const box = `<rect class="note" x="${x - layout.noteWidth / 2}" y="${y - 14}" width="${layout.noteWidth}" height="${height}" rx="4"/>`;
  const lines = texts.map(
    (text, index) =>
      `<text class="remark" x="${x}" y="${y + index * layout.noteLine}"><title>${escaped(text)}</title>${escaped(shortened(text))}</text>`,
  );
  return `${box}${lines.join('')}`;
}

/** What fits between two lifelines. */
function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

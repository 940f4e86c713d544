/** What was said about one order as a sequence diagram, with the order's state as it was heard beside it. */
import type { TracedExchange } from '../../../contracts/records/trace.ts';
import type { VerificationRecord } from '../../../contracts/records/verification.ts';
import { escaped } from '../../markup.ts';
import { plural } from '../../story.ts';
import { since, told } from '../evidence.ts';
import { messagesOf, type OrderTrace } from '../order-traces.ts';
import { numberOf } from '../standing.ts';

/** One horizontal line, placed by the order of what happened. */
type Row =
  | {
      readonly order: number;
      readonly kind: 'asked' | 'answered';
      readonly exchange: TracedExchange;
      readonly state?: string;
    }
  | { readonly order: number; readonly kind: 'gap'; readonly count: number };

const layout = { width: 1060, top: 52, row: 31, time: 10, mark: 108, verifier: 160, vendor: 760, state: 800 } as const;

/** @param anchor turns the id of an exchange into the id of the place in the page where its messages are. */
export function traceDiagram(
  record: VerificationRecord,
  orderTrace: OrderTrace,
  anchor: (exchangeId: string) => string,
): string {
  const rows = rowsOf(orderTrace);
  const placed = rows.map((row, index) => ({ row, y: layout.top + 12 + index * layout.row }));
  const bottom = layout.top + 12 + rows.length * layout.row;
  const marks = marksOf(record, orderTrace);
  const label = `What verifier and vendor said about order ${orderTrace.order}, in ${rows.length} steps`;
  return `<svg class="trace" role="img" aria-label="${escaped(label)}" viewBox="0 0 ${layout.width} ${bottom + 8}" width="${layout.width}" height="${bottom + 8}">
<text class="party" x="${layout.verifier}" y="24">verifier</text><text class="party" x="${layout.vendor}" y="24">vendor</text><text class="heard" x="${layout.state}" y="24">state, as heard</text>
<line class="life" x1="${layout.verifier}" y1="34" x2="${layout.verifier}" y2="${bottom}"/><line class="life" x1="${layout.vendor}" y1="34" x2="${layout.vendor}" y2="${bottom}"/>
${placed.map(({ row, y }) => band(row, y, marks)).join('')}
${states(placed, bottom)}
${placed.map(({ row, y }, index) => rowMarkup(record, row, y, timeShown(record, rows, index), anchor, marks)).join('\n')}
</svg>`;
}

function rowsOf({ steps }: OrderTrace): Row[] {
  const rows = steps.flatMap((step): Row[] => {
    if (step.kind === 'gap') return [step];
    const { exchange, state } = step;
    // An event says the state as it is sent, an answer as it comes.
    const heard = state === undefined ? {} : { state };
    const told = exchange.from === 'vendor';
    const asked: Row = { order: exchange.sentOrder, kind: 'asked', exchange, ...(told ? heard : {}) };
    const answered: Row = { order: exchange.endedOrder, kind: 'answered', exchange, ...(told ? {} : heard) };
    return messagesOf(exchange) === 1 ? [asked] : [asked, answered];
  });
  return rows.toSorted((one, other) => one.order - other.order);
}

/** By exchange the numbers of the findings that it shows. */
function marksOf(record: VerificationRecord, { findings }: OrderTrace): Map<string, number[]> {
  const marks = new Map<string, number[]>();
  for (const { id, evidence } of findings)
    for (const exchange of evidence) marks.set(exchange, [...(marks.get(exchange) ?? []), numberOf(record, id)]);
  return marks;
}

function timeShown({ startedAt }: VerificationRecord, rows: readonly Row[], index: number): string {
  const time = (row: Row | undefined) =>
    row === undefined || row.kind === 'gap'
      ? ''
      : since(startedAt, row.kind === 'asked' ? row.exchange.sentAt : row.exchange.endedAt);
  const here = time(rows[index]);
  return here === time(rows[index - 1]) ? '' : here;
}

function rowMarkup(
  record: VerificationRecord,
  row: Row,
  y: number,
  time: string,
  anchor: (exchangeId: string) => string,
  marks: ReadonlyMap<string, readonly number[]>,
): string {
  const middle = (layout.verifier + layout.vendor) / 2;
  if (row.kind === 'gap')
    return `<text class="gap" x="${middle}" y="${y}">${plural(row.count, 'exchange')} left out</text>`;
  const { exchange, kind } = row;
  const asked = kind === 'asked';
  const { tone, asked: request, answered } = told(exchange, record.trace);
  const fromVerifier = (exchange.from === 'verifier') === asked;
  const [from, to] = fromVerifier ? [layout.verifier, layout.vendor] : [layout.vendor, layout.verifier];
  const tip = fromVerifier ? to - 2 : to + 2;
  const back = fromVerifier ? tip - 9 : tip + 9;
  const shown = marks.get(exchange.id) ?? [];
  const classes = ['arrow', ...(tone === 'bad' && !asked ? ['bad'] : []), ...(shown.length > 0 ? ['shown'] : [])];
  const label = asked ? `${request}${messagesOf(exchange) === 1 ? `  (${answered})` : ''}` : answered;
  return `${time === '' ? '' : `<text class="time" x="${layout.time}" y="${y + 4}">${time}</text>`}${asked ? marksMarkup(shown, y) : ''}<a href="#${escaped(anchor(exchange.id))}"><g class="${classes.join(' ')}"><title>${escaped(label)}</title><line class="${kind}" x1="${from}" y1="${y}" x2="${to}" y2="${y}"/><polygon points="${back},${y - 4} ${tip},${y} ${back},${y + 4}"/><text class="label" x="${middle}" y="${y - 6}">${escaped(shortened(label, 84))}</text></g></a>`;
}

/** Behind what shows a finding, and behind everything else. */
function band(row: Row, y: number, marks: ReadonlyMap<string, readonly number[]>): string {
  if (row.kind === 'gap' || !marks.has(row.exchange.id)) return '';
  return `<rect class="band" x="${layout.mark - 20}" y="${y - 20}" width="${layout.vendor - layout.mark + 30}" height="${layout.row}"/>`;
}

/** More than three numbers do not fit beside the lifeline; the last then stands for all further ones. */
function marksMarkup(numbers: readonly number[], y: number): string {
  if (numbers.length === 0) return '';
  const text = numbers.length > 3 ? `${numbers.slice(0, 2).join(' ')} +${numbers.length - 2}` : numbers.join(' ');
  return `<a href="#finding-${numbers[0]}"><rect class="mark" x="${layout.mark - 14}" y="${y - 9}" width="${18 + 8 * (text.length - 1)}" height="18" rx="9"/><text class="number" x="${layout.mark - 5 + 4 * (text.length - 1)}" y="${y + 4}">${text}</text></a>`;
}

/** A band along the vendor's lifeline for each state, from where it was heard to where the next one was. */
function states(placed: readonly { readonly row: Row; readonly y: number }[], bottom: number): string {
  const changes = placed.flatMap(({ row, y }) =>
    row.kind !== 'gap' && row.state !== undefined ? [{ state: row.state, y }] : [],
  );
  return changes
    .map(({ state, y }, index) => {
      const end = changes[index + 1]?.y ?? bottom;
      const text = shortened(state, 24);
      return `<g class="state ${toneOf(state)}"><rect class="stretch" x="${layout.vendor - 3}" y="${y}" width="6" height="${end - y}"/><rect class="pill" x="${layout.state}" y="${y - 12}" width="${text.length * 8.2 + 22}" height="22" rx="11"/><text x="${layout.state + 10}" y="${y + 4}">${escaped(text)}</text></g>`;
    })
    .join('\n');
}

function toneOf(state: string): string {
  if (state === 'completed') return 'good';
  return ['rejected', 'failed', 'partial', 'cancelled'].includes(state) ? 'bad' : 'plain';
}

function shortened(text: string, most: number): string {
  const characters = [...text];
  return characters.length > most ? `${characters.slice(0, most - 1).join('')}…` : text;
}

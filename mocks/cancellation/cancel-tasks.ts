/** The way to cancel of TMF's ordering APIs: a task about an order, which it takes to its end, and which is told of as orders are. */
import { checkOf } from '../../contracts/profile/contract.ts';
import { pageOfList, selectFields } from '../../contracts/profile/tmf630.ts';
import { inOnePiece, textOfInstant } from '../../contracts/schemas/text.ts';
import { errorAnswer, errorOfFindings, errorOfPaging } from '../../contracts/schemas/tmf-error.ts';
import type { Answer } from '../../exchange/endpoint.ts';
import { jsonResponse } from '../../exchange/message.ts';
import type { Route, RoutedRequest } from '../../exchange/router.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import { refusal, reply } from '../answers.ts';
import type { Dialect } from '../dialects/dialect.ts';
import { scriptedResponse } from '../response.ts';
import type { ScriptedAnswer } from '../script/answer.ts';
import type { OrderLife } from '../som-life.ts';
import { hasEnded } from '../som-order.ts';
import type { Teller } from '../som-telling.ts';

/** How long a usual answer takes, and how long after it was asked the task is announced, begins, and is done. */
const answerMs = 100;
const steps = { announce: 150, begin: 500, end: 1_000 } as const;

type Step = keyof typeof steps;

interface CancelTask {
  readonly id: string;
  readonly orderId: string;
  readonly state: 'accepted' | 'acknowledged' | 'inProgress' | 'done';
  readonly reason?: string;
  readonly endedAt?: number;
}

/** A request for a task; the order it is about stands under the name of its resource. */
interface AskedTask {
  readonly cancellationReason?: string;
  readonly [resource: string]: unknown;
}

export interface CancelTaskParts {
  readonly kernel: Kernel;
  readonly name: string;
  readonly life: OrderLife;
  readonly teller: Teller;
  /** Where the API is. */
  readonly baseUrl: string;
  /** One that has such tasks. */
  readonly dialect: Dialect & Required<Pick<Dialect, 'cancelTask'>>;
  /** What the script has for a cancellation. */
  answer(): ScriptedAnswer;
}

export class CancelTasks {
  readonly #parts: CancelTaskParts;
  readonly #tasks = new Map<string, CancelTask>();
  readonly #address: string;

  constructor(parts: CancelTaskParts) {
    this.#parts = parts;
    this.#address = `mock.${parts.name}.cancelTask`;
    parts.kernel.handle(this.#address, ({ data }) => {
      const { task, step } = data as { task: string; step: Step }; // from `#create`
      this.#take(task, step);
    });
  }

  get routes(): Route<Answer>[] {
    const path = this.#path;
    return [
      { method: 'POST', path, handle: (request) => this.#create(request) },
      { method: 'GET', path, handle: (request) => this.#list(request) },
      { method: 'GET', path: `${path}/{id}`, handle: (request) => this.#retrieve(request) },
    ];
  }

  get #path(): string {
    const { dialect } = this.#parts;
    return `${dialect.basePath}${dialect.cancelTask.path}`;
  }

  /** What its contract calls a task. */
  get #type(): string {
    return `Cancel${this.#parts.dialect.resource}`;
  }

  /** Every task is gone, with all that was still to happen to it. */
  forget(): void {
    for (const id of this.#tasks.keys()) {
      for (const step of Object.keys(steps)) this.#parts.kernel.cancel(`${this.#address}/${id}/${step}`);
    }
    this.#tasks.clear();
  }

  #create({ body }: RoutedRequest): Answer {
    const { kernel, life, answer, dialect } = this.#parts;
    const type = this.#type;
    if (body === undefined) return refusal(errorAnswer(400, '21', 'Missing body', `Send a ${type}`));
    const findings = checkOf(dialect.api, 'conformance', `${type}_Create`)(body.json);
    if (findings.length > 0) return refusal(errorOfFindings(findings));
    const { cancellationReason: reason, ...asked } = body.json as AskedTask; // as just checked
    const orderId = (asked[uncapitalized(dialect.resource)] as { readonly id: string }).id; // likewise
    const unfit = this.#unfit(orderId);
    if (unfit !== undefined) return unfit;
    const scripted = answer();
    if (scripted.kind !== 'accept') return scriptedResponse(scripted, answerMs, this.#path);
    const id = inOnePiece('cancel-', orderId);
    const task: CancelTask = {
      id,
      orderId,
      state: dialect.cancelTask.first,
      ...(reason === undefined ? {} : { reason }),
    };
    this.#tasks.set(id, task);
    life.halt(orderId);
    for (const [step, afterMs] of Object.entries(steps)) {
      const item = { id: `${this.#address}/${id}/${step}`, to: this.#address, data: { task: id, step } };
      kernel.schedule({ ...item, due: kernel.now() + afterMs });
    }
    const location = `${this.#parts.baseUrl}${dialect.cancelTask.path}/${id}`;
    return reply(jsonResponse(201, this.#shown(task), { location }), answerMs);
  }

  #unfit(orderId: string): Answer | undefined {
    const { life, dialect } = this.#parts;
    const order = life.orders.get(orderId);
    if (order === undefined) {
      const message = `There is no ${dialect.resource} ${orderId}`;
      const datapath = `/${uncapitalized(dialect.resource)}/id`;
      return refusal(errorAnswer(400, '24', 'Invalid body field', message, [{ message, datapath }]));
    }
    if (hasEnded(order)) {
      return refusal(
        errorAnswer(409, '62', 'Order has ended', `${dialect.resource} ${orderId} is ${order.state} already`),
      );
    }
    const known = this.#tasks.get(inOnePiece('cancel-', orderId));
    if (known === undefined) return undefined;
    return refusal(errorAnswer(409, '62', 'Order is being cancelled', `${known.id} is ${known.state}`));
  }

  #take(id: string, step: Step): void {
    const task = this.#tasks.get(id);
    if (task === undefined) return;
    const { life, kernel } = this.#parts;
    const { orderId, reason } = task;
    if (step === 'announce') {
      this.#tell(task, 'Create');
    } else if (step === 'begin') {
      this.#change({ ...task, state: 'inProgress' });
      life.cancelBy(orderId, 'assessingCancellation', reason);
    } else {
      life.cancelBy(orderId, 'pendingCancellation', reason);
      life.cancelBy(orderId, 'cancelled', reason);
      this.#change({ ...task, state: 'done', endedAt: kernel.now() });
    }
  }

  #change(task: CancelTask): void {
    this.#tasks.set(task.id, task);
    this.#tell(task, 'StateChange');
  }

  #tell(task: CancelTask, kind: 'Create' | 'StateChange'): void {
    const { teller, life } = this.#parts;
    const telling = life.orders.get(task.orderId)?.course.telling;
    if (telling?.tell !== 'event') return;
    const type = this.#type;
    const path = `/listener/${uncapitalized(type)}${kind}Event`;
    teller.publish(path, inOnePiece(type, kind, 'Event'), { [uncapitalized(type)]: this.#shown(task) });
  }

  #shown({ id, orderId, state, reason, endedAt }: CancelTask): object {
    const { baseUrl, dialect } = this.#parts;
    return {
      id,
      href: inOnePiece(baseUrl, dialect.cancelTask.path, '/', id),
      [uncapitalized(dialect.resource)]: { id: orderId, '@referredType': dialect.resource },
      state,
      ...(reason === undefined ? {} : { cancellationReason: reason }),
      ...(endedAt === undefined ? {} : { effectiveCancellationDate: textOfInstant(endedAt) }),
      '@type': this.#type,
    };
  }

  #retrieve({ params, query }: RoutedRequest): Answer {
    const task = this.#tasks.get(params.id ?? '');
    if (task === undefined) {
      return refusal(errorAnswer(404, '60', 'Resource not found', `No ${this.#type} ${params.id}`));
    }
    return reply(jsonResponse(200, selectFields(this.#shown(task), query.fields)));
  }

  #list({ query }: RoutedRequest): Answer {
    const page = pageOfList(
      [...this.#tasks.values()].map((task) => this.#shown(task)),
      query,
    );
    return page === undefined ? refusal(errorOfPaging()) : reply(jsonResponse(page.status, page.body, page.headers));
  }
}

function uncapitalized(name: string): string {
  return `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
}

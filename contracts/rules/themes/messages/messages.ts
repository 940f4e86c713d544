/** Rules on every single answer: that it comes, its status, its media type, and the body of an error. */
import { checkOf } from '../../../profile/contract.ts';
import { findingText } from '../../../schemas/finding.ts';
import { durationMsOfText } from '../../../schemas/text.ts';
import { breach, inapplicable, kept, type Rule } from '../../rule.ts';
import { isObject, objectOf } from '../../view/json.ts';
import { answerHeader, outcomeText, type Seen } from '../../view/seen.ts';
import { answersOf, bodyText, findingsOn } from './bodies.ts';

export const answersInTime: Rule = {
  id: 'answers-in-time',
  level: 'MUST',
  title: 'Every request is answered, completely and within the time limit.',
  clause: 'TMF630, request and response; the time limit of the capability statement, or 10 s',
  remedy: 'Answer every request; what takes long is answered at once, and goes on behind it.',
  *check({ asked, statement }) {
    for (const seen of asked) {
      const { kind } = seen.exchange.outcome;
      const { wrong } = seen.exchange.aim ?? {};
      // A restart is the one time at which nobody has to answer, and hostile bodies have a rule of their own.
      if (seen.exchange.aim?.experiment === 'restart' || seen.exchange.aim?.experiment === 'hostile') continue;
      if (isReference(seen)) continue;
      if (kind === 'answered') {
        yield kept;
        continue;
      }
      if (kind === 'malformed') continue;
      const limit = statement.answersWithin ?? 'the time limit';
      yield breach({
        path: seen.place,
        valueClass: kind,
        message: `${seen.place}${wrong === undefined ? '' : ` (${wrong})`}: ${kind === 'timeout' ? `no answer within ${limit}` : outcomeText(seen)}`,
        evidence: [seen],
      });
    }
  },
};

/** It may lead anywhere, and where it leads is a rule of its own. */
function isReference({ exchange }: Seen): boolean {
  return /^(?:href|location)/.test(exchange.aim?.step ?? '');
}

export const answersAsDeclared: Rule = {
  id: 'answers-as-declared',
  level: 'SHOULD',
  after: ['listener-isolation', 'holds-under-load'],
  title: 'Answers keep the time that the vendor declares.',
  clause: 'the capability statement, answersWithin',
  remedy: 'Answer sooner, or declare what can be kept.',
  *check({ asked, statement }) {
    const { answersWithin } = statement;
    if (answersWithin === undefined) {
      yield inapplicable('no answersWithin is declared');
      return;
    }
    const limitMs = durationMsOfText(answersWithin);
    for (const seen of asked) {
      if (seen.status === undefined) continue;
      const tookMs = seen.exchange.endedAt - seen.exchange.sentAt;
      if (tookMs <= limitMs) yield kept;
      else {
        const message = `${seen.place} took ${tookMs} ms, and ${answersWithin} is declared`;
        yield breach({ path: seen.place, valueClass: 'too slow', message, evidence: [seen] });
      }
    }
  },
};

export const statusDocumented: Rule = {
  id: 'status-documented',
  level: 'MUST',
  title: 'Every answer has a status that the operation declares, or that TMF630 adds.',
  clause: 'TMF641 v4.1 operations; TMF630 status codes (206 for a page, 202, client errors)',
  remedy: 'Answer with the status that the operation declares.',
  *check(view) {
    for (const seen of answersOf(view)) {
      const [undeclared] = findingsOn(seen, 'official-lenient').filter(({ rule }) => rule === 'status-declared');
      if (undeclared === undefined || isDeferred(seen)) yield kept;
      else {
        const message = `${seen.place} was answered ${seen.status}; ${undeclared.expected}`;
        yield breach({ path: seen.place, valueClass: String(seen.status), message, evidence: [seen] });
      }
    }
  },
};

/** TMF630's monitor pattern, and a deletion that goes on. */
function isDeferred({ status, operation }: Seen): boolean {
  const mayWait = ['createServiceOrder', 'createCancelServiceOrder', 'patchServiceOrder', 'deleteServiceOrder'];
  return status === 202 && operation !== undefined && mayWait.includes(operation);
}

export const mediaType: Rule = {
  id: 'media-type',
  level: 'MUST',
  title: 'A body is JSON, and says so.',
  clause: 'TMF641 v4.1, produces application/json;charset=utf-8; TMF630, content type of responses',
  remedy: 'Send Content-Type: application/json;charset=utf-8 with every body, errors included.',
  *check(view) {
    for (const seen of view.asked) {
      if (seen.status === undefined || bodyText(seen) === '') continue;
      const type = answerHeader(seen, 'content-type') ?? '';
      if (/^application\/json\b/i.test(type) && seen.exchange.outcome.kind === 'answered') yield kept;
      // What is no operation at all may be answered by whatever stands in front of the API.
      else if (seen.operation === undefined || seen.exchange.aim?.wrong !== undefined) yield kept;
      else {
        const isBroken = seen.exchange.outcome.kind === 'malformed';
        const message = isBroken
          ? `${seen.place}: the body says that it is ${type}, and is not`
          : `${seen.place}: a body of type "${type}"`;
        const valueClass = isBroken ? 'not JSON' : type.split(';')[0]?.trim() || 'missing';
        yield breach({ path: `${seen.place} content-type`, valueClass, message, evidence: [seen] });
      }
    }
  },
};

export const errorBody: Rule = {
  id: 'error-body',
  level: 'MUST',
  title: 'Every error has a TMF Error body, and says the status that it has.',
  clause: 'TMF630 error representation; TMF641 v4.1 Error: code and reason are required',
  remedy: 'Answer errors with {code, reason, message, status}, from gateways and frameworks too.',
  *check(view) {
    const check = checkOf('TMF641', 'official-lenient', 'Error');
    for (const seen of answersOf(view)) {
      if (seen.status === undefined || seen.status < 400) continue;
      const found = isObject(seen.got) ? check(seen.got) : [];
      const said = objectOf(seen.got).status;
      if (!isObject(seen.got)) {
        const message = `${seen.place} answered ${seen.status} without an Error body`;
        yield breach({
          path: `${seen.status >= 500 ? '5xx' : '4xx'} body`,
          valueClass: 'no Error',
          message,
          evidence: [seen],
        });
      } else if (found.length > 0) {
        const [first] = found;
        const message = `${seen.place} answered ${seen.status}: ${found.map(findingText).join('; ')}`;
        const valueClass = first?.got === 'nothing' ? 'missing' : 'wrong type';
        yield breach({ path: `error body ${first?.pointer}`, valueClass, message, evidence: [seen] });
      } else if (said !== undefined && !String(said).startsWith(String(seen.status))) {
        const message = `${seen.place} answered ${seen.status}, and its body says status ${said}`;
        yield breach({ path: 'error body /status', valueClass: 'another status', message, evidence: [seen] });
      } else yield kept;
    }
  },
};

/** The policies in force: read, and replaced while everything runs. Steps that were taken keep the edition they had. */
import type { PoliciesInForce } from '../../contracts/schemas/southbound-api.generated.ts';
import { errorOfFindings } from '../../contracts/schemas/tmf-error.ts';
import { type HttpResponse, jsonResponse } from '../../exchange/message.ts';
import type { RoutedRequest } from '../../exchange/router.ts';
import { refusal } from '../model/refusals.ts';
import { mayDo, rolesFor } from '../model/roles.ts';
import type { Editions } from '../shell/editions.ts';
import { readPolicies, renderPolicies, targetsOf } from '../wire/policies-file.ts';
import { errorOfRefusal } from '../wire/tmf-error.ts';
import { errorResponse, type Route } from './answers.ts';
import { operationsBase } from './operations.ts';
import { rolesOf } from './roles.ts';

export function policyRoutes(parts: {
  editions: Editions;
  /** The names of those that can be sent to. */
  targets: readonly string[];
  nobodyMay: 'everything' | 'nothing';
}): Route[] {
  const { editions, targets, nobodyMay } = parts;
  const path = `${operationsBase}/policies`;
  return [
    { method: 'GET', path, handle: () => inForce() },
    { method: 'PUT', path, handle: replace },
  ];

  async function replace(request: RoutedRequest): Promise<HttpResponse> {
    if (!mayDo('Configure', rolesOf(request, nobodyMay))) {
      const values = { command: 'Configuring', roles: rolesFor.Configure.join(', ') };
      return errorResponse(errorOfRefusal(refusal('roleMissing', values)));
    }
    const read = readPolicies(request.body?.json);
    if (!read.ok) return errorResponse(errorOfFindings(read.findings));
    const strange = targetsOf(read.content).filter((name) => !targets.includes(name));
    if (strange.length > 0) {
      const expected = `targets that there are: ${targets.join(', ') || 'none'}`;
      const finding = { pointer: '', rule: 'known-target', expected, got: strange.join(', ') };
      return errorResponse(errorOfFindings([finding]));
    }
    await editions.usePolicies(read.content);
    return inForce();
  }

  function inForce(): HttpResponse {
    const { policies, versions } = editions.current();
    const body = { version: versions.policies, policies: { ...renderPolicies(policies) } };
    return jsonResponse(200, body satisfies PoliciesInForce);
  }
}

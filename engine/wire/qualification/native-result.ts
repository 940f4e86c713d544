/** The processResult callback of the native interface: an inventory system tells what it has found, item by item. */
import type {
  ProcessResult,
  ProcessResultItem,
} from '../../../contracts/schemas/servicenow-qualification.generated.ts';
import type { QualificationReport } from '../../model/qualification/result.ts';
import { type Refusal, refusal } from '../../model/refusals.ts';
import { type Fields, firstIn, isMissing, isObject, without } from './native-fields.ts';
import { proposalOf, reasonOf } from './tmf645-v4-south.ts';

export const processResultPath = '/checkServiceQualification/processResult';

/** @param body valid against ProcessResult under `official-lenient`, and nothing wrong with it. */
export function readProcessResult({ serviceQualificationItem }: ProcessResult): QualificationReport[] {
  return serviceQualificationItem.map(reportOf);
}

function reportOf(item: ProcessResultItem): QualificationReport {
  const { id, qualificationResult, eligibilityUnavailabilityReason, alternateServiceProposal } = item;
  return {
    serviceOrder: id,
    result: qualificationResult,
    reasons: (eligibilityUnavailabilityReason ?? []).flatMap(reasonOf),
    proposals: (alternateServiceProposal ?? []).map(({ alternateService, alternateServiceAvailabilityDate: date }) => {
      const { serviceSpecification, serviceCharacteristic = [] } = alternateService ?? {};
      return proposalOf({
        ...(date === undefined ? {} : { alternateServiceAvailabilityDate: date }),
        alternateService: {
          ...(serviceSpecification === undefined ? {} : { serviceSpecification }),
          serviceCharacteristic: serviceCharacteristic.map((each) => ({ ...each, value: each.value ?? null })),
        },
      });
    }),
  };
}

const results = ['alternate', 'pending', 'qualified', 'unqualified'];

/** The first thing that is wrong with a report, in the published words. */
export function wrongWithProcessResult(body: unknown): Refusal | undefined {
  if (body === undefined) return refusal('nativeBodyMissing');
  if (!isObject(body)) return undefined;
  if (Object.keys(body).length === 0) return refusal('nativeBodyEmpty');
  const { serviceQualificationItem: items } = body;
  if (isMissing(items)) return refusal('qualificationItemsMissing', {}, '/serviceQualificationItem');
  return firstIn(items, '/serviceQualificationItem', wrongWithItem);
}

function wrongWithItem(item: Fields, pointer: string): Refusal | undefined {
  const { id, qualificationResult: result, eligibilityUnavailabilityReason, alternateServiceProposal } = item;
  if (isMissing(id)) return refusal('nativeResultItemIdMissing', {}, `${pointer}/id`);
  if (isMissing(result)) return refusal('nativeResultMissing', {}, `${pointer}/qualificationResult`);
  if (typeof result !== 'string' || !results.includes(result)) {
    return refusal('nativeResultUnknown', {}, `${pointer}/qualificationResult`);
  }
  const reasons = `${pointer}/eligibilityUnavailabilityReason`;
  return (
    firstIn(eligibilityUnavailabilityReason, reasons, (reason, at) =>
      without(reason, ['label'], 'eligibilityUnavailabilityReason', at),
    ) ?? firstIn(alternateServiceProposal, `${pointer}/alternateServiceProposal`, wrongWithProposal)
  );
}

function wrongWithProposal({ alternateService: service }: Fields, pointer: string): Refusal | undefined {
  if (!isObject(service)) return undefined;
  const at = `${pointer}/alternateService`;
  const { serviceSpecification: specification, serviceCharacteristic } = service;
  return (
    (isObject(specification)
      ? without(specification, ['id'], 'serviceSpecification', `${at}/serviceSpecification`)
      : undefined) ??
    firstIn(serviceCharacteristic, `${at}/serviceCharacteristic`, (each, place) =>
      without(each, ['name'], 'serviceCharacteristic', place),
    )
  );
}

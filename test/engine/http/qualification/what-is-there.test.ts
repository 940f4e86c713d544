/** Questions about what was delivered: the product inventory says where it is, and what it is. */
import { describe, expect, it } from 'vitest';
import { nativeQualificationBase } from '../../../../engine/index.ts';
import { openAskingEngine, questionIn } from '../../../support/asking-engine.ts';

const place = { id: 'site-1', name: 'Site 1', role: 'installation' };

/** An engine that has delivered internet to a site; the id of that in the product inventory. */
async function delivered() {
  const opened = await openAskingEngine();
  const speed = { name: 'speed', value: 100 };
  await opened.send('POST', '/tmf-api/serviceOrdering/v4/serviceOrder', {
    serviceOrderItem: [
      {
        id: '1',
        action: 'add',
        service: { place: [place], serviceSpecification: { id: 'internet' }, serviceCharacteristic: [speed] },
      },
    ],
  });
  const { items } = await opened.engine.products({ status: 'active', offset: 0, limit: 10 });
  const item = items.find(({ specification }) => specification === 'internet');
  if (item === undefined) throw new Error('nothing was delivered');
  const askedService = () => {
    const [request] = opened.atInventory;
    return request === undefined ? undefined : questionIn(request).serviceQualificationItem[0]?.service;
  };
  return { ...opened, item, askedService };
}

const native = (service: object) => ({
  relatedParty: [{ id: 'cust-1' }],
  serviceQualificationItem: [{ id: '1', service }],
});

describe('what is there already', () => {
  it('is asked about as TMF645 names it, by the id of the service', async () => {
    const { send, item, askedService } = await delivered();
    const { status } = await send('POST', '/tmf-api/serviceQualificationManagement/v4/checkServiceQualification', {
      serviceQualificationItem: [
        { id: '1', service: { id: item.id, serviceCharacteristic: [{ name: 'speed', value: 1000 }] } },
      ],
    });
    expect(status).toBe(201);
    expect(askedService()).toMatchObject({
      id: item.id,
      place: [{ id: 'site-1' }],
      serviceSpecification: { id: 'internet' },
      serviceCharacteristic: [{ name: 'speed', value: 1000 }],
    });
  });

  it('is asked about by the native interface, which shows where it is', async () => {
    const { send, item, askedService } = await delivered();
    const { body } = await send(
      'POST',
      `${nativeQualificationBase}/checkServiceQualification`,
      native({ serviceInventory: { id: item.id } }),
    );
    expect(askedService()).toMatchObject({ id: item.id, serviceCharacteristic: [{ name: 'speed', value: 100 }] });
    expect(body.serviceQualificationItem[0].service).toMatchObject({
      serviceInventory: { id: item.id },
      place: { id: 'site-1' },
      serviceSpecification: { id: 'internet' },
    });
  });

  it('says where something new is to be', async () => {
    const { send, item, askedService } = await delivered();
    await send(
      'POST',
      `${nativeQualificationBase}/checkServiceQualification`,
      native({ referenceServiceInventory: { id: item.id }, serviceSpecification: { id: 'voice' } }),
    );
    expect(askedService()).toMatchObject({ place: [{ id: 'site-1' }], serviceSpecification: { id: 'voice' } });
    expect(askedService()).not.toHaveProperty('id');
  });
});

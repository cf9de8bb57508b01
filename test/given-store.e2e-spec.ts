import { formatArtifact } from '@inferserve/model';
import { MemoryModelStore } from '@inferserve/model-store';
import { doubleArtifact } from './support/served-models';
import { startApi } from './support/start-api';

test('models out of a store that the start brings along', async () => {
  const store = new MemoryModelStore();
  await store.write('double', '1', formatArtifact(doubleArtifact()));
  const api = await startApi({ MODEL_NAME: 'double', ARTIFACTS_DIR: '/nowhere' }, undefined, store);
  expect((await api.predict({ x: 2.5 })).body).toEqual({ predicted_value: 5 });
  await api.close();
});

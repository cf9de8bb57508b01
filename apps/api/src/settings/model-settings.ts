import { integer } from './types/integer';
import { listenAddress } from './types/listen-address';
import { modelList } from './types/model-list';
import { modelVersions } from './types/model-versions';
import { optionalText } from './types/optional-text';
import { seconds } from './types/seconds';
import { text } from './types/text';

/** The part of the table of settings that says which models are served, and how they change. */
export const MODEL_SETTINGS = {
  artifactsDir: text('ARTIFACTS_DIR', {
    group: 'Model',
    form: 'a directory',
    default: 'artifacts',
    meaning:
      'The directory of the models, laid out as <ARTIFACTS_DIR>/<MODEL_NAME>/<MODEL_VERSION>/model.json.',
  }),
  modelPath: optionalText('MODEL_PATH', {
    group: 'Model',
    form: 'a file or a directory',
    meaning:
      'One model to serve instead of those in ARTIFACTS_DIR: an artifact file, a directory with a model.json, a directory with one directory for each version, or what "inferserve serve" takes: a model file of another library, or a directory with one, which is converted at the start (needs Node 22.15). MODEL_NAME names it.',
    compose: 'absent',
  }),
  modelName: optionalText('MODEL_NAME', {
    group: 'Model',
    form: 'the name of a model',
    meaning:
      'The default model, which answers /predict. If it is not set, the first of MODELS, or iris if that is not set either.',
  }),
  modelVersion: optionalText('MODEL_VERSION', {
    group: 'Model',
    form: 'a version of the model',
    meaning: 'The version to serve; without it the newest.',
  }),
  models: modelList('MODELS', {
    group: 'Model',
    meaning:
      'The models to serve, such as iris,churn@3,price; * stands for all of ARTIFACTS_DIR. Without it only the default model is served.',
  }),
  shadows: modelVersions('SHADOW', {
    group: 'Model',
    meaning:
      'Versions that score the same rows after each answer, such as churn@4; /metrics says how far they agree. Their answers go to no client.',
  }),
  modelReloadMs: seconds('MODEL_RELOAD_SECONDS', {
    group: 'Live updates',
    default: 0,
    min: 0,
    max: 86_400,
    meaning:
      'How often to look for new versions of the models, in seconds; 0 looks only on SIGHUP and when told to on ADMIN_PORT.',
  }),
  adminPort: integer('ADMIN_PORT', {
    group: 'Live updates',
    default: 0,
    min: 0,
    max: 65_535,
    meaning:
      'The port on which models are loaded and unloaded (POST /v2/repository/…); 0 opens none. It has no password.',
    compose: 'absent',
  }),
  adminHost: listenAddress('ADMIN_HOST', {
    group: 'Live updates',
    default: '127.0.0.1',
    meaning:
      'The address that ADMIN_PORT listens on; an address other than loopback opens it to other machines.',
    compose: 'absent',
  }),
} as const;

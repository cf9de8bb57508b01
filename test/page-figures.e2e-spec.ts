import { ModelUpdater } from '@inferserve/inference';
import { type Artifact, type Metrics, sealArtifact } from '@inferserve/model';
import { inferserve } from '../apps/cli/src/inferserve';
import { RecordingTerminal } from '../apps/cli/src/terminal/recording-terminal';
import { ModelFolder } from './support/model-folder';
import { describeWithChromium, ModelPage } from './support/model-page';
import { multiplier, named, numberColumn, signArtifact } from './support/served-models';
import { type Api, startApi } from './support/start-api';

const folder = new ModelFolder();
let api: Api;
afterEach(() => api.close());
afterAll(() => folder.remove());

function withMetrics(artifact: Artifact, metrics: Record<string, Metrics>): Artifact {
  const { contentHash: _, format: _f, schemaVersion: _s, ...content } = artifact;
  return sealArtifact({ ...content, metrics });
}

async function importChecked(name: string, model: string, rows: string): Promise<void> {
  const args = ['import', `examples/${model}`, '--name', name, '--check', `examples/${rows}`];
  const where = ['--artifacts-dir', folder.path];
  expect(await inferserve([...args, ...where], new RecordingTerminal())).toBe(0);
}

describeWithChromium('the figures of a page (skipped where /usr/bin/chromium is missing)', () => {
  const shown = new ModelPage();

  async function open(path: string, variables: Readonly<Record<string, string>>): Promise<void> {
    api = await startApi({ ARTIFACTS_DIR: folder.path, ...variables });
    await shown.open(`${api.url}${path}`);
  }

  /** For eyes, for screen readers, on a phone, and from this server alone. */
  async function expectReadable(): Promise<void> {
    await shown.page.locator('.figures details').evaluateAll((all) => {
      for (const each of all) each.setAttribute('open', '');
    });
    await shown.page.setViewportSize({ width: 320, height: 640 });
    for (const colorScheme of ['light', 'dark'] as const) {
      await shown.page.emulateMedia({ colorScheme });
      expect(await shown.violations()).toEqual([]);
    }
    expect(await shown.page.evaluate('document.documentElement.scrollWidth')).toBe(320);
    expect(shown.complaints).toEqual([]);
    expect([...shown.hosts]).toEqual([new URL(api.url).host]);
  }

  // The numbers are scikit-learn's: confusion_matrix, precision_recall_fscore_support, log_loss.
  test('of a checked classifier are its confusion matrix, with recall and precision by class', async () => {
    await importChecked('churn', 'churn/churn.joblib', 'churn/customers.csv');
    await open('/', { MODEL_NAME: 'churn' });
    expect(await shown.text('.figures h3')).toBe('checked at import on customers.csv 200 rows');
    expect(await shown.text('#quality')).toBe('How good it is');
    expect(await shown.texts('.figures .facts dd')).toEqual(['73 %', '0.5414', '0.3649']);
    expect(await shown.page.locator('.confusion g text').allTextContents()).toEqual([
      '74',
      '22',
      '32',
      '72',
    ]);
    await expectReadable();
    expect(await shown.texts('.figures tbody tr')).toEqual([
      'no\t96\t77.1 %\t69.8 %',
      'yes\t104\t69.2 %\t76.6 %',
    ]);
  });

  test('of a checked regressor are its answers over the true values', async () => {
    await importChecked('house', 'house-price/house-price.pkl', 'house-price/sales.csv');
    await open('/', { MODEL_NAME: 'house' });
    expect(await shown.text('.figures h3')).toBe('checked at import on sales.csv 150 rows');
    expect(await shown.texts('.figures .facts dd')).toEqual(['0.9734', '17,070', '21,520']);
    const picture = shown.page.getByRole('img', { name: 'Predicted against true values' });
    expect(await picture.locator('circle').count()).toBe(150);
    // The median and the largest of |model.predict(X) - y| in numpy.
    expect(await picture.locator('desc').textContent()).toBe(
      'True values go from 84,800 to 881,500. Half of the answers are at most 14,600 away from ' +
        'them, the farthest 58,980.',
    );
    const number = async (selector: string, attribute: string): Promise<number> =>
      Number(await picture.locator(selector).getAttribute(attribute));
    const at = { first: 'circle >> nth=0', last: 'circle >> nth=149' };
    for (const [coordinate, other, up, values] of [
      ['x', ':not(.row)', 1, [84800, 881500]],
      ['y', '.row', -1, [83894.62940846031, 856759.3497560291]],
    ] as const) {
      // Where 200K and 800K stand says where everything else has to be.
      const from = await number(`text${other}:text-is("200K")`, coordinate);
      const width = (await number(`text${other}:text-is("800K")`, coordinate)) - from;
      expect(width * up).toBeGreaterThan(100);
      for (const [i, selector] of [at.first, at.last].entries()) {
        const expected = from + (width * (values[i]! - 200_000)) / 600_000;
        expect(Math.abs((await number(selector, `c${coordinate}`)) - expected)).toBeLessThan(0.2);
      }
    }
    await expectReadable();
    const rows = await shown.texts('.figures tbody tr');
    expect(rows).toHaveLength(10);
    expect([rows[0], rows[1], rows[9]]).toEqual([
      '84,800\t83,890\t-905.4',
      '271,000\t291,500\t20,500',
      '881,500\t856,800\t-24,740',
    ]);
  });

  test('say that they are of the training where it was here', async () => {
    api = await startApi();
    await shown.open(api.url);
    expect(await shown.text('#quality')).toBe('How good it is measured when it was trained here');
    expect(await shown.texts('.figures h3')).toEqual([
      'test 30 rows',
      'train 120 rows',
      'cross validation 1500 rows',
    ]);
    await expectReadable();
  });

  test('belong to the version that is shown, also after it was replaced', async () => {
    const version = (v: number, mae: number): Artifact =>
      withMetrics(multiplier(v), { check: { file: `rows-${v}.csv`, n: v, mae } });
    folder.put(version(1, 0.5));
    folder.put(version(2, 0.25));
    const figures = async (path: string): Promise<readonly string[]> => {
      await shown.page.goto(`${api.url}${path}`);
      return [await shown.text('.figures h3'), await shown.text('.figures dd')];
    };
    await open('/', { MODEL_NAME: 'times', MODELS: 'times@1,times', MODEL_RELOAD_SECONDS: '60' });
    const second = ['checked at import on rows-2.csv 2 rows', '0.25'];
    expect(await figures('/')).toEqual(second);
    expect(await figures('/models/times/versions/2/page')).toEqual(second);
    const first = ['checked at import on rows-1.csv 1 rows', '0.5'];
    expect(await figures('/models/times/versions/1/page')).toEqual(first);
    folder.put(version(3, 0.125));
    await api.app.get(ModelUpdater).update();
    expect(await figures('/')).toEqual(['checked at import on rows-3.csv 3 rows', '0.125']);
    expect(await figures('/models/times/versions/1/page')).toEqual(first);
    const { body } = await api.http().get('/models/times');
    expect(body.metrics).toEqual({ check: { file: 'rows-3.csv', n: 3, mae: 0.125 } });
  });

  test('of many classes are those that were recognised least', async () => {
    // Of 12 rows of class k all but k are recognised, and those are taken for the class before; the last class has no rows.
    const size = 13;
    const confusionMatrix = Array.from({ length: size }, (_, k) =>
      Array.from({ length: size }, (__, j) => {
        if (k === size - 1) return 0;
        return j === k ? 12 - k : Number(j === k - 1) * k;
      }),
    );
    const classes = Array.from({ length: size }, (_, k) => `class ${k}`);
    const sign = signArtifact([numberColumn('x')]);
    const many = {
      ...sign,
      classes,
      predictor: {
        type: 'linear',
        coefficients: classes.map((_, k) => [k]),
        intercepts: Array(size).fill(0),
      },
      output: { type: 'softmax' },
      verification: { tolerance: 1e-12, cases: [{ input: [1], label: 'class 12' }] },
    } as Artifact;
    folder.put(
      withMetrics(named(many, 'many', '1'), { check: { file: 'r.csv', confusionMatrix } }),
    );
    await open('/', { MODEL_NAME: 'many' });
    expect(await shown.page.locator('.confusion').count()).toBe(0);
    expect(await shown.text('.figures .hint')).toBe(
      'The 10 of 13 classes that were recognised least',
    );
    const rows = await shown.texts('.figures tbody tr');
    expect(rows).toHaveLength(10);
    expect(rows.slice(0, 2)).toEqual([
      'class 11\t12\t8.3 %\tclass 10 (11)',
      'class 10\t12\t16.7 %\tclass 9 (10)',
    ]);
    await expectReadable();
  });
});

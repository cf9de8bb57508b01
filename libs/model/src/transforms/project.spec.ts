import { expectRows, faultPath, runTransform } from '../../../../test/support/run-transform';
import { project } from './project';

describe(project.type, () => {
  const components = [
    [-0.14320002741091087, -0.10552099711256105, 0.9840523722434111],
    [0.09100916583720342, 0.9886830039166051, 0.11926126571546376],
  ];

  test('as PCA of scikit-learn 1.9.1', () => {
    const mean = [-0.15749999999999992, -4.0225, 3.0278249999999995];
    const rows = [
      [1, 2, 3],
      [-1, 0.5, 1e4],
    ];
    expectRows(runTransform({ type: 'project', components, mean }, rows), [
      [-0.8286354940962006, 6.056368055825784],
      [9837.187611373774, 1196.6461985757678],
    ]);
  });

  test('without a mean a sparse row gives what a dense one does', () => {
    const step = { type: 'project', components, mean: null } as const;
    expectRows(runTransform(step, [[0, 2, 0]], 'sparse'), [
      [-0.2110419942251221, 1.97736600783321],
    ]);
    expectRows(runTransform(step, [[0, 2, 0]]), [[-0.2110419942251221, 1.97736600783321]]);
  });

  test('refuses components and a mean of another width', () => {
    expect(faultPath({ type: 'project', components, mean: null }, 2)).toBe(
      'pipeline[0].components',
    );
    expect(faultPath({ type: 'project', components, mean: [1] }, 3)).toBe('pipeline[0].mean');
    expect(faultPath({ type: 'project', components: [], mean: null }, 3)).toBe(
      'pipeline[0].components',
    );
  });
});

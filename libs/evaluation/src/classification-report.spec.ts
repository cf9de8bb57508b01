import { classificationReport } from './classification-report';
import { formatClassificationReport } from './format-classification-report';
import { formatConfusionMatrix } from './format-confusion-matrix';

const MATRIX = [
  [2, 1, 0],
  [0, 2, 0],
  [1, 0, 2],
];

// Numbers and texts from classification_report of scikit-learn 1.9.1.
describe('classificationReport', () => {
  it('has precision, recall, F1 and support of each class and on average', () => {
    const report = classificationReport(MATRIX);
    expect(report.accuracy).toBe(0.75);
    expect(report.classes[0]).toEqual({ precision: 2 / 3, recall: 2 / 3, f1: 2 / 3, support: 3 });
    expect(report.classes[1]).toEqual({ precision: 2 / 3, recall: 1, f1: 0.8, support: 2 });
    expect(report.classes[2]).toEqual({ precision: 1, recall: 2 / 3, f1: 0.8, support: 3 });
    expect(report.macroAverage.precision).toBeCloseTo(0.7777777777777777, 14);
    expect(report.macroAverage.f1).toBeCloseTo(0.7555555555555555, 14);
    expect(report.weightedAverage.precision).toBeCloseTo(0.7916666666666666, 14);
    expect(report.weightedAverage.recall).toBeCloseTo(0.75, 14);
    expect(report.weightedAverage.support).toBe(8);
  });

  it('counts a figure without rows as 0', () => {
    const report = classificationReport([
      [2, 0, 0],
      [2, 0, 0],
      [0, 0, 0],
    ]);
    expect(report.classes[1]).toEqual({ precision: 0, recall: 0, f1: 0, support: 2 });
    expect(report.classes[2]).toEqual({ precision: 0, recall: 0, f1: 0, support: 0 });
    expect(report.macroAverage.precision).toBeCloseTo(0.16666666666666666, 14);
    expect(report.macroAverage.f1).toBeCloseTo(0.2222222222222222, 14);
    expect(report.weightedAverage.f1).toBeCloseTo(0.3333333333333333, 14);
  });
});

describe('formatClassificationReport', () => {
  it('prints what scikit-learn prints', () => {
    expect(
      formatClassificationReport(classificationReport(MATRIX), [
        'setosa',
        'versicolor',
        'virginica',
      ]),
    ).toBe(`              precision    recall  f1-score   support

      setosa       0.67      0.67      0.67         3
  versicolor       0.67      1.00      0.80         2
   virginica       1.00      0.67      0.80         3

    accuracy                           0.75         8
   macro avg       0.78      0.78      0.76         8
weighted avg       0.79      0.75      0.75         8
`);
  });

  it('makes room for long names', () => {
    const report = classificationReport([
      [2, 1],
      [1, 1],
    ]);
    expect(formatClassificationReport(report, ['a very long class name', false])).toBe(
      `                        precision    recall  f1-score   support

a very long class name       0.67      0.67      0.67         3
                 false       0.50      0.50      0.50         2

              accuracy                           0.60         5
             macro avg       0.58      0.58      0.58         5
          weighted avg       0.60      0.60      0.60         5
`,
    );
  });
});

describe('formatConfusionMatrix', () => {
  it('has a row a true class and a column a predicted one', () => {
    expect(
      formatConfusionMatrix(
        [
          [10, 0],
          [123, 9],
        ],
        ['no', 'perhaps'],
      ),
    ).toBe(
      `true \\ predicted   no  perhaps
              no   10        0
         perhaps  123        9
`,
    );
  });
});

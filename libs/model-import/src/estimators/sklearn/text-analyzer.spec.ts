import { PyGlobal } from '../../files/values/py-global';
import { PyObject, type PyValue } from '../../files/values/py-value';
import { ModelImportError } from '../../files/bytes/model-import.error';
import { Estimator } from '../contract/estimator';
import { analyzerOf } from './text-analyzer';

function vectorizer(attributes: Readonly<Record<string, PyValue>> = {}): Estimator {
  const made = new PyObject(new PyGlobal('sklearn.feature_extraction.text', 'CountVectorizer'), []);
  made.state = new Map<PyValue, PyValue>(
    Object.entries({
      input: 'content',
      analyzer: 'word',
      lowercase: true,
      token_pattern: String.raw`(?u)\b\w\w+\b`,
      ngram_range: [1, 1],
      ...attributes,
    }),
  );
  return Estimator.from(made)!;
}

describe('analyzerOf', () => {
  test('the defaults of scikit-learn', () => {
    expect(analyzerOf(vectorizer())).toEqual({ unit: 'word', ngrams: [1, 1], lowercase: true });
  });

  test.each<[string, object]>([
    [String.raw`(?u)\b\w+\b`, { characters: 'word', least: 1, whole: true }],
    [String.raw`\w{1,}`, { characters: 'word', least: 1, whole: false }],
    [String.raw`\b\w\w\w+\b`, { characters: 'word', least: 3, whole: true }],
    [String.raw`\b\w\w{2,}\b`, { characters: 'word', least: 3, whole: true }],
    [String.raw`[a-zA-Z]{3,}`, { characters: 'latin-letters', least: 3, whole: false }],
    [String.raw`\b[a-z]+\b`, { characters: 'latin-lower-case', least: 1, whole: true }],
    [String.raw`\S+`, { characters: 'not-space', least: 1, whole: false }],
  ])('the pattern %s', (pattern, tokens) => {
    expect(analyzerOf(vectorizer({ token_pattern: pattern })).tokens).toEqual(tokens);
  });

  test.each([
    String.raw`\b\S+\b`,
    String.raw`\w+\b`,
    String.raw`\w\w`,
    String.raw`\w*`,
    String.raw`(\w+)`,
    String.raw`\w+|\d+`,
    String.raw`[^a]+`,
    String.raw`\w{0,}`,
  ])('refuses the pattern %s', (pattern) => {
    expect(() => analyzerOf(vectorizer({ token_pattern: pattern }))).toThrow(ModelImportError);
  });

  test('stop words: the English list by name, others as they are', () => {
    expect(analyzerOf(vectorizer({ stop_words: 'english' })).stopWords).toBe('english');
    const words = new Set<PyValue>(['the', 'a']);
    expect(analyzerOf(vectorizer({ stop_words: words })).stopWords).toEqual(['a', 'the']);
    expect(analyzerOf(vectorizer({ stop_words: 'english', analyzer: 'char' })).stopWords).toBe(
      undefined,
    );
  });

  test.each<Record<string, PyValue>>([
    { tokenizer: new PyGlobal('builtins', 'str') },
    { preprocessor: new PyGlobal('builtins', 'str') },
    { analyzer: new PyGlobal('builtins', 'str') },
    { strip_accents: new PyGlobal('builtins', 'str') },
    { input: 'filename' },
    { ngram_range: [2, 1] },
    { stop_words: 3 },
  ])('refuses %j', (attributes) => {
    expect(() => analyzerOf(vectorizer(attributes))).toThrow(ModelImportError);
  });
});

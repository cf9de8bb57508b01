import type { VectorizerSpec } from '@inferserve/model';
import { InputColumn } from './input-column';
import { Layout } from './layout';

describe('InputColumn', () => {
  it('becomes a number where anything does arithmetic with it', () => {
    const column = new InputColumn('age');
    column.useAsNumber(100);
    column.useAsNumber();
    column.observe(1, 9);
    expect(column.resolve()).toEqual({
      type: 'number',
      name: 'age',
      nullable: true,
      magnitude: 100,
      observedMin: 1,
      observedMax: 9,
    });
  });

  it('becomes a category with the values that every encoder has an answer for, in their order', () => {
    const column = new InputColumn('sex');
    column.useAsCategory(['male', 'female'], 'accept');
    column.useAsCategory(['female', 'other'], 'reject');
    column.rejectMissing();
    expect(column.resolve()).toEqual({
      type: 'category',
      name: 'sex',
      values: ['female', 'other'],
      unknown: 'reject',
    });
    expect(column.codeOf('other')).toBe(1);
    expect(column.codeOf('none')).toBe(-1);
  });

  it('stays a number where an encoder looks up numbers and a scaler computes with them', () => {
    const column = new InputColumn('class');
    column.useAsCategory([1, 2, 3], 'reject');
    column.useAsNumber();
    expect(column.resolve().type).toBe('number');
    expect(column.codeOf(3)).toBe(3);
  });

  it('refuses to be read as text and as a number', () => {
    const column = new InputColumn('review');
    const words = { terms: { type: 'vocabulary', terms: ['a'] } } as unknown as VectorizerSpec;
    column.useAsText(words, words);
    column.useAsNumber();
    expect(() => column.resolve()).toThrow(/both as text and as a number or category/);
  });

  it('puts the counts of several vectorizers side by side', () => {
    const column = new InputColumn('review');
    const of = (...terms: readonly string[]) =>
      ({ terms: { type: 'vocabulary', terms } }) as unknown as VectorizerSpec;
    const [first, second] = [of('a', 'b', 'c'), of('d')];
    column.useAsText(first, first);
    column.useAsText(second, second);
    expect(column.resolve()).toMatchObject({ type: 'text', vectorizers: [{}, {}] });
    expect(column.useAsText(second, second)).toEqual({ start: 3, count: 1, total: 4 });
    expect(Layout.ofInput([column]).width).toBe(4);
  });

  it('tells a number column which values and missing ones its steps have no answer for', () => {
    const column = new InputColumn('class');
    column.useAsCategory([1, 2, 3], 'reject');
    column.useAsCategory([0, 2, 3], 'reject');
    column.useAsNumber();
    column.requireAbove(0);
    column.rejectMissing();
    expect(column.resolve()).toEqual({
      type: 'number',
      name: 'class',
      values: [2, 3],
      exclusiveMinimum: 0,
    });
  });

  it('accepts a marker of missing values that no encoder knows', () => {
    const column = new InputColumn('job');
    column.alsoAccept('?');
    column.useAsCategory(['cook', 'clerk'], 'reject');
    expect(column.resolve()).toMatchObject({ values: ['cook', 'clerk', '?'], unknown: 'reject' });
    expect(column.codeOf('?')).toBe(2);
  });

  it('takes True and 1 for the same value', () => {
    const column = new InputColumn('alone');
    column.useAsCategory([false, true], 'accept');
    column.useAsCategory([0, 1], 'accept');
    expect(column.resolve()).toMatchObject({ type: 'category', values: [0, 1] });
    expect(column.codeOf(true)).toBe(1);
  });

  it('refuses to be text and a number', () => {
    const column = new InputColumn('x');
    column.useAsCategory(['a'], 'reject');
    column.useAsNumber();
    expect(() => column.resolve()).toThrow(/"x" is used both as a number and as text/);
  });
});

describe('Layout', () => {
  const columns = ['a', 'b', 'c'].map((name) => new InputColumn(name));

  it('gives columns that nothing uses no position in the second run', () => {
    const [a, , c] = columns;
    a!.useAsNumber();
    c!.useAsNumber();
    for (const column of columns) if (column.isUsed) column.resolve();
    const layout = Layout.ofInput(columns);
    expect([layout.length, layout.width]).toEqual([3, 2]);
    expect(layout.positionsOf([2, 0])).toEqual([1, 0]);
    expect(layout.positionsOf([0, 1, 2])).toEqual({ start: 0, count: 2 });
  });

  it('leads missing values back to their columns, through steps that keep them', () => {
    const column = new InputColumn('x');
    column.useAsNumber();
    Layout.ofInput([column]).transformed().rejectMissing();
    expect(column.resolve()).toEqual({ type: 'number', name: 'x' });
  });
});

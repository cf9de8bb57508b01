import { Injectable } from '@nestjs/common';
import type { ServedModel } from '@inferserve/inference';
import type { Answer } from '@inferserve/model';
import type { AddedFields } from '../../protocols/native/include/include';
import { type BatchWriter, ResponseWriter } from '../../protocols/native/response-writer';
import { JsonText } from './json-text';

/** What of the answers of a classifier never changes, as JSON by class. */
interface Fragments {
  /** `"predicted_class":"setosa"` */
  readonly classes: readonly string[];
  /** `,{"predicted_class":"setosa"}`: one string to append, where most rows of a batch are one. */
  readonly rows: readonly string[];
  /** `"setosa"` */
  readonly names: readonly string[];
}

/** Composes the JSON of answers from prepared parts, which is faster than describing them to JSON.stringify. */
@Injectable()
export class FastResponseWriter extends ResponseWriter {
  private readonly prepared = new WeakMap<ServedModel, Fragments>();

  override row(model: ServedModel, answer: Answer, added?: AddedFields): object {
    return new JsonText(`{${membersOf(this.fragmentsOf(model), answer)}${textOf(added)}}`);
  }

  override batch(model: ServedModel): BatchWriter {
    const fragments = this.fragmentsOf(model);
    // One string to append to: whatever is cut from it or put around it later would copy all of it once more.
    let text = '{"predictions":[';
    let separator = '';
    const append = (row: string): void => {
      text += separator + row;
      separator = ',';
    };
    return {
      answer(answer, added) {
        const isClass = answer.task === 'classification' && !answer.probabilities && !added;
        if (isClass && separator !== '') text += fragments.rows[answer.classIndex]!;
        else append(`{${membersOf(fragments, answer)}${textOf(added)}}`);
      },
      faults(error) {
        append(JSON.stringify({ error }));
      },
      end: () => new JsonText(`${text}]}`),
    };
  }

  private fragmentsOf(model: ServedModel): Fragments {
    let fragments = this.prepared.get(model);
    if (!fragments) {
      const classes = model.classes.map((label) => `"predicted_class":${JSON.stringify(label)}`);
      fragments = {
        classes,
        rows: classes.map((members) => `,{${members}}`),
        names: model.classes.map((label) => JSON.stringify(String(label))),
      };
      this.prepared.set(model, fragments);
    }
    return fragments;
  }
}

function membersOf({ classes, names }: Fragments, answer: Answer): string {
  if (answer.task === 'regression') return `"predicted_value":${answer.value}`;
  const { classIndex, probabilities } = answer;
  if (!probabilities) return classes[classIndex]!;
  let members = '';
  for (let k = 0; k < names.length; k++) {
    members += `${k > 0 ? ',' : ''}${names[k]}:${probabilities[k]}`;
  }
  return `${classes[classIndex]},"probabilities":{${members}}`;
}

/** What follows the members of an answer. */
function textOf(added: AddedFields | undefined): string {
  return added ? `,${JSON.stringify(added).slice(1, -1)}` : '';
}

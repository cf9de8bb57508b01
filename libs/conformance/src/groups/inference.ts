import { CheckSkipped } from '../check-skipped.error';
import type { ConformanceGroup } from '../conformance-check';
import {
  comparable,
  expectEqual,
  expectError,
  expectStatus,
  expectTrue,
  outputsOf,
} from '../expect-answer';
import { nested } from '../tensors';

const LARGE_BATCH = 1000;

/** Requests that are to be answered. */
export const inference: ConformanceGroup = {
  title: 'Inference',
  checks: [
    {
      id: '9',
      title: 'nested data',
      level: 'must',
      async run(target) {
        const inputs = target.inputs(2).map((input) => ({ ...input, data: nested(input) }));
        const flat = outputsOf(await target.infer(target.request(2)));
        expectEqual('outputs', outputsOf(await target.infer({ inputs })), flat);
      },
    },
    {
      id: '10',
      title: 'flat data',
      level: 'must',
      async run(target) {
        const outputs = outputsOf(await target.infer(target.request(2)));
        expectTrue(outputs.size > 0, 'there should be outputs');
      },
    },
    {
      id: '11',
      title: 'with and without a version',
      level: 'must',
      async run(target) {
        const answer = await target.infer(target.request());
        expectEqual('model_name', answer.json['model_name'], target.model);
        if (target.version === undefined) throw new CheckSkipped('the server has no versions');
        const path = `${target.path}/versions/${encodeURIComponent(target.version)}/infer`;
        const versioned = await target.infer(target.request(), undefined, path);
        expectEqual('model_version', versioned.json['model_version'], target.version);
      },
    },
    {
      id: '12',
      title: 'the id comes back as it was sent, an empty one and one of 1 kB too',
      level: 'must',
      async run(target) {
        for (const id of ['42', '', 'é"\\\u2028', 'x'.repeat(1024)]) {
          const answer = await target.infer(target.request(1, { id }));
          expectStatus(answer, 200);
          expectEqual('id', answer.json['id'], id);
        }
      },
    },
    {
      id: '13',
      title: 'without a choice of outputs, all that metadata lists',
      level: 'must',
      async run(target) {
        const names = [...outputsOf(await target.infer(target.request())).keys()];
        expectEqual('outputs', names.sort(), target.outputs.map(({ name }) => name).sort());
      },
    },
    {
      id: '14',
      title: 'a choice of outputs, and its order',
      level: 'must',
      async run(target) {
        const names = target.outputs.map(({ name }) => name).toReversed();
        for (const chosen of [names, names.slice(0, 1)]) {
          const outputs = chosen.map((name) => ({ name }));
          const answer = outputsOf(await target.infer(target.request(1, { outputs })));
          expectEqual('outputs', [...answer.keys()], chosen);
        }
      },
    },
    {
      id: '15',
      title: `batches of 1, 2 and ${LARGE_BATCH} rows`,
      level: 'must',
      async run(target) {
        const single = outputsOf(await target.infer(target.request(1)));
        for (const rows of [2, LARGE_BATCH]) {
          for (const [name, { shape, data }] of outputsOf(
            await target.infer(target.request(rows)),
          )) {
            expectEqual(`rows of ${name}`, shape[0], rows);
            const first = single.get(name)!.data;
            expectEqual(`first row of ${name}`, data.slice(0, first.length), first);
            expectEqual(`last row of ${name}`, data.slice(-first.length), first);
          }
        }
      },
    },
    {
      id: '16',
      title: 'other numeric datatypes are accepted or refused with 400, never anything else',
      level: 'must',
      async run(target) {
        for (const datatype of ['FP32', 'FP64', 'INT64', 'INT32', 'UINT8']) {
          const data = target.numeric.data.map(() => 1);
          const answer = await target.infer(target.renumbered({ datatype, data }));
          if (answer.status === 200) outputsOf(answer);
          else expectError(answer, 400);
        }
      },
    },
    {
      id: '17',
      title: 'unknown members are ignored',
      level: 'must',
      async run(target) {
        const inputs = target.inputs().map((input) => ({ ...input, unknown_member: [1] }));
        const more = { model_name: target.model, unknown_member: { a: [null] } };
        expectStatus(await target.infer({ ...more, inputs }), 200);
      },
    },
    {
      id: '18',
      title: 'unknown parameters are ignored',
      level: 'must',
      async run(target) {
        const parameters = { unknown_text: 'a', unknown_number: 1.5, unknown_flag: true };
        const inputs = target.inputs().map((input) => ({ ...input, parameters }));
        const outputs = target.outputs.map(({ name }) => ({ name, parameters }));
        expectStatus(await target.infer({ parameters, inputs, outputs }), 200);
      },
    },
    {
      id: '19',
      title: 'shape, datatype and data of each output agree with each other and with metadata',
      level: 'must',
      async run(target) {
        const outputs = outputsOf(await target.infer(target.request(3)));
        for (const { name, datatype, shape } of target.outputs) {
          const output = outputs.get(name);
          expectTrue(output !== undefined, `output ${name} is missing`);
          expectEqual(`datatype of ${name}`, output.datatype, datatype);
          expectEqual(`dimensions of ${name}`, output.shape.length, shape.length);
          for (const [i, size] of shape.entries()) {
            if (size >= 0) expectEqual(`dimension ${i} of ${name}`, output.shape[i], size);
          }
        }
      },
    },
    {
      id: '20',
      title: 'rows are answered one by one, in their order',
      level: 'must',
      async run(target) {
        const row = await otherRow(target);
        const first = outputsOf(await target.infer(target.request()));
        const second = outputsOf(await target.infer({ inputs: row }));
        const inputs = target.inputs().map((input, i) => ({
          ...input,
          shape: [2, ...input.shape.slice(1)],
          data: [...input.data, ...row[i]!.data],
        }));
        for (const [name, output] of outputsOf(await target.infer({ inputs }))) {
          const expected = [...comparable(first.get(name)!), ...comparable(second.get(name)!)];
          expectEqual(`output ${name}`, comparable(output), expected);
        }
      },
    },
    {
      id: '42',
      title: 'a batch of no rows: 200 without rows, or 400 {"error"}',
      level: 'must',
      async run(target) {
        const answer = await target.infer(target.request(0));
        if (answer.status === 200) {
          for (const { data } of outputsOf(answer).values())
            expectEqual('elements', data.length, 0);
        } else {
          expectError(answer, 400);
        }
      },
    },
    {
      id: '60',
      title: 'no Content-Type, and that of a form (curl -d)',
      level: 'must',
      async run(target) {
        expectStatus(await target.infer(target.request(), {}), 200);
        const form = { 'Content-Type': 'application/x-www-form-urlencoded' };
        expectStatus(await target.infer(target.request(), form), 200);
      },
    },
  ],
};

type Target = Parameters<(typeof inference)['checks'][number]['run']>[0];

/** A row whose answer may differ from that of the known row. */
async function otherRow(target: Target): Promise<ReturnType<Target['inputs']>> {
  const row = target.inputs().map((input) => ({
    ...input,
    data: input.data.map((value) => (typeof value === 'number' ? value + 3 : value)),
  }));
  if ((await target.infer({ inputs: row })).status !== 200) {
    throw new CheckSkipped('the server answers no other row that could be made up');
  }
  return row;
}

"""Asks a server as KServe's own Python client does: python3 kserve_client.py URL. Prints what came back as JSON."""

import asyncio
import json
import sys

import numpy as np
from kserve import InferenceRESTClient, InferInput, InferRequest, RESTConfig

URL = sys.argv[1]
ROWS = [[6.8, 2.8, 4.8, 1.4], [6.0, 3.4, 4.5, 1.6]]


async def main() -> None:
    v2 = InferenceRESTClient(RESTConfig(protocol="v2"))
    v1 = InferenceRESTClient(RESTConfig(protocol="v1"))
    tensor = InferInput(name="input-0", shape=[2, 4], datatype="FP64", data=ROWS)
    request = InferRequest(model_name="iris", infer_inputs=[tensor], request_id="b-8")
    answer = await v2.infer(URL, request, model_name="iris")
    binary = InferInput(name="input-0", shape=[2, 4], datatype="FP32")
    binary.set_data_from_numpy(np.array(ROWS, dtype=np.float32), binary_data=True)
    both = InferRequest(
        model_name="iris",
        infer_inputs=[binary],
        parameters={"binary_data_output": True},
    )
    shares = (await v2.infer(URL, both, model_name="iris")).outputs[1].as_numpy()
    report = {
        "live": await v2.is_server_live(URL),
        "ready": await v2.is_server_ready(URL),
        "modelReady": await v2.is_model_ready(URL, "iris"),
        "labels": answer.outputs[0].data,
        "id": answer.id,
        "shape": list(shares.shape),
        "v1": (await v1.infer(URL, {"instances": ROWS}, model_name="iris"))["predictions"],
        "v1Ready": await v1.is_model_ready(URL, "iris"),
    }
    print(json.dumps(report))


asyncio.run(main())

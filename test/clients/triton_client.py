"""Asks a server as Triton's own Python client does: python3 triton_client.py URL. Prints what came back as JSON."""

import json
import sys

import numpy as np
import tritonclient.http as http
from tritonclient.utils import InferenceServerException

ROWS = [[6.8, 2.8, 4.8, 1.4], [6.0, 3.4, 4.5, 1.6]]
MODEL, VERSION = "iris", "1"

client = http.InferenceServerClient(url=sys.argv[1].removeprefix("http://"))
report = {
    "live": client.is_server_live(),
    "ready": client.is_server_ready(),
    "modelReady": client.is_model_ready(MODEL, VERSION),
    "unknownReady": client.is_model_ready("other"),
    "server": client.get_server_metadata()["extensions"],
    "inputs": client.get_model_metadata(MODEL)["inputs"],
    "answers": [],
}


def infer(datatype, binary_input, binary_output, outputs=None, **options):
    dtype = {"FP32": np.float32, "FP64": np.float64}[datatype]
    tensor = http.InferInput("input-0", [2, 4], datatype)
    tensor.set_data_from_numpy(np.array(ROWS, dtype=dtype), binary_data=binary_input)
    chosen = outputs and [
        http.InferRequestedOutput(name, binary_data=binary_output) for name in outputs
    ]
    return client.infer(MODEL, [tensor], outputs=chosen, **options)


for datatype in ("FP32", "FP64"):
    for binary_input in (True, False):
        for binary_output in (True, False):
            result = infer(datatype, binary_input, binary_output, ["predict", "predict_proba"])
            labels = result.as_numpy("predict")
            report["answers"].append(
                {
                    "labels": [x.decode() if isinstance(x, bytes) else str(x) for x in labels],
                    "shape": list(result.as_numpy("predict_proba").shape),
                }
            )

whole = infer("FP64", True, True)
report["outputs"] = [output["name"] for output in whole.get_response()["outputs"]]
report["id"] = infer("FP64", True, True, request_id="a-7").get_response()["id"]
report["version"] = infer("FP64", True, True, model_version=VERSION).get_response()["model_version"]
for compression in ("gzip", "deflate"):
    result = infer("FP64", True, True, ["output-0"], request_compression_algorithm=compression)
    report[compression] = result.as_numpy("output-0").tolist()
try:
    infer("FP64", True, True, ["no-such-output"])
except InferenceServerException as error:
    report["error"] = [error.status(), error.message()]
print(json.dumps(report))

"""A saved model behind FastAPI, with a Redis counter: as original.py, for models of other kinds."""
import json
import sys

import joblib
import pandas as pd
import redis
import uvicorn
from fastapi import FastAPI, HTTPException, Request
from pydantic import create_model

settings = json.loads(sys.argv[1])
with open(settings["description"], encoding="utf-8") as file:
    columns = json.load(file)["columns"]
model = joblib.load(settings["model"])

counters = redis.Redis(host="127.0.0.1", port=settings["redisPort"])
app = FastAPI()
Row = create_model("Row", **{c: (str if t == "object" else float, ...) for c, t in columns.items()})


@app.post("/predict")
def predict(row: Row, request: Request):
    key = "rate_limit:" + request.client.host
    used = counters.incr(key)
    if used == 1:
        counters.expire(key, settings["windowMs"] // 1000)
    if used > settings["limit"]:
        raise HTTPException(status_code=429, detail="Rate limit exceeded.")
    return {"predicted_class": model.predict(pd.DataFrame([row.dict()])).tolist()[0]}


uvicorn.run(
    app,
    host="127.0.0.1",
    port=settings["port"],
    proxy_headers=True,
    forwarded_allow_ips="127.0.0.1",
    log_level="info",
)

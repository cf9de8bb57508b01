"""The kind of service that this stack replaces: FastAPI, scikit-learn, a Redis counter."""
import json
import sys

import numpy as np
import redis
import uvicorn
from fastapi import FastAPI, HTTPException, Request
from pydantic import BaseModel
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

settings = json.loads(sys.argv[1])
with open(settings["artifact"], encoding="utf-8") as file:
    artifact = json.load(file)

standardize = artifact["pipeline"][0]
scaler = StandardScaler()
scaler.mean_ = np.array(standardize["center"])
scaler.scale_ = np.array(standardize["scale"])
scaler.n_features_in_ = len(scaler.mean_)
classifier = LogisticRegression()
classifier.coef_ = np.array(artifact["predictor"]["coefficients"])
classifier.intercept_ = np.array(artifact["predictor"]["intercepts"])
classifier.classes_ = np.array(artifact["classes"])
classifier.n_features_in_ = len(scaler.mean_)

counters = redis.Redis(host="127.0.0.1", port=settings["redisPort"])
app = FastAPI()


class Features(BaseModel):
    sepal_length: float
    sepal_width: float
    petal_length: float
    petal_width: float


@app.post("/predict")
def predict(features: Features, request: Request):
    key = "rate_limit:" + request.client.host
    used = counters.incr(key)
    if used == 1:
        counters.expire(key, settings["windowMs"] // 1000)
    if used > settings["limit"]:
        raise HTTPException(status_code=429, detail="Rate limit exceeded.")
    row = [
        [
            features.sepal_length,
            features.sepal_width,
            features.petal_length,
            features.petal_width,
        ]
    ]
    return {"predicted_class": str(classifier.predict(scaler.transform(row))[0])}


uvicorn.run(
    app,
    host="127.0.0.1",
    port=settings["port"],
    proxy_headers=True,
    forwarded_allow_ips="127.0.0.1",
    log_level="info",
)

"""Fits the models of other kinds that the benchmark serves, and writes what each contender needs of them."""
import json
import sys

import joblib
import numpy as np
import pandas as pd
import xgboost
from sklearn.compose import ColumnTransformer
from sklearn.datasets import make_classification
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

folder = sys.argv[1]
SENT = 24

# In single precision, so that every contender sees the same numbers.
X, y = make_classification(2000, 10, n_informative=6, n_classes=3, random_state=0)
numbers = pd.DataFrame(X.astype(np.float32).astype(float), columns=[f"x{i}" for i in range(10)])
labels = np.array(["low", "middle", "high"])[y]
is_high = (y == 2).astype(int)


def write(name, model, rows, predicted, **more):
    joblib.dump(model, f"{folder}/{name}.joblib")
    sent = rows[:SENT]
    description = {
        "columns": {c: str(t) for c, t in sent.dtypes.items()},
        "rows": json.loads(sent.to_json(orient="records", double_precision=15)),
        "expected": [json.loads(json.dumps(each)) for each in predicted(sent).tolist()],
        **more,
    }
    with open(f"{folder}/{name}.json", "w", encoding="utf-8") as file:
        json.dump(description, file)


def tree(nodes):
    """A tree of scikit-learn as lists; its leaves as shares of the classes."""
    values = nodes.value[:, 0, :]
    return {
        "left": nodes.children_left.tolist(),
        "right": nodes.children_right.tolist(),
        "feature": nodes.feature.tolist(),
        "threshold": nodes.threshold.tolist(),
        "values": (values / values.sum(axis=1, keepdims=True)).ravel().tolist(),
        "missingLeft": [0] * nodes.node_count,
    }


forest = RandomForestClassifier(100, max_depth=10, random_state=0).fit(numbers, labels)
write(
    "forest", forest, numbers, forest.predict,
    classes=forest.classes_.tolist(), trees=[tree(each.tree_) for each in forest.estimators_],
)

boosted = xgboost.XGBClassifier(n_estimators=300, max_depth=6, n_jobs=1).fit(numbers, is_high)
boosted.get_booster().save_model(f"{folder}/xgboost-model.json")
with open(f"{folder}/xgboost-model.json", encoding="utf-8") as file:
    trees = json.load(file)["learner"]["gradient_booster"]["model"]["trees"]
write(
    "xgboost", boosted, numbers, boosted.predict, classes=[0, 1], strict=True,
    trees=[
        {
            "left": each["left_children"],
            "right": each["right_children"],
            "feature": each["split_indices"],
            "threshold": each["split_conditions"],
            "values": each["split_conditions"],
            "missingLeft": each["default_left"],
        }
        for each in trees
    ],
)

generator = np.random.default_rng(0)
mixed = numbers.iloc[:, :6].copy()
mixed["city"] = generator.choice(["Bern", "Chur", "Genf", "Thun"], len(mixed))
mixed["plan"] = generator.choice(["free", "paid"], len(mixed))
encoders = ColumnTransformer(
    [
        ("numbers", StandardScaler(), list(mixed.columns[:6])),
        ("categories", OneHotEncoder(handle_unknown="ignore"), ["city", "plan"]),
    ]
)
pipeline = make_pipeline(encoders, LogisticRegression()).fit(mixed, labels)
write("mixed", pipeline, mixed, pipeline.predict, classes=pipeline.classes_.tolist())

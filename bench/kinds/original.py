"""Fits one model of each kind, saves it, and times its library; asked for by run.mjs, line by line."""
import json
import os
import sys
import time
import warnings

# One thread, as the other side has; read when numpy is loaded.
os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")

import joblib
import numpy as np
import pandas as pd
import sklearn
from sklearn.compose import ColumnTransformer
from sklearn.datasets import make_classification
from sklearn.discriminant_analysis import QuadraticDiscriminantAnalysis
from sklearn.ensemble import (
    GradientBoostingClassifier,
    HistGradientBoostingClassifier,
    RandomForestClassifier,
    StackingClassifier,
    VotingClassifier,
)
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import GaussianNB
from sklearn.neighbors import KNeighborsClassifier
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler
from sklearn.svm import SVC
from sklearn.tree import DecisionTreeClassifier

warnings.filterwarnings("ignore")
folder, row_count = sys.argv[1], int(sys.argv[2])
generator = np.random.default_rng(0)

X, y = make_classification(1500, 10, n_informative=6, n_redundant=0, n_classes=3, random_state=0)
numbers = (X[:1000], y[:1000], X[1000 : 1000 + row_count])

frame = pd.DataFrame(X[:, :6].copy(), columns=[f"n{i}" for i in range(6)])
frame.iloc[::7, 2] = np.nan
frame["city"] = generator.choice(["Bern", "Chur", "Genf", "Thun"], len(frame))
frame["plan"] = generator.choice(["free", "paid"], len(frame))
mixed = (frame[:1000], y[:1000], frame[1000 : 1000 + row_count])
columns = ColumnTransformer(
    [
        ("numbers", make_pipeline(SimpleImputer(), StandardScaler()), list(frame.columns[:6])),
        ("categories", OneHotEncoder(handle_unknown="ignore"), ["city", "plan"]),
    ]
)

words = np.array([f"word{i}" for i in range(3000)])
lengths = generator.integers(10, 60, 1500)
texts = [" ".join(words[np.minimum(generator.zipf(1.3, n), 3000) - 1]) for n in lengths]
text = (texts[:1000], y[:1000], texts[1000 : 1000 + row_count])


def members():
    return [
        ("linear", make_pipeline(StandardScaler(), LogisticRegression())),
        ("tree", DecisionTreeClassifier(max_depth=8, random_state=0)),
        ("bayes", GaussianNB()),
    ]


def kernel():
    return make_pipeline(StandardScaler(), SVC(probability=True, random_state=0))


def network():
    return make_pipeline(StandardScaler(), MLPClassifier((100,), max_iter=60, random_state=0))


KINDS = {
    "linear": (make_pipeline(StandardScaler(), LogisticRegression()), numbers),
    "mixed columns": (make_pipeline(columns, LogisticRegression()), mixed),
    "forest of 100": (RandomForestClassifier(random_state=0), numbers),
    "boosting, 100 rounds": (GradientBoostingClassifier(random_state=0), numbers),
    "HistGradientBoosting": (HistGradientBoostingClassifier(random_state=0), numbers),
    "SVC, rbf": (kernel(), numbers),
    "MLP of 100": (network(), numbers),
    "naive Bayes": (GaussianNB(), numbers),
    "5 of 1000 neighbours": (KNeighborsClassifier(), numbers),
    "QDA": (QuadraticDiscriminantAnalysis(), numbers),
    "voting of 3": (VotingClassifier(members(), voting="soft"), numbers),
    "stacking of 3": (StackingClassifier(members()), numbers),
    "TF-IDF, linear": (make_pipeline(TfidfVectorizer(), LogisticRegression()), text),
}


def single(rows):
    """Each row as the library wants one: a table of one row, or a list of one text."""
    if isinstance(rows, list):
        return [[row] for row in rows]
    return [rows[i : i + 1] for i in range(len(rows))]


def values(rows):
    if isinstance(rows, pd.DataFrame):
        return json.loads(rows.to_json(orient="values", double_precision=15))
    return [[row] for row in rows] if isinstance(rows, list) else rows.tolist()


def send(message):
    print(json.dumps(message), flush=True)


fitted = {}
for id, (model, (train, target, rows)) in KINDS.items():
    model.fit(train, target)
    file = f"{folder}/{len(fitted)}.joblib"
    joblib.dump(model, file)
    fitted[id] = (model, single(rows))
    send({"id": id, "file": file, "rows": values(rows), "expected": model.predict_proba(rows).tolist()})
send({"ready": f"scikit-learn {sklearn.__version__}"})

for line in sys.stdin:
    model, rows = fitted[line.strip()]
    start = time.process_time()
    for row in rows:
        model.predict_proba(row)
    send({"ms": (time.process_time() - start) * 1000})

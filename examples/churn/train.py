"""Trains a churn model on made-up telephone customers: mixed columns, missing values, a random forest.

    python3 train.py

Writes churn.joblib (the whole pipeline in one file), customers.csv (held-out rows with their true
label) and answers.json (what scikit-learn answers for some of them).
"""

import json

import joblib
import numpy as np
import pandas as pd
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import RandomForestClassifier
from sklearn.impute import SimpleImputer
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

rng = np.random.default_rng(7)
n = 2000
contract = rng.choice(["monthly", "one year", "two years"], n, p=[0.55, 0.25, 0.2])
internet = rng.choice(["fibre", "dsl", "none"], n, p=[0.5, 0.3, 0.2])
tenure = rng.integers(1, 72, n).astype(float)
charges = np.round(20 + 40 * (internet == "fibre") + 15 * (internet == "dsl") + rng.gamma(4, 4, n), 2)
tickets = rng.poisson(1.2, n)
paperless = rng.random(n) < 0.6
risk = (
    -1.2
    + 1.3 * (contract == "monthly")
    - 1.0 * (contract == "two years")
    - 0.03 * tenure
    + 0.02 * charges
    + 0.35 * tickets
)
churned = np.where(rng.random(n) < 1 / (1 + np.exp(-risk)), "yes", "no")
customers = pd.DataFrame(
    {
        "contract": contract,
        "internet": internet,
        "tenure_months": tenure,
        "monthly_charges": charges,
        "support_tickets": tickets,
        "paperless": paperless,
    }
)
# Real tables have holes.
customers.loc[rng.random(n) < 0.08, "monthly_charges"] = np.nan
customers.loc[rng.random(n) < 0.05, "internet"] = np.nan

numbers = ["tenure_months", "monthly_charges", "support_tickets"]
categories = ["contract", "internet"]
model = make_pipeline(
    ColumnTransformer(
        [
            ("numbers", make_pipeline(SimpleImputer(strategy="median"), StandardScaler()), numbers),
            (
                "categories",
                make_pipeline(
                    SimpleImputer(strategy="most_frequent"), OneHotEncoder(handle_unknown="ignore")
                ),
                categories,
            ),
        ],
        remainder="passthrough",
    ),
    RandomForestClassifier(n_estimators=60, max_depth=7, random_state=0),
)
train_rows, test_rows, train_labels, test_labels = train_test_split(
    customers, churned, test_size=200, random_state=1
)
model.fit(train_rows, train_labels)
print(f"accuracy on {len(test_rows)} held-out customers: {model.score(test_rows, test_labels):.3f}")
joblib.dump(model, "churn.joblib", compress=3)

table = test_rows.assign(churned=test_labels)
table.to_csv("customers.csv", index=False)
shown = test_rows.head(20)
answers = [
    {
        "input": row,
        "predicted_class": str(label),
        "probabilities": dict(zip(model.classes_, map(float, probabilities))),
    }
    for row, label, probabilities in zip(
        json.loads(shown.to_json(orient="records")),
        model.predict(shown),
        model.predict_proba(shown),
    )
]
with open("answers.json", "w") as file:
    json.dump(answers, file, indent=1)
    file.write("\n")

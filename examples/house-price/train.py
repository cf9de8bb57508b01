"""Trains a house-price regressor on made-up sales: gradient boosting on numbers alone.

    python3 train.py

Writes house-price.pkl, sales.csv (held-out rows with the price paid) and answers.json (what
scikit-learn answers for some of them).
"""

import json
import pickle

import numpy as np
import pandas as pd
from sklearn.ensemble import GradientBoostingRegressor
from sklearn.model_selection import train_test_split

rng = np.random.default_rng(11)
n = 1500
sales = pd.DataFrame(
    {
        "living_area_m2": np.round(rng.gamma(9, 14, n) + 30, 1),
        "rooms": rng.integers(1, 9, n),
        "year_built": rng.integers(1900, 2024, n),
        "distance_to_centre_km": np.round(rng.exponential(6, n), 2),
        "has_garden": rng.random(n) < 0.4,
    }
)
price = (
    2600 * sales.living_area_m2
    + 9000 * sales.rooms
    + 600 * (sales.year_built - 1900)
    - 11000 * np.minimum(sales.distance_to_centre_km, 20)
    + 25000 * sales.has_garden
    + rng.normal(0, 20000, n)
).clip(lower=30000).round(-2)

train_rows, test_rows, train_prices, test_prices = train_test_split(
    sales, price, test_size=150, random_state=1
)
model = GradientBoostingRegressor(n_estimators=200, max_depth=3, learning_rate=0.1, random_state=0)
model.fit(train_rows, train_prices)
print(f"R² on {len(test_rows)} held-out sales: {model.score(test_rows, test_prices):.3f}")
with open("house-price.pkl", "wb") as file:
    pickle.dump(model, file)

test_rows.assign(price=test_prices).to_csv("sales.csv", index=False)
shown = test_rows.head(20)
answers = [
    {"input": row, "predicted_value": float(value)}
    for row, value in zip(json.loads(shown.to_json(orient="records")), model.predict(shown))
]
with open("answers.json", "w") as file:
    json.dump(answers, file, indent=1)
    file.write("\n")

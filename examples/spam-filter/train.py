"""Trains a spam filter on made-up messages: a TF-IDF vectorizer and naive Bayes, saved in two files.

    python3 train.py

Writes vectorizer.pkl and spam.pkl, and answers.json (what scikit-learn answers for some messages).
"""

import json
import pickle
import random

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.naive_bayes import MultinomialNB

random.seed(3)
WANTED = [
    "shall we move the meeting to {day}",
    "the report for {day} is attached, please have a look at page {number}",
    "thanks for dinner on {day}, it was lovely to see you",
    "your parcel with {number} books arrives on {day}",
    "can you pick up the children at {number} on {day}",
    "I will be {number} minutes late for the meeting",
]
UNWANTED = [
    "you have won {number} pounds, claim your prize now",
    "free entry in our weekly draw, text WIN to {number}",
    "lowest prices for watches, offer ends {day}, click here",
    "urgent: your account is locked, click here before {day}",
    "congratulations, you are the lucky winner of {number} pounds",
    "cheap loans without questions, reply now and get {number} pounds",
]
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]


def messages(templates):
    return [
        random.choice(templates).format(day=random.choice(DAYS), number=random.randint(2, 9000))
        for _ in range(400)
    ]


texts = messages(WANTED) + messages(UNWANTED)
labels = ["wanted"] * 400 + ["spam"] * 400
vectorizer = TfidfVectorizer(stop_words="english", max_features=300)
model = MultinomialNB().fit(vectorizer.fit_transform(texts), labels)
for name, part in (("vectorizer", vectorizer), ("spam", model)):
    with open(f"{name}.pkl", "wb") as file:
        pickle.dump(part, file)

shown = [
    "Congratulations! Claim your FREE prize now",
    "the meeting on Friday is at 10, please bring the report",
    "click here for cheap watches",
    "lunch?",
    "naïve café résumé 漢字",
    "",
]
answers = [
    {
        "input": {"text": text},
        "predicted_class": str(model.predict(features)[0]),
        "probabilities": dict(zip(model.classes_, map(float, model.predict_proba(features)[0]))),
    }
    for text, features in ((text, vectorizer.transform([text])) for text in shown)
]
with open("answers.json", "w") as file:
    json.dump(answers, file, indent=1, ensure_ascii=False)
    file.write("\n")

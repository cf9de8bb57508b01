import { EXPORT_FORMAT } from './read-export';

/**
 * Python that writes the document of `readExport` for a fitted pipeline of a StandardScaler and a
 * LogisticRegression, with ten rows and scikit-learn's answers to them. It computes no hash and formats no
 * number: the importer does both, so nothing depends on how Python prints.
 */
export const EXPORT_SNIPPET = `# pipeline: a fitted make_pipeline(StandardScaler(), LogisticRegression()); X: the table it was fitted on
import json, numpy, sklearn
scaler, model, rows = pipeline[0], pipeline[-1], X[:: max(1, len(X) // 10)].astype("float64")
cases = zip(numpy.asarray(rows).tolist(), pipeline.predict(rows).tolist(), pipeline.predict_proba(rows).tolist())
json.dump({
    "format": "${EXPORT_FORMAT}", "sklearnVersion": sklearn.__version__,
    "features": list(map(str, X.columns)),  # or the names themselves: ["age", "income"]
    "preprocessing": [{"type": "standardize", "center": scaler.mean_.tolist(), "scale": scaler.scale_.tolist()}],
    "classes": model.classes_.tolist(), "coefficients": model.coef_.tolist(), "intercepts": model.intercept_.tolist(),
    "probability": "sigmoid" if len(model.classes_) == 2 else "softmax",  # checked against the cases on import
    "cases": [{"input": x, "label": label, "probabilities": p} for x, label, p in cases],
}, open("model.json", "w"))
`;

/** A row of the Iris model, which predicts "setosa" for it. */
export const SETOSA = { sepal_length: 5.1, sepal_width: 3.5, petal_length: 1.4, petal_width: 0.2 };

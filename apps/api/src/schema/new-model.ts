/** Data fields of a model class. */
export type FieldsOf<Model> = {
  [
    Key in keyof Model as Model[Key] extends (...args: never[]) => unknown ? never : Key
  ]: Model[Key];
};

/**
 * An instance of a GraphQL model class with exactly these fields: what every mapper ends with. A real instance, because
 * Nest tells the types behind an interface or a union by `instanceof`.
 */
export function newModel<Model extends object>(
  type: new () => Model,
  fields: FieldsOf<Model>,
): Model {
  return Object.assign(new type(), fields);
}
